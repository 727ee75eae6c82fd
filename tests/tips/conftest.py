"""The engine with a platform that records what it is sent, and goes wrong as it is told."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.store import history, subscriptions, workspaces
from bot.store.planning import take_due
from bot.store.records import Subscription, TargetKind
from bot.store.tables import delivery
from bot.tips.engine import Tips
from bot.tips.planner import plan_step
from bot.tips.schedule import EVERY_DAY, Schedule, next_occurrence
from bot.tips.times import Times

AT_EIGHT = Schedule("Europe/Lisbon", 480, EVERY_DAY)
DAY = 86_400_000


@dataclass
class Post:
    workspace_id: int
    key: tuple
    target: str
    answer: object


@dataclass
class Platform:
    clock: object
    own: tuple | None = None
    """The ids of the workspaces that it can send to; None for all."""
    posts: list = field(default_factory=list)
    faults: deque = field(default_factory=deque)
    """What goes wrong next: an error to raise, and whether the message is taken all the same."""
    gate: asyncio.Event | None = None
    """What every message waits for, where it is set."""
    waiting: asyncio.Condition = field(default_factory=asyncio.Condition)
    in_flight: int = 0
    keys_in_flight: list = field(default_factory=list)
    doubted: set = field(default_factory=set)
    """The tips of which nobody was told whether they arrived."""
    lags: dict = field(default_factory=dict)
    """How late each tip came here last, in milliseconds."""

    def fails(self, error, *, takes=False, times=1):
        self.faults.extend([(error, takes)] * times)

    async def workspaces(self):
        return self.own

    async def deliver(self, delivery, answer):
        await self._fly(1)
        self.keys_in_flight.append(delivery.key)
        try:
            if self.gate is not None:
                await self.gate.wait()
            return self._take(delivery, answer)
        finally:
            self.keys_in_flight.remove(delivery.key)
            await self._fly(-1)

    def _take(self, delivery, answer):
        error, takes = self.faults.popleft() if self.faults else (None, True)
        self.lags[delivery.key] = self.clock.now - delivery.due_at
        if getattr(error, "outcome_unknown", False):
            self.doubted.add(delivery.key)
        if takes:
            self.posts.append(Post(delivery.workspace_id, delivery.key, delivery.target_id, answer))
        if error is not None:
            raise error
        return f"{len(self.posts)}.0"

    async def _fly(self, change):
        async with self.waiting:
            self.in_flight += change
            self.waiting.notify_all()

    async def holds(self, count):
        """Wait until so many messages are on their way."""
        async with asyncio.timeout(10), self.waiting:
            await self.waiting.wait_for(lambda: self.in_flight == count)

    async def holds_any(self):
        """Wait until a message is on its way."""
        async with self.waiting:
            await self.waiting.wait_for(lambda: self.in_flight)

    async def has(self, count):
        """Wait until so many messages were taken."""
        async with asyncio.timeout(10), self.waiting:
            await self.waiting.wait_for(lambda: len(self.posts) >= count and not self.in_flight)

    @property
    def often(self):
        """How often each tip was taken."""
        return Counter(post.key for post in self.posts)


@dataclass
class World:
    """One clock, one database, one platform, and any number of replicas."""

    database: object
    clock: object
    handbook: object

    def __post_init__(self):
        self.platform = Platform(self.clock)
        self.tips = self.replica("a")

    @property
    def posts(self):
        return self.platform.posts

    def replica(self, owner, delivers=None, database=None, **times):
        ways = {"slack": self.platform} if delivers is None else delivers
        times = Times(**({"monotonic": lambda: self.clock.now / 1000} | times))
        return Tips(database or self.database, lambda: self.handbook, ways, owner=owner, times=times)

    async def subscribe(self, target="U1", team="T1", kind=TargetKind.PERSON, **fields):
        """Set up tips for every day at 8:00 in Lisbon, the first one now."""
        of = await workspaces.ensure(self.database, "slack", team)
        due = next_occurrence(AT_EIGHT, self.clock.now - 1)
        whose = {"workspace_id": of.id, "target_kind": kind, "target_id": target, "set_up_by": "U1"}
        when = {"tz": AT_EIGHT.zone, "minute": AT_EIGHT.minute, "days_mask": AT_EIGHT.days}
        known = Subscription(**(whose | when | {"next_at": due.at, "next_on": due.due_on} | fields))
        return await subscriptions.put(self.database, known)

    async def plan(self, count, team="T1"):
        """Set up so many, and plan their tips for this very instant."""
        for number in range(count):
            await self.subscribe(f"U{number}", team)
        await take_due(self.database, lambda each, now: plan_step(each, now, {}))

    async def find(self, known):
        """A subscription as it is now."""
        return await subscriptions.find_by_id(self.database, known.workspace_id, known.id)

    async def history(self, known):
        """The tips it has got."""
        return (await history.find_seen(self.database, [known.id]))[known.id]

    async def states(self):
        """How far each delivery has come, in order of their keys."""
        columns = delivery.c.state, delivery.c.error
        async with self.database.reading() as connection:
            rows = await connection.execute(select(*columns).order_by(*delivery.primary_key))
            return [(row.state, row.error) for row in rows]

    async def live(self, days):
        """Let days go by, with a turn at the hour of each."""
        for _ in range(days):
            await self.tips.turn()
            self.clock.now += DAY


@pytest.fixture
async def world(database, clock, handbook):
    return World(database, clock, handbook)


@pytest.fixture
def world_of(handbook):
    """Makes a world of any database and clock."""

    def make(database, clock):
        return World(database, clock, handbook)

    return make
