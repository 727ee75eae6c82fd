"""What it costs to look for something due where nothing is, and how the database finds out."""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

from benchmarks.tips.report import Row, at_most
from benchmarks.tips.stretch import Stretch
from bot.store.database import Database
from bot.store.lanes import LANES_A_POLL
from bot.store.tables import metadata
from bot.tips.counters import Counters
from bot.tips.lanes import Lanes
from bot.tips.ledger import Ledger
from bot.tips.loading import Loader
from bot.tips.planner import Planner
from bot.tips.sending import Deliver, Sender
from bot.tips.times import Times

BUDGET_MS = 1.0
ROUNDS = 500
_WARMING = 50
_EXPLAIN = {
    "sqlite": "EXPLAIN QUERY PLAN ",
    "postgresql": "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ",
}
_PLANNER, _LANES = "planner", "lanes"
_INDEX = {_PLANNER: "ix_subscription_next_at", _LANES: "ix_workspace_next_at"}
_SCANS = tuple(f"SCAN {table}" for table in metadata.tables)

Polls = dict[str, Callable[[], Awaitable[object]]]
Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Idle:
    """The two rounds that the engine does each second, as it does them."""

    database: Database
    polls: Polls

    async def measure(self, when: str) -> list[Row]:
        """How long each takes, in milliseconds; nothing may be due."""
        rows = []
        for name, poll in self.polls.items():
            for _ in range(_WARMING):
                await poll()
            stretch = Stretch()
            taken = sorted([await _timed(poll) for _ in range(ROUNDS)])
            spent = stretch.rows(ROUNDS)
            what = f"idle poll of the {name}{when}, median of {ROUNDS}"
            rows.append(at_most(what, taken[ROUNDS // 2], BUDGET_MS, "ms"))
            rows.append(Row("… p99", f"{taken[ROUNDS * 99 // 100]:.2f} ms"))
            rows += spent
        return rows

    async def explain(self) -> list[str]:
        """The database's plans for both, each of which must use its index and go through no table."""
        lines = []
        for name, poll in self.polls.items():
            with _noting() as asked:
                await poll()
            found = [line for each in asked for line in await self._plan(each)]
            text = "\n".join(found)
            assert _INDEX[name] in text, f"the {name}'s poll does not use its index:\n{text}"
            scanned = [line for line in found if "Seq Scan" in line or line.startswith(_SCANS)]
            assert not scanned, f"the {name}'s poll goes through a table:\n{text}"
            lines += [f"-- {name}", *found]
        return lines

    async def _plan(self, asked: Statement) -> list[str]:
        statement, values = asked
        async with self.database.writing() as connection:  # what is explained may be an UPDATE
            word = _EXPLAIN[connection.dialect.name]
            return [str(row[-1]) for row in await connection.exec_driver_sql(word + statement, values)]


def rounds(database: Database, platforms: dict[str, Deliver]) -> Idle:
    """The engine's rounds, put together as the engine does."""
    counts, times = Counters(), Times()
    sender = Sender(database, platforms, Ledger(database, counts), counts, times.send_seconds)
    loader = Loader(database, _no_handbook, counts)
    lanes = Lanes(loader, sender, times, owner="idle")

    async def look() -> None:
        assert not await lanes.take(LANES_A_POLL), "somebody waits for a tip"

    planner = Planner(database, counts)

    async def plan() -> None:
        assert await planner.plan() == 0, "somebody is due"

    return Idle(database, {_PLANNER: plan, _LANES: look})


def _no_handbook() -> Any:  # noqa: ANN401  never asked for
    raise AssertionError("nothing is due, so nothing is looked up")


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


@contextmanager
def _noting() -> Iterator[Sequence[Statement]]:
    """What is asked of the database meanwhile."""
    asked: list[Statement] = []

    def note(_: object, __: object, statement: str, values: object, ___: object, ____: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
