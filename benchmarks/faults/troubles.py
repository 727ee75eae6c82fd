"""What can go wrong between us and Slack, each in workspaces of its own."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aiohttp import web

from benchmarks.faults.slack import Post, Slack
from bot.tips.verdict import LONGEST_PAUSE_MS

DELAY_SECONDS = 0.1
ON_ITS_WAY_SECONDS = 0.25
"""What arrives later than this after its lane was told to wait was begun after it was told."""
_OK, _TOO_FAST, _FAILED, _AWAY = 200, 429, 500, 503


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way to go wrong."""

    name: str
    takes: bool = False
    """Whether the message arrives all the same."""
    in_doubt: bool = False
    """Whether the answer leaves open if it did."""
    status: int = _OK
    body: str = '{"ok": true, "channel": "D1", "ts": "1.0"}'
    content_type: str = "application/json"
    retry_after: str | None = None
    delay: float = DELAY_SECONDS
    breaks_off: bool = False

    @property
    def pause(self) -> float:
        """Seconds that the lane is to wait."""
        return min(float(self.retry_after or 0), LONGEST_PAUSE_MS / 1000)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer so."""
        await asyncio.sleep(self.delay)
        if self.breaks_off and request.transport is not None:
            request.transport.abort()
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        return web.Response(
            status=self.status, text=self.body, content_type=self.content_type, headers=headers
        )


SLOW = Trouble("10 s", takes=True, delay=10.0)
PASSING = (
    SLOW,
    Trouble("429, 2 s", status=_TOO_FAST, body='{"ok": false, "error": "ratelimited"}', retry_after="2"),
    Trouble("429, 1.5 s", status=_TOO_FAST, body="", retry_after="1.5"),
    Trouble("500 before accepting", in_doubt=True, status=_FAILED, body="", content_type="text/plain"),
    Trouble("500 after accepting", takes=True, in_doubt=True, status=_FAILED, body="{}"),
    Trouble("reset after accepting", takes=True, in_doubt=True, breaks_off=True),
    Trouble("a page in place of JSON", in_doubt=True, body="<html>Sorry</html>", content_type="text/html"),
    Trouble("internal_error", takes=True, in_doubt=True, body='{"ok": false, "error": "internal_error"}'),
)
ABSURD = Trouble("429, 99999 s", status=_TOO_FAST, body="", retry_after="99999")
"""Never passes: what is due there stays unsent."""
AWAY = Trouble("503", in_doubt=True, status=_AWAY, body="", content_type="text/plain")


@dataclass(slots=True)
class Visit:
    """A post at a workspace's door; by `time.monotonic`."""

    asked_at: float
    told_at: float | None = None
    """When it was told to wait."""


@dataclass
class TroubledSlack:
    """Goes wrong with the first tips of some workspaces, at the first attempt of each."""

    slack: Slack
    troubles: Mapping[int, Trouble] = field(default_factory=dict)
    """By workspace."""
    first: int = 0
    """With so many tips of each."""
    visits: defaultdict[int, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    in_doubt: Counter[str] = field(default_factory=Counter)
    """How often it was left open whether a tip was taken."""
    most_in_flight: int = 0
    """In one workspace."""
    _met: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _in_flight: Counter[int] = field(default_factory=Counter)

    async def answer(self, post: Post) -> web.StreamResponse:
        """Take a post, or do what comes instead."""
        visit = Visit(time.monotonic())
        self.visits[post.team].append(visit)
        self._in_flight[post.team] += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight[post.team])
        try:
            return await self._answer(post, visit)
        finally:
            self._in_flight[post.team] -= 1

    async def _answer(self, post: Post, visit: Visit) -> web.StreamResponse:
        trouble = self._meets(post)
        if trouble is None:
            taken = self.slack.take(post)
            await asyncio.sleep(DELAY_SECONDS)
            return taken
        if trouble.takes:
            self.slack.take(post)
        if trouble.in_doubt:
            self.in_doubt[post.key] += 1
        answer = await trouble.answer(post.request)
        visit.told_at = time.monotonic() if trouble.retry_after else None
        return answer

    def _meets(self, post: Post) -> Trouble | None:
        trouble, met = self.troubles.get(post.team), self._met[post.team]
        if trouble is None or trouble is ABSURD:
            return trouble
        if post.key in met or len(met) >= self.first:
            return None
        met.add(post.key)
        return trouble

    def seconds_until_last(self, teams: Container[int]) -> float:
        """From the first post of all to the last in these workspaces."""
        last = max(visits[-1].asked_at for team, visits in self.visits.items() if team in teams)
        return last - min(visits[0].asked_at for visits in self.visits.values())

    def waited_beyond(self) -> list[float]:
        """By how many seconds the posts that came next after a wait missed its end; below 0 too early."""
        return [
            beyond
            for team, trouble in self.troubles.items()
            for beyond in _beyond(self.visits[team], trouble)
        ]

    def came_all_the_same(self) -> list[float]:
        """Of posts that came while they were to wait: how many seconds after it was told."""
        return [
            visit.asked_at - told
            for team, trouble in self.troubles.items()
            for visit in self.visits[team]
            if (told := _last_told(self.visits[team], visit)) and visit.asked_at < told + trouble.pause
        ]

    def told(self) -> int:
        """How often a lane was told to wait."""
        return sum(visit.told_at is not None for visits in self.visits.values() for visit in visits)


def _last_told(visits: Sequence[Visit], visit: Visit) -> float | None:
    """When the workspace was told to wait last before somebody came there."""
    told = (each.told_at for each in visits if each.told_at and each.told_at <= visit.asked_at)
    return max(told, default=None)


def _beyond(visits: Sequence[Visit], trouble: Trouble) -> Iterator[float]:
    for before, after in pairwise(visits):
        told = _last_told(visits, after)
        if before.told_at and told and after.asked_at - told > ON_ITS_WAY_SECONDS:
            yield after.asked_at - told - trouble.pause
