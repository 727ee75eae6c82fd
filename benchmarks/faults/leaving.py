"""Workspaces uninstall us, or void our token, while tips go out there: in every order with other events."""

import asyncio
import time
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from benchmarks.faults import witness
from benchmarks.faults.departure import departing
from benchmarks.faults.orders import Order, orders
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.pair import REPLICAS, Tally, start_pair, stop
from benchmarks.faults.remains import introduce, stopped_of, unsent, until_quiet, with_rows
from benchmarks.faults.slack import Post, Slack
from benchmarks.faults.stand import Account, Stand, standing
from benchmarks.faults.troubles import DELAY_SECONDS
from bot.store import sweeping
from bot.store.database import Database, utc_ms
from bot.store.records import WorkspaceStatus
from bot.tips.lanes import IN_FLIGHT

MUST_HOLD = (
    "sending stops at once: none begun after it; rows erased at once where it was uninstalled, within a day "
    "where the token is void; what comes late changes nothing; others get all their tips; 0 twice"
)
_BEFORE_SECONDS = 60
"""How long before the beginning what comes late came about."""
_DAY_MS = 86_400_000
_LOOK_SECONDS = 0.1
_FEW = 1_000
"""Posts: of so few, as in the short form, none need be on its way at the very moment of an event."""
_SHOWN = 3
"""Of what was wrong."""


