"""The clock of a replica is an hour ahead, or jumps there and back, while tips come due.

On PostgreSQL the server's clock counts, so that nothing may come of it. A file is used by one machine, whose
one clock is that of all replicas: put ahead, it brings tips as much too early, but none of them twice.
"""

import asyncio
import random
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select

from benchmarks.crowd import HOUR_MS, at_nine
from benchmarks.faults.arrivals import arrivals, due_instants, flowing, tips_each
from benchmarks.faults.clock import PACKAGE, Clock, find_library, putting
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.stand import Schedules, Stand, standing
from bot.store.database import utc_ms
from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State
from bot.store.tables import delivery, subscription
from bot.tips.schedule import Occurrence, local_day

REPLICAS = 2
AHEAD_MS = HOUR_MS
_EVERY_MS = 2_500
"""How often tips come due during the run, by the right clock and by one that is ahead."""
_TRUE_TO_MS = 5_000
"""How exactly a process has to be ahead, so that the run counts."""
_DELAY_SECONDS = 0.15
_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Skew:
    """Whose clock goes wrong, and how."""

    people: int
    jumps: int
    one_machine: bool
    """Whether it is the clock of all replicas."""

    @property
    def fault(self) -> str:
        """What happens, in words."""
        whose = f"clock of {'both' if self.one_machine else 'one'} of {REPLICAS} replicas"
        how = f"jumps an hour ahead and back ({self.jumps} jumps)" if self.jumps else "is an hour ahead"
        return f"{whose} {how} while {self.people:,} tips come due"

    @property
    def must_hold(self) -> str:
        """What may not come of it."""
        return "0 lost; 0 twice; 0 early" + " by more than the clock" * self.one_machine

    @property
    def early_ms(self) -> int:
        """How early a tip may come."""
        return AHEAD_MS if self.one_machine else 0


async def skew(address: str, *, jumps: int, seconds: float, people: int, workspaces: int) -> Outcome:
    """Start replicas with a wrong clock, and count at the end, when it is ahead.

    Args:
        address: An empty database.
        jumps: How often the clock jumps; 0 for one that is ahead from the start.
        seconds: For how long tips come due.
        people: Each is due one tip, some of them later than the run lasts.
        workspaces: Where they are.
    """
    what = Skew(people, jumps, one_machine=address.startswith("sqlite"))
    library = find_library()
    if library is None:
        return Outcome(what.fault, what.must_hold, [], unmeasured=f"{PACKAGE} is not installed")
    schedules = _schedules(utc_ms(), int(seconds * 1000))
    with putting(library) as clock:
        clock.put(AHEAD_MS)
        ahead = await clock.ahead_ms()
        clock.put(0 if jumps else AHEAD_MS)
        async with standing(address, workspaces=workspaces, people=people, schedules=schedules) as stand:
            stand.slack.delay = _DELAY_SECONDS
            wanted = await due_instants(stand)
            for number in range(REPLICAS):
                await stand.start(clock.environment if number == 0 or what.one_machine else None)
            await flowing(stand)
            await _jump(clock, jumps, seconds)
            finished = await _until_done(stand, what)
            due = {each for each, at in wanted.items() if at <= utc_ms() + what.early_ms}
            return await _judge(stand, what, due, ahead, finished=finished)


async def _judge(
    stand: Stand, what: Skew, due: set[int], ahead: tuple[int, int], *, finished: bool
) -> Outcome:
    counts = [await replica.stop() for replica in stand.running]
    account, got, came = await stand.account(), tips_each(stand), await arrivals(stand)
    early = sum(each.late_ms < -what.early_ms for each in came)
    twice = sum(times > 1 for times in got.values())
    return Outcome(
        what.fault,
        what.must_hold,
        broken(
            clock_was_an_hour_ahead=max(abs(ahead[0] - AHEAD_MS), abs(ahead[1])) < _TRUE_TO_MS,
            all_took_part=all(count["sent"] for count in counts),
            all_accounted_for=finished,
            none_lost=due <= got.keys(),
            none_twice=twice == 0,
            none_early=early == 0 and got.keys() <= due,
        ),
        {
            "due": len(due),
            "lost": len(due - got.keys()),
            "twice": twice,
            "in doubt": account.in_doubt,
            "due later": what.people - len(due),
            "of them sent": len(got.keys() - due),
            "earliest": f"{min((each.late_ms for each in came), default=0) / 1000:+.1f} s",
            "its clock": f"{ahead[0] / 1000:+.0f} s",
            "sent by each": " and ".join(str(count["sent"]) for count in counts),
        },
    )


def _schedules(now: int, during_ms: int) -> Schedules:
    """People are due before the run, during it, and during it by the wrong clock; some not at all."""
    ticks = range(_EVERY_MS, during_ms, _EVERY_MS)
    before, after = (-2 * HOUR_MS, -HOUR_MS // 2, -60_000), (AHEAD_MS // 2, 2 * AHEAD_MS)
    instants = [now + in_ms for in_ms in (*before, *ticks, *(AHEAD_MS + tick for tick in ticks), *after)]
    # To the millisecond: by whole minutes nobody would be due at just these moments.
    zones = [(at_nine(instant), instant) for instant in instants]
    return [(each, Occurrence(local_day(each.zone, instant), instant)) for each, instant in zones]


async def _jump(clock: Clock, jumps: int, seconds: float) -> None:
    """Jump so often within the time, ahead first; at the end the clock is ahead."""
    draw = random.Random(_SEED)  # noqa: S311  when
    moments = sorted(draw.uniform(0, seconds) for _ in range(jumps))
    for number, (before, moment) in enumerate(pairwise([0.0, *moments])):
        await asyncio.sleep(moment - before)
        clock.put(0 if number % 2 else AHEAD_MS)
    await asyncio.sleep(seconds - max(moments, default=0.0))
    clock.put(AHEAD_MS)


async def _until_done(stand: Stand, what: Skew) -> bool:
    """Wait until all that is due by the clock that counts is accounted for. Whether it is."""
    try:
        async with asyncio.timeout(120 + LEASE_SECONDS):
            while await _undone(stand, utc_ms() + what.early_ms):  # noqa: ASYNC110  nothing tells when
                await asyncio.sleep(0.5)
    except TimeoutError:
        return False
    return True


async def _undone(stand: Stand, by: int) -> int:
    """How many tips are due by then and not accounted for yet."""
    waits = delivery.c.state.in_((State.PENDING, State.SENDING))
    async with stand.database.reading() as connection:
        unsent = await connection.scalar(select(func.count()).where(waits, delivery.c.due_at <= by))
        unplanned = await connection.scalar(select(func.count()).where(subscription.c.next_at <= by))
    return int(unsent or 0) + int(unplanned or 0)
