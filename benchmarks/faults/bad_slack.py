"""Slack goes wrong in one way here, in another there, and works in the rest of the workspaces."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from benchmarks.crowd import at_nine, due_before
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.pair import REPLICAS, Tally, start_pair, stop
from benchmarks.faults.stand import Account, Schedules, Stand, standing
from benchmarks.faults.troubles import ABSURD, PASSING, Trouble, TroubledSlack
from bot.store.database import utc_ms
from bot.store.records import State
from bot.store.tables import delivery, workspace
from bot.tips.lanes import IN_FLIGHT
from bot.tips.verdict import LONGEST_PAUSE_MS

MUST_HOLD = (
    "0 lost; twice only where the outcome was unknown, none more than twice, every unknown outcome counted; "
    "a lane waits as told; where Slack works it is as fast as alone"
)
_NOTICED_SECONDS = 3.0
"""How much longer than it was told a lane may wait: two polls, and what else there is to do."""
_SLOWER = 1.25
"""How many times as long as alone it may take where Slack works."""
_LATER_SECONDS = 2.0
"""And how much longer, as a lane may be noticed by a poll or two later: a slow answer would cost far more."""
_SPREAD_SECONDS = 400
"""Whoever has been due for so long has had their turn come, however it was spread."""
_PATIENCE_SECONDS = 600.0


async def bad_slack(address: str, *, each: int, working: int, people: int, first: int) -> Outcome:
    """Let it go wrong, and compare with how fast it was while nothing did.

    Args:
        address: An empty database.
        each: Workspaces in which it goes wrong in the same way.
        working: Workspaces in which it does not.
        people: In one workspace; each is due one tip.
        first: With how many tips of a workspace it goes wrong, at the first attempt.
    """
    alone = await _try(address, working, people, {}, 0)
    last = working + each * len(PASSING) + 1
    troubles = {number: PASSING[number % len(PASSING)] for number in range(working + 1, last)}
    beside = await _try(address, working, people, troubles | {last: ABSURD}, first)
    return Outcome(
        f"Slack goes wrong in {len(PASSING) + 1} ways in {last - working} workspaces and works in {working}; "
        f"{last * people:,} tips over {REPLICAS} replicas",
        MUST_HOLD,
        _broken(alone, beside),
        _figures(alone, beside),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """What was seen."""

    slack: TroubledSlack
    seconds: float
    finished: bool
    account: Account
    lost: int
    """Neither arrived nor waiting where the wait is absurd."""
    tally: Tally
    waiting: int
    """Tips that wait where the wait is absurd."""
    left_alone: float
    """For how many seconds more that workspace is not looked at."""
    where_it_works: float
    """Seconds until the last tip had arrived in workspaces without trouble."""


async def _try(
    address: str, working: int, people: int, troubles: Mapping[int, Trouble], first: int
) -> _Trial:
    """Send everything there is in some workspaces; leaves the database empty."""
    workspaces = working + len(troubles)
    absurd = next((number for number, trouble in troubles.items() if trouble is ABSURD), 0)
    crowd = {"workspaces": workspaces, "people": workspaces * people}
    async with standing(address, **crowd, schedules=_long_due()) as stand:
        slack = TroubledSlack(stand.slack, troubles, first)
        stand.slack.answer = slack.answer
        begun = time.monotonic()
        replicas = await start_pair(stand)
        finished = await stand.until_done(_PATIENCE_SECONDS, but=people if absurd else 0)
        tally = await stop(replicas)
        seconds = time.monotonic() - begun
        waiting, left_alone = await _put_off(stand, absurd)
        account = await stand.account()
        async with stand.database.writing() as connection:
            await connection.execute(delete(workspace))
    return _Trial(
        slack,
        seconds,
        finished,
        account,
        lost=account.lost - waiting,
        tally=tally,
        waiting=waiting,
        left_alone=left_alone,
        where_it_works=slack.seconds_until_last(range(1, working + 1)),
    )


def _broken(alone: _Trial, beside: _Trial) -> list[str]:
    slack, account = beside.slack, beside.account
    twice = {key for key, times in slack.slack.arrived.items() if times > 1}
    waits = slack.waited_beyond()
    pause = LONGEST_PAUSE_MS / 1000
    return broken(
        all_accounted_for=alone.finished and beside.finished,
        none_lost=alone.lost == beside.lost == 0,
        twice_only_where_unknown=twice <= slack.in_doubt.keys(),
        none_more_than_twice=account.more == 0,
        every_unknown_counted=beside.tally.unknown == slack.in_doubt.total() > 0,
        every_unknown_written_down=account.in_doubt == len(slack.in_doubt),
        no_post_while_told_to_wait=min(waits, default=-1.0) >= 0,
        no_wait_much_longer_than_told=max(waits, default=0.0) <= _NOTICED_SECONDS,
        the_absurd_wait_is_cut=pause - beside.seconds <= beside.left_alone <= pause,
        few_at_a_time=slack.most_in_flight <= IN_FLIGHT,
        others_as_fast_as_alone=beside.where_it_works <= alone.where_it_works * _SLOWER + _LATER_SECONDS,
    )


def _figures(alone: _Trial, beside: _Trial) -> dict[str, object]:
    slack, account = beside.slack, beside.account
    waits, came = slack.waited_beyond() or [0.0], slack.came_all_the_same()
    return {
        "lost": beside.lost,
        "left in doubt": slack.in_doubt.total(),
        "counted as unknown": beside.tally.unknown,
        "marked": account.in_doubt,
        "twice": account.twice,
        "more than twice": account.more,
        "told to wait": slack.told(),
        "came all the same": f"{len(came)}, the last {max(came, default=0):.2f} s after it was told",
        "waited beyond that": f"{min(waits):.2f} to {max(waits):.2f} s",
        "told 99999 s": f"{beside.left_alone / 60:.0f} min to go, {beside.waiting} tips wait",
        "most at a time in one workspace": slack.most_in_flight,
        "where it works": f"{beside.where_it_works:.1f} s, alone {alone.where_it_works:.1f} s",
        "sent by each": " + ".join(f"{sent:,}" for sent in beside.tally.sent),
        "in all": f"{beside.seconds:.0f} s",
    }


def _long_due() -> Schedules:
    then = utc_ms() - _SPREAD_SECONDS * 1000
    return [(at_nine(then), due_before(at_nine(then), then))]


async def _put_off(stand: Stand, team: int) -> tuple[int, float]:
    """How many tips wait in a workspace, and for how many seconds more it is not looked at."""
    waiting = select(func.count()).where(delivery.c.workspace_id == team, delivery.c.state == State.PENDING)
    async with stand.database.reading() as connection:
        now = await stand.database.now_ms(connection)
        until = await connection.scalar(select(workspace.c.not_before).where(workspace.c.id == team))
        return int(await connection.scalar(waiting) or 0), (int(until or 0) - now) / 1000
