"""How far this machine's clock is from a platform's, told by whatever the platform answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp

from bot.doctor.finding import Finding

TOLERANCE_SECONDS = 60.0
"""How far the clocks may be apart. Slack's requests and Teams' tokens are refused from five minutes on."""
CALL_SECONDS = 10.0
"""How long one answer may take."""


class Clock:
    """This machine's clock beside a platform's.

    Args:
        platform: Its name.
        now: Seconds since 1970.
    """

    def __init__(self, platform: str, now: Callable[[], float]) -> None:
        self._platform = platform
        self._now = now
        self._ahead_seconds: float | None = None

    async def look(
        self, _session: aiohttp.ClientSession, _: SimpleNamespace, answered: aiohttp.TraceRequestEndParams
    ) -> None:
        """Compare with what an answer says; a refusal tells the time as well."""
        try:
            told = parsedate_to_datetime(answered.response.headers.get("Date", ""))
        except ValueError:
            return
        self._ahead_seconds = self._now() - told.timestamp()

    def findings(self) -> list[Finding]:
        """How the clocks compare; nothing where no answer told the time."""
        if self._ahead_seconds is None:
            return []
        apart = abs(self._ahead_seconds)
        if apart <= TOLERANCE_SECONDS:
            return [Finding(f"{self._platform} clock", "agrees with this machine's")]
        side = "ahead of" if self._ahead_seconds > 0 else "behind"
        says = (
            f"This machine is {apart:.0f} seconds {side} {self._platform}: set its clock by the network. "
            "From five minutes on, all that comes in is refused."
        )
        return [Finding(f"{self._platform} clock", says, fault=True)]


@asynccontextmanager
async def asking(
    platform: str, now: Callable[[], float]
) -> AsyncIterator[tuple[aiohttp.ClientSession, Clock]]:
    """A session to ask a platform with, and the clock that its answers are held beside."""
    clock = Clock(platform, now)
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(clock.look)
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, trace_configs=[trace]) as session:
        yield session, clock
