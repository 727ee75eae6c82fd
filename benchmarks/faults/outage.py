"""The database falls, and comes back, while tips go out and people ask.

A file has no server that could fall: what comes nearest is another process that locks it, a fault by itself.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from benchmarks.faults.arrivals import flowing
from benchmarks.faults.coach import PATIENCE_SECONDS, Asked, Coach, serving
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.stand import Stand, migrate, standing
from benchmarks.postgres import Server
from bot import content
from bot.coach.daily_texts import DailyText
from bot.store.lanes import LEASE_SECONDS

REPLICAS = 2
MUST_HOLD = (
    f"0 lost; 0 twice; every command answered within {PATIENCE_SECONDS:.0f} s, those that need no database "
    "as ever, the others with a sentence that says so"
)
_NEED_NONE = ("difference vision", "help")
_NEED_IT = "daily"
_CANNOT = (DailyText.NOT_READ, DailyText.NOT_STORED, DailyText.NOT_SURE)
_AS_EVER, _NOTHING, _ELSE = "as ever", "nothing in time", "something else"
_DELAY_SECONDS = 0.3
_SEED = 20261122


@dataclass
class Away:
    """When the database was away, by `time.monotonic`: from its fall until it was started."""

    spans: list[tuple[float, float]] = field(default_factory=list)

    def interrupted(self, arrived: Collection[float]) -> int:
        """How many tips arrived, and could not be written down before it was back."""
        return sum(any(fell - _DELAY_SECONDS < at < start for fell, start in self.spans) for at in arrived)

    def slowest_return(self, arrived: Collection[float]) -> float:
        """Seconds from its start to the next tip, the longest of them."""
        waits = (min((at - start for at in arrived if at >= start), default=0.0) for _, start in self.spans)
        return max(waits, default=0.0)

    def rest(self, arrived: Collection[float]) -> float:
        """Seconds from its last start to the last tip."""
        return max(arrived, default=0.0) - self.spans[-1][1] if self.spans else 0.0


@dataclass(frozen=True, slots=True)
class Commands:
    """What was answered."""

    usual: Mapping[str, str | None]
    """By command, before."""
    asked: Sequence[Asked]
    """Meanwhile."""
    after: Sequence[Asked]

    def said(self) -> Mapping[str, Counter[str]]:
        """By command, what was said meanwhile, and how often."""
        texts = content.load([content.shipped_folder()]).daily
        said: dict[str, Counter[str]] = {command: Counter() for command in self.usual}
        for each in self.asked:
            cannot = (name.value for name in _CANNOT if each.said and texts[name] in each.said)
            as_ever = _AS_EVER if each.said == self.usual[each.command] else _ELSE
            said[each.command][next(cannot, as_ever) if each.said else _NOTHING] += 1
        return said

    @property
    def healed(self) -> bool:
        """Whether all is answered as ever again."""
        return all(each.said == self.usual[each.command] for each in self.after)


async def outage(server: Server, *, outages: int, seconds: float, people: int, workspaces: int) -> Outcome:
    """Stop the server as a fall would, start it again, and count at the end.

    Args:
        server: The one that falls, and that runs before and after.
        outages: How often, if the tips last so long.
        seconds: How long each time.
        people: Each is due one tip.
        workspaces: Where they are.
    """
    draw = random.Random(_SEED)  # noqa: S311  when
    away = Away()
    with _database(server, "outage_tips") as address, _database(server, "outage_commands") as theirs:
        async with serving(theirs) as coach, standing(address, workspaces=workspaces, people=people) as stand:
            stand.slack.delay = _DELAY_SECONDS
            await coach.ask(_NEED_IT)  # signs up; from then on it tells how things stand
            usual = {command: (await coach.ask(command)).said for command in (*_NEED_NONE, _NEED_IT)}
            for _ in range(REPLICAS):
                await stand.start()
            while len(away.spans) < outages and await flowing(stand):
                await asyncio.sleep(draw.uniform(1.0, 4.0))
                if await flowing(stand):
                    await _fall(server, coach, away, seconds)
            finished = await stand.until_done(120 + LEASE_SECONDS)
            after = [await coach.ask(command) for command in usual]
            commands = Commands(usual, coach.asked, after)
            return await _judge(stand, away, commands, finished=finished, wanted=outages)


async def _judge(stand: Stand, away: Away, commands: Commands, *, finished: bool, wanted: int) -> Outcome:
    account, said = await stand.account(), commands.said()
    without: Counter[str] = sum((said[command] for command in _NEED_NONE), Counter())
    arrived = stand.slack.first_at.values()
    interrupted = away.interrupted(arrived)
    lengths = [start - fell for fell, start in away.spans]
    return Outcome(
        f"immediate stops of PostgreSQL for {min(lengths, default=0):.0f} s: {len(lengths)}, while "
        f"{stand.crowd.people:,} tips go out over {REPLICAS} replicas",
        MUST_HOLD,
        broken(
            all_accounted_for=finished,
            all_outages_happened=len(lengths) == wanted and interrupted > 0,
            none_lost=account.lost == 0,
            none_twice=account.twice + account.more == 0,
            commands_without_database_as_ever=set(without) == {_AS_EVER},
            commands_with_it_say_so=not {_NOTHING, _ELSE} & set(said[_NEED_IT]) and len(said[_NEED_IT]) > 0,
            commands_healed=commands.healed,
        ),
        {
            "lost": account.lost,
            "twice": account.twice + account.more,
            "in doubt": account.in_doubt,
            "on their way as it fell": interrupted,
            "slowest to go on": f"{away.slowest_return(arrived):.1f} s",
            "last tip after the last start": f"{away.rest(arrived):.0f} s",
            "commands that need no database, asked": without.total(),
            "answered as ever": without[_AS_EVER],
            "/lvm daily": ", ".join(f"{often} {name}" for name, often in said[_NEED_IT].most_common()),
            "slowest answer": f"{max((each.seconds for each in commands.asked), default=0.0):.2f} s",
        },
    )


async def _fall(server: Server, coach: Coach, away: Away, seconds: float) -> None:
    back = asyncio.Event()
    async with asyncio.TaskGroup() as asking:
        for command in (*_NEED_NONE, _NEED_IT):
            asking.create_task(coach.keep_asking(command, back))
        try:
            async with _stopped(server, away):
                await asyncio.sleep(seconds)
        finally:
            back.set()


@asynccontextmanager
async def _stopped(server: Server, away: Away) -> AsyncIterator[None]:
    fell = time.monotonic()
    await asyncio.to_thread(server.stop)
    try:
        yield
    finally:
        away.spans.append((fell, time.monotonic()))
        await asyncio.to_thread(server.start)


@contextmanager
def _database(server: Server, name: str) -> Iterator[str]:
    """A database of the server's, with its tables."""
    server.make(name)
    try:
        migrate(server.address(name))
        yield server.address(name)
    finally:
        server.drop(name)
