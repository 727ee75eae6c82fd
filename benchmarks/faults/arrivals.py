"""What arrived, beside when it was due: the posts that a Slack took, and the deliveries that they were."""

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from benchmarks.faults.stand import Stand
from bot.store.records import State
from bot.store.tables import delivery, subscription


@dataclass(frozen=True, slots=True)
class Arrival:
    """A tip that arrived, as it did first."""

    subscription_id: int
    workspace_id: int
    due_at: int
    at: int
    """UTC milliseconds, as is `due_at`."""

    @property
    def late_ms(self) -> int:
        """How long after it was due; below 0 it came early."""
        return self.at - self.due_at


async def arrivals(stand: Stand) -> list[Arrival]:
    """All that arrived so far, in that order."""
    columns = delivery.c.subscription_id, delivery.c.due_on, delivery.c.workspace_id, delivery.c.due_at
    async with stand.database.reading() as connection:
        rows = (await connection.execute(select(*columns))).all()
    known = {f"{of}:{on.isoformat()}": (of, where, due) for of, on, where, due in rows}
    since = time.time() - time.monotonic()
    return [Arrival(*known[key], int((since + at) * 1000)) for key, at in stand.slack.first_at.items()]


async def flowing(stand: Stand) -> bool:
    """Wait for the next tip to go out, so that there is something to disturb. Whether one does."""
    so_far = stand.slack.asked
    while await stand.undone():
        for _ in range(20):
            if stand.slack.asked > so_far:
                return True
            await asyncio.sleep(0.02)
    return False


def tips_each(stand: Stand) -> Counter[int]:
    """How many tips each person got, by subscription: of whatever day, and however often."""
    got: Counter[int] = Counter()
    for key, times in stand.slack.arrived.items():
        got[int(key.partition(":")[0])] += times
    return got


def most_in(seconds: float, arrived: Iterable[Arrival]) -> int:
    """The most that arrived in one workspace within so long."""
    most, latest = 0, defaultdict[int, deque[int]](deque)
    for each in sorted(arrived, key=lambda arrival: arrival.at):
        window = latest[each.workspace_id]
        window.append(each.at)
        while each.at - window[0] >= seconds * 1000:
            window.popleft()
        most = max(most, len(window))
    return most


async def due_instants(stand: Stand) -> dict[int, int]:
    """When each person is due next, by subscription, in UTC milliseconds."""
    async with stand.database.reading() as connection:
        rows = await connection.execute(select(subscription.c.id, subscription.c.next_at))
        return {of: at for of, at in rows if at is not None}


async def states(stand: Stand) -> dict[int, Counter[tuple[State, str | None]]]:
    """What became of each person's tips, by subscription: how often which state, for what reason."""
    columns = delivery.c.subscription_id, delivery.c.state, delivery.c.error
    found: dict[int, Counter[tuple[State, str | None]]] = defaultdict(Counter)
    async with stand.database.reading() as connection:
        for of, state, error in await connection.execute(select(*columns)):
            found[of][State(state), error] += 1
    return found
