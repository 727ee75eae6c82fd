"""What a fault is tried on: an empty database, a Slack, and replicas that can be killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.crowd import Crowd, at_nine, due_before
from benchmarks.faults.slack import Slack
from benchmarks.postgres import Server
from bot.store.database import Database, utc_ms
from bot.store.records import State
from bot.store.tables import delivery, subscription
from bot.tips.schedule import Occurrence, Schedule
from bot.tips.verdict import MAYBE

ROOT = Path(__file__).parents[2]
LVM = Path(sys.executable).with_name("lvm")
_UNDONE = (State.PENDING, State.SENDING)

Schedules = Sequence[tuple[Schedule, Occurrence]]
"""Who is due by what, and when next."""


@contextmanager
def empty_database(server: Server | None) -> Iterator[str]:
    """The address of a database with its tables and nothing in them: the server's, or else a file."""
    with tempfile.TemporaryDirectory(prefix="lvm-faults-") as folder:
        address = server.address("faults") if server else f"sqlite:///{folder}/coach.db"
        if server:
            server.make("faults")
        try:
            migrate(address)
            yield address
        finally:
            if server:
                server.drop("faults")


def migrate(address: str) -> None:
    """Make the tables, as an operator does."""
    environment = os.environ | {"DATABASE_URL": address}
    subprocess.run([str(LVM), "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ours


@dataclass
class Replica:
    """A process that sends tips."""

    name: str
    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """End it with no word, as a machine does."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> Mapping[str, object]:
        """End it as a host does; gives its counters."""
        self.process.send_signal(signal.SIGTERM)
        said, _ = await self.process.communicate()
        return dict(json.loads(said))


@dataclass
class Stand:
    """One trial."""

    address: str
    database: Database
    slack: Slack
    crowd: Crowd
    names: Iterator[int] = field(default_factory=count)
    running: list[Replica] = field(default_factory=list)

    async def start(self, environment: Mapping[str, str] | None = None, *, log: int | None = None) -> Replica:
        """Start a replica under a name that no other had; what it logs goes to `log`, an open file."""
        name = f"replica-{next(self.names)}"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.faults.replica", name, self.address, self.slack.api),
            cwd=ROOT,
            env=os.environ | dict(environment or {}),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        self.running.append(Replica(name, process))
        return self.running[-1]

    async def undone(self) -> int:
        """How many tips are due and not accounted for yet."""
        async with self.database.reading() as connection:
            now = await self.database.now_ms(connection)
            unsent = select(func.count()).where(delivery.c.state.in_(_UNDONE))
            unplanned = select(func.count()).where(subscription.c.next_at <= now)
            return int(await connection.scalar(unsent) or 0) + int(await connection.scalar(unplanned) or 0)

    async def until_done(self, seconds: float, *, but: int = 0) -> bool:
        """Wait until every tip, but so many, is accounted for; at most so long. Whether they are."""
        try:
            async with asyncio.timeout(seconds):
                while await self.undone() > but:  # noqa: ASYNC110  nothing tells when
                    await asyncio.sleep(0.5)
        except TimeoutError:
            return False
        return True

    async def account(self) -> "Account":
        """What became of everybody's tip."""
        async with self.database.reading() as connection:
            columns = delivery.c.state, delivery.c.error == MAYBE, func.count()
            rows = await connection.execute(select(*columns).group_by(*columns[:2]))
            ended = {(State(state), bool(maybe)): n for state, maybe, n in rows}
        often = Counter(self.slack.arrived.values())
        return Account(
            lost=self.crowd.people - len(self.slack.arrived),
            twice=often[2],
            more=sum(n for times, n in often.items() if times > 2),
            in_doubt=sum(n for (_, maybe), n in ended.items() if maybe),
            states={
                state.name.lower(): sum(n for (of, _), n in ended.items() if of is state)
                for state in State
                if any(of is state for of, _ in ended)
            },
        )


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everybody's tip: counts of people, each of whom was due one."""

    lost: int
    """It never arrived."""
    twice: int
    more: int
    """Three times or more often."""
    in_doubt: int
    """Nobody told whether the first attempt had arrived, and that is written down."""
    states: Mapping[str, int]


@asynccontextmanager
async def standing(
    address: str, *, workspaces: int, people: int, schedules: Schedules | None = None
) -> AsyncIterator[Stand]:
    """A stand whose people are due by these schedules, or else all since a moment.

    What still runs at the end is killed.
    """
    now = utc_ms()
    schedule = at_nine(now)
    crowd = Crowd(workspaces, people, schedules or [(schedule, due_before(schedule, now))])
    async with Database(address) as database, Slack().serving() as slack:
        await crowd.fill(database)
        stand = Stand(address, database, slack, crowd)
        try:
            yield stand
        finally:
            for each in stand.running:
                if each.process.returncode is None:
                    await each.kill()
