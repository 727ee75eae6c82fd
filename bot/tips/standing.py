"""How things stand for a person or a channel: what is stored, read in one go before a wish is followed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.store import deliveries, subscriptions, workspaces
from bot.store.database import Database
from bot.store.deliveries import Last
from bot.store.records import Status, Subscription, TargetKind, WorkspaceStatus
from bot.tips.schedule import Occurrence, Pace, Schedule, last_day, local_day, next_occurrence
from bot.tips.who import Who


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known before a wish, and the time."""

    workspace_id: int
    """0 where the workspace was never heard of."""
    kind: TargetKind
    target: str
    now: int
    """UTC milliseconds."""
    known: Subscription | None = None
    last: Last | None = None
    """The latest day that has its tip already."""
    workspace: WorkspaceStatus = WorkspaceStatus.ACTIVE

    @property
    def is_stopped(self) -> bool:
        """Whether nothing can be sent in the whole workspace, until the coach is installed anew."""
        return self.workspace is not WorkspaceStatus.ACTIVE

    @property
    def live(self) -> Subscription | None:
        """The subscription, unless it has ended."""
        return self.known if self.known and self.known.status is not Status.ENDED else None

    def next(self, schedule: Schedule, pace: Pace, not_before: date | None = None) -> Occurrence:
        """When the next tip comes by a schedule: never on a day that has one, as seen from its zone.

        Args:
            schedule: The schedule.
            pace: Which of its days count.
            not_before: The first day that may have one.
        """
        after = last_day(schedule.zone, self.last.due_on, self.last.due_at) if self.last else None
        if not_before is not None:
            after = max(after or date.min, not_before - timedelta(days=1))
        return next_occurrence(schedule, self.now, after, pace)


async def stand(database: Database, who: Who, *, here: bool) -> Standing:
    """Find out how things stand for somebody, or for the channel they are in."""
    workspace = await workspaces.find(database, who.platform, who.workspace)
    kind, target = (TargetKind.CHANNEL, who.channel or "") if here else (TargetKind.PERSON, who.person)
    if workspace is None:
        return Standing(0, kind, target, await _now(database))
    nothing = Standing(workspace.id, kind, target, await _now(database), workspace=workspace.status)
    return await _with_last(database, nothing, await subscriptions.find(database, workspace.id, kind, target))


async def stand_by_id(database: Database, who: Who, subscription_id: int) -> Standing | None:
    """The same by the number that a button carries; None where their workspace has none of that number."""
    workspace = await workspaces.find(database, who.platform, who.workspace)
    if workspace is None:
        return None
    known = await subscriptions.find_by_id(database, workspace.id, subscription_id)
    if known is None:
        return None
    kind, target = known.target_kind, known.target_id
    bare = Standing(workspace.id, kind, target, await _now(database), workspace=workspace.status)
    return await _with_last(database, bare, known)


def schedule_of(known: Subscription) -> Schedule:
    """The schedule that is stored."""
    return Schedule(known.tz, known.minute, known.days_mask)


def due_of(known: Subscription) -> Occurrence | None:
    """The next tip that is planned; None where none is."""
    if known.next_at is None or known.next_on is None:
        return None
    return Occurrence(known.next_on, known.next_at)


def is_paused(known: Subscription, now: int) -> bool:
    """Whether it rests; the day on which tips go on ends a pause."""
    ended = known.paused_until is not None and known.paused_until <= local_day(known.tz, now)
    return known.status is Status.PAUSED and not ended


async def _with_last(database: Database, standing: Standing, known: Subscription | None) -> Standing:
    if known is None:
        return standing
    return replace(standing, known=known, last=await deliveries.find_last(database, known.id))


async def _now(database: Database) -> int:
    async with database.reading() as connection:
        return await database.now_ms(connection)
