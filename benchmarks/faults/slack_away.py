"""Slack answers 503 to everything for a while, as it does while it is down."""

import time
from dataclasses import dataclass

from aiohttp import web

from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.pair import REPLICAS, start_pair, stop
from benchmarks.faults.slack import Post, Slack
from benchmarks.faults.stand import standing
from benchmarks.faults.troubles import AWAY

MUST_HOLD = "0 lost once it is back, 0 twice, every unknown outcome counted"
_PATIENCE_SECONDS = 1800.0


@dataclass
class _Away:
    """Takes nothing at first."""

    slack: Slack
    seconds: float
    """Counted from the first post."""
    begun: float = 0.0
    refused: int = 0

    async def answer(self, post: Post) -> web.StreamResponse:
        self.begun = self.begun or time.monotonic()
        if time.monotonic() - self.begun < self.seconds:
            self.refused += 1
            return await AWAY.answer(post.request)
        return self.slack.take(post)


async def slack_away(address: str, *, seconds: float, people: int, workspaces: int) -> Outcome:
    """Refuse everything, take everything after that, and count at the end.

    Args:
        address: An empty database.
        seconds: How long it is away.
        people: Each is due one tip.
        workspaces: Where they are.
    """
    async with standing(address, workspaces=workspaces, people=people) as stand:
        away = _Away(stand.slack, seconds)
        stand.slack.answer = away.answer
        begun = time.monotonic()
        replicas = await start_pair(stand)
        finished = await stand.until_done(_PATIENCE_SECONDS)
        taken = time.monotonic() - begun
        tally = await stop(replicas)
        account = await stand.account()
    return Outcome(
        f"Slack answers 503 for {seconds:.0f} s while {people:,} tips go out over {REPLICAS} replicas",
        MUST_HOLD,
        broken(
            all_accounted_for=finished,
            none_lost=account.lost == 0,
            none_twice=account.twice == account.more == 0,
            every_unknown_counted=tally.unknown == away.refused > 0,
        ),
        {
            "lost": account.lost,
            "twice": account.twice,
            "refused": away.refused,
            "counted as unknown": tally.unknown,
            "in all": f"{taken:.0f} s",
        },
    )