async def leaving(address: str, *, length: int, refused: int, staying: int, people: int) -> Outcome:
    """Let them leave; look at each after each event, and at all of them at the end.

    Args:
        address: An empty database.
        length: Every order of so many events is tried, each in a workspace of its own.
        refused: Workspaces of which we learn only by Slack's refusing our token.
        staying: Workspaces of which nothing is heard.
        people: In one workspace; each is due one tip.
    """
    tried = orders(length)
    workspaces = len(tried) + refused + staying
    async with standing(address, workspaces=workspaces, people=workspaces * people) as stand:
        doors = _Doors(stand.slack, range(len(tried) + 1, len(tried) + refused + 1), people // 2)
        stand.slack.answer = doors.answer
        begun = time.monotonic()
        seen = await _try(stand, doors, tried, people)
        seconds = time.monotonic() - begun
    return Outcome(
        f"{len(tried)} orders of {length} events in as many workspaces, our token is refused in {refused}, "
        f"{staying} stay; {workspaces * people:,} tips over {REPLICAS} replicas",
        MUST_HOLD,
        seen.broken(),
        seen.figures() | {"in all": f"{seconds:.0f} s"},
    )


@dataclass
class _Doors:
    """Where posts arrive; at some, our token is refused after a while."""

    slack: Slack
    refusing: range
    taken: int
    """So many posts are taken there before that."""
    posts: list[tuple[int, str, int]] = field(default_factory=list)
    """Workspace, key and the UTC milliseconds when it came."""
    often: Counter[int] = field(default_factory=Counter)
    """How many came, by workspace."""

    async def answer(self, post: Post) -> web.Response:
        self.posts.append((post.team, post.key, utc_ms()))
        self.often[post.team] += 1
        refuses = post.team in self.refusing and self.often[post.team] > self.taken
        answer = (
            web.json_response({"ok": False, "error": "token_revoked"}) if refuses else self.slack.take(post)
        )
        await asyncio.sleep(DELAY_SECONDS)
        return answer

    @property
    def most_refused(self) -> int:
        """Posts that one workspace refused."""
        return max((self.often[team] - self.taken for team in self.refusing), default=0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen."""

    doors: _Doors
    wrong: list[str]
    """What was not as it must be after an event."""
    finished: bool
    arrived_after: Sequence[int]
    """Of posts that arrived while nothing was to be sent in their workspace: how many milliseconds after the
    stop they were begun; below 0 before it."""
    stopped: int
    """Refusing workspaces in which we stopped."""
    left_behind: dict[WorkspaceStatus, int]
    """Workspaces with rows at the end, by status."""
    a_day_later: dict[WorkspaceStatus, int]
    missed: int
    """People in workspaces that stay who got none."""
    unsent: int
    """Tips in workspaces that were installed anew, which nobody stopped and which were not sent."""
    account: Account
    tally: Tally

    def broken(self) -> list[str]:
        """What did not hold."""
        gone, void = WorkspaceStatus.GONE, WorkspaceStatus.STOPPED
        return broken(
            all_accounted_for=self.finished,
            all_as_it_must_be_after_each_event=not self.wrong,
            something_was_on_its_way=bool(self.arrived_after) or len(self.doors.posts) < _FEW,
            none_begun_after_it=max(self.arrived_after, default=0) <= witness.COMMIT_MS,
            all_who_refuse_are_left_alone=self.stopped == len(self.doors.refusing),
            few_met_a_refusal=self.doors.most_refused <= IN_FLIGHT,
            none_twice=self.account.twice == self.account.more == 0,
            erased_at_once_where_uninstalled=not self.left_behind.get(gone, 0),
            erased_within_a_day_where_the_token_is_void=not self.a_day_later.get(void, 0),
            others_get_all=self.missed == 0,
            none_lost_where_installed_anew=self.unsent == 0,
        )

    def figures(self) -> dict[str, object]:
        """What is worth reading of it."""
        void = WorkspaceStatus.STOPPED
        shown = {"of these": "; ".join(self.wrong[:_SHOWN])} if self.wrong else {}
        return {
            "not as it must be after an event": len(self.wrong),
            **shown,
            "posts": len(self.doors.posts),
            "on their way when it came": len(self.arrived_after),
            "the last of these begun": f"{max(self.arrived_after, default=0) / 1000:+.3f} s from it",
            "most refusals in one workspace": self.doors.most_refused,
            "twice": self.account.twice + self.account.more,
            "uninstalled workspaces with rows": self.left_behind.get(WorkspaceStatus.GONE, 0),
            "with a void token and rows": f"{self.left_behind.get(void, 0)}, "
            f"a day later {self.a_day_later.get(void, 0)}",
            "lost where they stay": self.missed,
            "lost where installed anew": self.unsent,
            "sent by each": " + ".join(f"{sent:,}" for sent in self.tally.sent),
        }


async def _try(stand: Stand, doors: _Doors, tried: list[Order], people: int) -> _Seen:
    await witness.post(stand.database)
    await introduce(stand)
    async with departing(stand, people, utc_ms() // 1000 - _BEFORE_SECONDS) as departures:
        replicas = await start_pair(stand)
        async with asyncio.TaskGroup() as group:
            for team, order in enumerate(tried, 1):
                group.create_task(_when_begun(doors, team, departures.live_through(team, order)))
        finished = await until_quiet(stand)
        tally = await stop(replicas)
    heard = await witness.hear(stand.database)
    arrived_after = [late for post in doors.posts if (late := heard.late(*post)) is not None]
    stopped, left_behind = await stopped_of(stand, doors.refusing), await with_rows(stand)
    async with Database(stand.address, clock=lambda: utc_ms() + _DAY_MS) as tomorrow:
        await sweeping.prune(tomorrow)
    staying = range(doors.refusing.stop, stand.crowd.workspaces + 1)
    return _Seen(
        doors,
        departures.wrong,
        finished,
        arrived_after=arrived_after,
        stopped=stopped,
        left_behind=left_behind,
        a_day_later=await with_rows(stand),
        missed=len(staying) * people - len({key for team, key, _ in doors.posts if team in staying}),
        unsent=await unsent(stand),
        account=await stand.account(),
        tally=tally,
    )


async def _when_begun(doors: _Doors, team: int, then: Coroutine[None, None, None]) -> None:
    """Wait until tips go out in a workspace."""
    while not doors.often[team]:  # noqa: ASYNC110  nothing tells when
        await asyncio.sleep(_LOOK_SECONDS)
    await then
