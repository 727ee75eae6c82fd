"""What is asked about deliveries outside their lane: one put off by a person, all of them counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, case, func, select, update

from bot.store.columns import IsoDate
from bot.store.database import Database
from bot.store.planning import wake
from bot.store.records import Delivery, Key, State, Status, WorkspaceStatus
from bot.store.tables import delivery, is_in, subscription, workspace

LATE_MS = 10 * 60_000
"""A tip that goes out later than this after it was due counts as late; spreading takes five minutes."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How things stand in one workspace."""

    platform: str
    external_id: str
    status: WorkspaceStatus
    subscriptions: Mapping[Status, int]
    deliveries: Mapping[State, int]
    """Of the days asked for."""
    late: int
    """Of those that were sent."""


@dataclass(frozen=True, slots=True)
class Last:
    """The latest tip of a subscription, sent or not: its day has no other."""

    due_on: date
    due_at: int


async def find_last(database: Database, subscription_id: int) -> Last | None:
    """The latest day that has its tip; None where none was planned within 35 days."""
    latest = (
        select(delivery.c.due_on, delivery.c.due_at)
        .where(delivery.c.subscription_id == subscription_id)
        .order_by(delivery.c.due_on.desc())
        .limit(1)
    )
    async with database.reading() as connection:
        row = (await connection.execute(latest)).one_or_none()
    return Last(row.due_on, row.due_at) if row else None


async def postpone(database: Database, workspace_id: int, key: Key, send_after: int) -> bool:
    """Send a tip that has arrived once more, later on the same day, because a person asks for it.

    Returns:
        Whether there was such a tip in this workspace; one that waits to be sent cannot be put off again.
    """
    arrived = and_(
        delivery.c.subscription_id == key.subscription_id,
        delivery.c.due_on == key.due_on,
        delivery.c.workspace_id == workspace_id,
        is_in(State.SENT),
    )
    again = {"state": State.PENDING, "due_at": send_after, "send_after": send_after, "attempt_token": None}
    async with database.writing() as connection:
        await wake(
            connection, {workspace_id: send_after}
        )  # first, as workspaces are locked before deliveries
        postponed = await connection.execute(update(delivery).where(arrived).values(**again))
        return postponed.rowcount == 1


async def skip(database: Database, late: Collection[Delivery], reason: str) -> int:
    """Write off what waits and is not to be sent any more; what was put off in the meantime stays.

    Returns:
        How many were written off.
    """
    waits = and_(
        delivery.c.subscription_id == bindparam("of"),
        delivery.c.due_on == bindparam("on", type_=IsoDate),
        delivery.c.due_at == bindparam("at"),
        is_in(State.PENDING),
    )
    rows = [{"of": each.key.subscription_id, "on": each.key.due_on, "at": each.due_at} for each in late]
    if not rows:
        return 0
    async with database.writing() as connection:
        change = update(delivery).where(waits).values(state=State.SKIPPED, error=reason)
        return (await connection.execute(change, rows)).rowcount


async def count(database: Database, since: date) -> tuple[Counts, ...]:
    """How things stand in every workspace, deliveries by those due on this day or later."""
    late = and_(is_in(State.SENT), delivery.c.started_at > delivery.c.due_at + LATE_MS)
    of_subscriptions = select(subscription.c.workspace_id, subscription.c.status, func.count().label("n"))
    of_deliveries = select(
        delivery.c.workspace_id,
        delivery.c.state,
        func.count().label("n"),
        func.sum(case((late, 1), else_=0)).label("late"),
    ).where(delivery.c.due_on >= since)
    async with database.reading() as connection:
        workspaces = (await connection.execute(select(workspace).order_by(workspace.c.id))).all()
        subscriptions = (
            await connection.execute(of_subscriptions.group_by(*of_subscriptions.selected_columns[:2]))
        ).all()
        deliveries = (
            await connection.execute(of_deliveries.group_by(delivery.c.workspace_id, delivery.c.state))
        ).all()
    return tuple(
        Counts(
            each.platform,
            each.external_id,
            each.status,
            {row.status: row.n for row in subscriptions if row.workspace_id == each.id},
            {row.state: row.n for row in deliveries if row.workspace_id == each.id},
            sum(row.late for row in deliveries if row.workspace_id == each.id),
        )
        for each in workspaces
    )
