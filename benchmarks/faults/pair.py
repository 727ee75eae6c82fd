"""Two replicas that both have work from the beginning."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from benchmarks.faults.stand import Replica, Stand
from bot.store.tables import workspace

REPLICAS = 2
_START_MS = 3_000
"""Both are up by then."""
_STEPS, _STEP_MS = 12, 250


async def start_pair(stand: Stand, log: int | None = None) -> list[Replica]:
    """Start them before there is anything to do, and let it come bit by bit: who looks first takes all.

    Args:
        stand: Where.
        log: An open file for what they log; None leaves it with the rest.
    """
    async with stand.database.writing() as connection:
        begin = await stand.database.now_ms(connection) + _START_MS
        turn = begin + workspace.c.id % _STEPS * _STEP_MS
        await connection.execute(update(workspace).values(not_before=turn))
    return [await stand.start(log=log) for _ in range(REPLICAS)]


@dataclass(frozen=True, slots=True)
class Tally:
    """What replicas counted."""

    sent: tuple[int, ...]
    """Of each."""
    unknown: int
    dropped: int
    troubles: int


async def stop(replicas: Collection[Replica]) -> Tally:
    """End them as a host does."""
    counts: list[dict[str, Any]] = [dict(await replica.stop()) for replica in replicas]
    return Tally(
        sent=tuple(each["sent"] for each in counts),
        unknown=sum(each["unknown"] for each in counts),
        dropped=sum(sum(each["dropped"].values()) for each in counts),
        troubles=sum(each["troubles"] for each in counts),
    )
