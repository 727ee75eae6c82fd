"""Replicas are killed at random while tips go out."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from sqlalchemy import func, select

from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.stand import Replica, Stand, standing
from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State
from bot.store.tables import delivery, workspace

REPLICAS = 2
RESUMED_WITHIN = 31
"""Seconds."""
MUST_HOLD = (
    f"0 lost; twice ≤ in flight at the kills; none more than twice; a peer goes on within {RESUMED_WITHIN} s"
)
_DELAY_SECONDS = 0.15
_SEED = 20261122


@dataclass
class Kills:
    """What the kills interrupted."""

    count: int = 0
    in_flight: int = 0
    """Messages that were written down as begun, and whose end was not."""
    resumed_after: list[float] = field(default_factory=list)
    """Seconds until no lane was left that a killed replica had held, by kill."""
    watches: list[asyncio.Task[None]] = field(default_factory=list)


async def storm(address: str, *, kills: int, people: int, workspaces: int) -> Outcome:
    """Kill, start anew, and count at the end.

    Args:
        address: An empty database.
        kills: How many, if the tips last so long.
        people: Each is due one tip.
        workspaces: Where they are.
    """
    draw = random.Random(_SEED)  # noqa: S311  which and when
    done = Kills()
    async with standing(address, workspaces=workspaces, people=people) as stand:
        stand.slack.delay = _DELAY_SECONDS
        begun = time.monotonic()
        alive = [await stand.start() for _ in range(REPLICAS)]
        while done.count < kills and await stand.undone():
            await asyncio.sleep(draw.uniform(0.2, 1.5))
            which = draw.randrange(REPLICAS)
            if await _held(stand, alive[which]):
                await _kill(stand, alive[which], done)
                alive[which] = await stand.start()
        finished = await stand.until_done(120 + LEASE_SECONDS)
        taken = time.monotonic() - begun
        await asyncio.gather(*done.watches)
        account = await stand.account()
    return Outcome(
        f"{done.count} times kill -9 while {people:,} tips go out over {REPLICAS} replicas",
        MUST_HOLD,
        broken(
            all_accounted_for=finished,
            all_kills_happened=done.count == kills,
            none_lost=account.lost == 0,
            twice_at_most_in_flight=account.twice <= done.in_flight,
            none_more_than_twice=account.more == 0,
            resumed_in_time=max(done.resumed_after) <= RESUMED_WITHIN,
        ),
        {
            "lost": account.lost,
            "in flight at the kills": done.in_flight,
            "twice": account.twice,
            "more than twice": account.more,
            "slowest peer": f"{max(done.resumed_after):.1f} s",
            "in all": f"{taken:.0f} s",
        },
    )


async def _kill(stand: Stand, replica: Replica, done: Kills) -> None:
    await replica.kill()
    done.count += 1
    ours = workspace.c.lease_owner == replica.name
    begun = select(func.count()).select_from(
        delivery.join(workspace, delivery.c.workspace_id == workspace.c.id)
    )
    async with stand.database.reading() as connection:
        found = await connection.scalar(begun.where(ours, delivery.c.state == State.SENDING))
    done.in_flight += int(found or 0)
    done.watches.append(asyncio.create_task(_watch(stand, replica, done)))


async def _watch(stand: Stand, replica: Replica, done: Kills) -> None:
    """Wait until others have all the lanes that it held."""
    begun = time.monotonic()
    while await _held(stand, replica):  # noqa: ASYNC110  what other processes do is only seen by looking
        await asyncio.sleep(0.1)
    done.resumed_after.append(time.monotonic() - begun)


async def _held(stand: Stand, replica: Replica) -> int:
    """How many lanes a replica holds."""
    async with stand.database.reading() as connection:
        held = select(func.count()).where(workspace.c.lease_owner == replica.name)
        return int(await connection.scalar(held) or 0)
