"""What platforms send twice is worked on once: within this process, and among all replicas."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import StoreError
from bot.store.expiring import Clock, Expiring

EVENT_SECONDS = 3600.0
"""Slack's last redelivery comes about five minutes after the first.
https://docs.slack.dev/apis/events-api#error-handling (read 2026-11-21)
"""
EVENT_LIMIT = 100_000
"""More than three hours of one workspace's 30,000 events an hour."""
CLAIM_SECONDS = 0.5
"""How long the replicas' common memory of events is waited for."""

Claim = Callable[[str], Awaitable[bool]]
"""Says, for all replicas together, whether a key is here for the first time."""


class Redeliveries:
    """Remembers what has come in.

    Args:
        platform: Whose events these are.
        clock: Seconds that only go up.
        claim: The replicas' common memory; None where there is only one of us.
    """

    def __init__(self, platform: str, clock: Clock, claim: Claim | None = None) -> None:
        self._platform = platform
        self._claim = claim
        self._seen: Expiring[bool] = Expiring(lifetime_seconds=EVENT_SECONDS, limit=EVENT_LIMIT, clock=clock)

    async def is_first(self, event_id: str, *, among_replicas: bool = True) -> bool:
        """Whether this event is here for the first time.

        Args:
            event_id: The platform's own name for it.
            among_replicas: Whether other replicas are asked too. Rather worked on twice than not at all,
                where they do not tell in time.
        """
        if not self._seen.claim(event_id, value=True):
            return False
        if self._claim is None or not among_replicas:
            return True
        try:
            async with asyncio.timeout(CLAIM_SECONDS):
                return await self._claim(f"{self._platform}:{event_id}")
        except (StoreError, TimeoutError):
            return True

    def forget(self, event_id: str) -> None:
        """Let an event through when it comes again."""
        self._seen.drop(event_id)
