"""Counts what is sent to each thread, as the Bot Connector does."""

from collections import defaultdict, deque

from bot.playground.model import Clock
from bot.playground.teams.limits import SENDS


class Throttle:
    """Remembers the sends of an hour.

    Args:
        clock: Seconds since 1970.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sends: defaultdict[str, deque[float]] = defaultdict(deque)

    def count(self, thread: str) -> float:
        """Count one send; where it is one too many it does not count, and the seconds to wait are given."""
        now, sends = self._clock(), self._sends[thread]
        while sends and sends[0] <= now - SENDS[-1][0]:
            sends.popleft()
        waits = [
            sends[-most] + seconds - now
            for seconds, most in SENDS
            if len(sends) >= most and sends[-most] > now - seconds
        ]
        if waits:
            return max(waits)
        sends.append(now)
        return 0.0
