"""One database's trial: `python -m benchmarks.tips.trial DATABASE PEOPLE` prints a report as JSON."""

import asyncio
import json
import signal
import sys
import time
from dataclasses import asdict, dataclass

from sqlalchemy import func, select, text

from benchmarks.tips.audience import Audience, gather
from benchmarks.tips.idle import rounds
from benchmarks.tips.memory import Resident
from benchmarks.tips.report import Report, Row, at_least, at_most
from benchmarks.tips.stretch import Stretch
from bot import content
from bot.coach.answer import Answer
from bot.signals import set_aside
from bot.store.database import Database, utc_ms
from bot.store.records import Delivery, State
from bot.store.tables import delivery, subscription
from bot.tips.counters import Counters
from bot.tips.engine import Tips
from bot.tips.planner import Planner

PLANNED_A_SECOND = {"sqlite": 5_000, "postgresql": 8_000}
SENT_A_SECOND = 2_000
GROWTH_MIB = 16.0
_STALLED_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Everybody:
    """A platform that takes every message at once, and knows how often it took one for whom."""

    times: bytearray
    """By subscription: as large before the first message as after the last."""

    async def workspaces(self) -> None:
        """All of them."""

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:  # noqa: ARG002  what is said does not count
        """Take it."""
        self.times[delivery.key.subscription_id] += 1
        return "D1:1.0"


async def measure(address: str, people: int) -> Report:
    """Fill a database that has its tables and nothing in them, and measure all that the design bounds."""
    async with Database(address) as database:
        audience = gather(people, utc_ms())
        filling = Stretch()
        await audience.crowd.fill(database)
        made = f"{people:,} people in {audience.crowd.workspaces:,} workspaces put in"
        filled = Row(made, f"{filling.seconds:.0f} s")
        platform = Everybody(bytearray(people + 1))
        idle = rounds(database, {"slack": platform})
        rows = [filled, *await idle.measure("")]
        plans = await idle.explain()
        await audience.come_due(database)
        rows += await _plan(database, audience)
        rows += await _drain(database, audience, platform)
        rows += await idle.measure(" after all of it")
        return Report(await _engine(database), rows, plans)


async def _plan(database: Database, audience: Audience) -> list[Row]:
    counts, memory = Counters(), Resident()
    async with memory.watching():
        stretch = Stretch()
        planned = await Planner(database, counts).plan()
        rows = _pace("planned", audience.due_people, stretch, PLANNED_A_SECOND[_kind(database)])
    due = audience.due_people
    assert planned == counts.planned == due, f"{planned:,} of {due:,} were planned"
    assert await _states(database) == {State.PENDING: due}
    assert await _due(database) == 0
    return [*rows, *_kept(memory, "planning")]


async def _drain(database: Database, audience: Audience, platform: Everybody) -> list[Row]:
    handbook = content.load([content.shipped_folder()])
    memory, due = Resident(), audience.due_people
    set_aside()  # as `serve` does
    tips = Tips(database, lambda: handbook, {"slack": platform}, owner="bench")
    async with memory.watching():
        stretch = Stretch()
        async with tips:
            await _until_sent(tips.counts, due)
        rows = _pace("sent", due, stretch, SENT_A_SECOND)  # and all written
    counts = tips.counts
    assert counts.sent == due, f"{counts.sent:,} of {due:,} were sent"
    assert (counts.retried, counts.unknown, counts.dropped, counts.troubles) == (0, 0, {}, 0), counts
    assert (sum(platform.times), max(platform.times)) == (due, 1), "somebody got none, or two"
    assert await _states(database) == {State.SENT: due}
    return [*rows, *_kept(memory, "sending")]


def _pace(done: str, count: int, stretch: Stretch, budget: float) -> list[Row]:
    what = f"{count:,} due {done}, a second"
    return [at_least(what, count / stretch.seconds, budget), *stretch.rows(count)]


async def _until_sent(counts: Counters, due: int) -> None:
    last, since = -1, time.monotonic()
    while counts.sent < due:
        if counts.sent > last:
            last, since = counts.sent, time.monotonic()
        assert time.monotonic() - since < _STALLED_SECONDS, f"nothing is sent any more: {counts}"
        await asyncio.sleep(0.05)


def _kept(memory: Resident, during: str) -> list[Row]:
    return [
        Row(f"… memory while {during}, at most", f"{memory.peak:.0f} MiB"),
        at_most("… most, less that after a tenth of it", memory.growth, GROWTH_MIB, "MiB", 1),
        Row("… slope of its second half", f"{memory.slope:+.1f} MiB/min"),
    ]


async def _states(database: Database) -> dict[State, int]:
    async with database.reading() as connection:
        rows = await connection.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))
        return {State(state): int(count) for state, count in rows}


async def _due(database: Database) -> int:
    async with database.reading() as connection:
        now = await database.now_ms(connection)
        return int(await connection.scalar(select(func.count()).where(subscription.c.next_at <= now)) or 0)


def _kind(database: Database) -> str:
    return "sqlite" if database.address.path else "postgresql"


async def _engine(database: Database) -> str:
    asked = "SELECT 'SQLite ' || sqlite_version()" if database.address.path else "SHOW server_version"
    async with database.reading() as connection:
        version = str(await connection.scalar(text(asked)))
    return version if database.address.path else f"PostgreSQL {version.partition(' ')[0]}"


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever started us tidies up
    print(json.dumps(asdict(asyncio.run(measure(sys.argv[1], int(sys.argv[2]))))))
