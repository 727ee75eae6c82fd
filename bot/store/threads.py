"""What is remembered of a thread: never a word of what people wrote."""

from dataclasses import dataclass

from bot.coach.question import Aspect, Role
from bot.store.expiring import Clock, Expiring

LIFETIME_SECONDS = 24 * 3600.0
"""A follow-up a day after the last word is a new question."""

LIMIT = 100_000
"""Threads, about 30 MiB when all are used."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a conversation stands."""

    topic: str | None = None
    aspect: Aspect = Aspect.FULL
    role: Role | None = None
    tips: int = 0
    """How many tips were given here."""


class MemoryThreads:
    """Threads kept in this process; gone when it ends."""

    def __init__(self, clock: Clock) -> None:
        self._threads: Expiring[Thread] = Expiring(
            lifetime_seconds=LIFETIME_SECONDS, limit=LIMIT, clock=clock
        )

    async def find(self, place: str) -> Thread | None:
        """What is remembered of a place, or None."""
        return self._threads.find(place)

    async def remember(self, place: str, thread: Thread) -> None:
        """Keep this of a place for a day, instead of what was there."""
        self._threads.put(place, thread)
