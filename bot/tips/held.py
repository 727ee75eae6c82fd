"""A lane in hand: how fast is sent in it, and whether anything is."""

from dataclasses import dataclass

from bot.errors import Refusal
from bot.store.lanes import Release
from bot.store.records import Lane, State
from bot.tips.verdict import Verdict, Went

LEAST_RATE = 1.0
"""Messages a second."""
MOST_RATE = 8.0
"""Messages a second that a lane works up to; one that is stored with more keeps it."""
FASTER = 0.05
"""What each message that went well adds to the rate."""
MISSES = 3
"""Sends in a row that did not come about, or perhaps not, after which the whole lane waits."""
_MISSED = frozenset({Went.NOT_SENT, Went.UNKNOWN})


@dataclass(slots=True)
class Held:
    """One workspace that is ours for a while."""

    lane: Lane
    good_until: float
    """By the monotonic clock, in seconds: while it is earlier, nobody else sends here."""
    rate: float
    """Messages a second."""
    stopped: bool = False
    is_well: bool = False
    """Whether the latest send that was heard of here went well."""
    _not_before: int = 0
    _misses: int = 0
    _next_send: float = 0.0

    def learn(self, verdict: Verdict, now: int) -> None:
        """Go a little faster while all goes well, half as fast when told to wait, and stop where that helps.

        A message that is lost for good stops the lane at once, unless others just went well: where the
        platform is ill, the next one would be lost as well.

        Args:
            verdict: How a send went.
            now: UTC milliseconds.
        """
        is_lost = verdict.result.state is State.UNKNOWN and not self.is_well
        self.is_well = verdict.went is Went.WELL
        if self.is_well:
            self._misses = 0
            self.rate = max(self.rate, min(self.rate + FASTER, MOST_RATE))
        elif verdict.went is Went.TOLD_TO_WAIT:
            self._wait(verdict, now)
            self.rate = max(LEAST_RATE, self.lane.rate / 2)
        elif verdict.went in _MISSED:
            self._misses += 1
            if self._misses >= MISSES or is_lost:
                self._wait(verdict, now)
        elif verdict.refusal is Refusal.WORKSPACE_GONE:
            self.stopped = True

    def take_turn(self, now: float) -> float:
        """How many seconds the next message waits, by a monotonic clock, so that the rate is kept."""
        self._next_send = max(self._next_send, now)
        wait, self._next_send = self._next_send - now, self._next_send + 1 / self.rate
        return wait

    def give_back(self) -> Release:
        """What is kept of it for whoever has it next."""
        return Release(self.lane, self._not_before, self.rate, self.is_well)

    def _wait(self, verdict: Verdict, now: int) -> None:
        self._not_before = max(self._not_before, now + verdict.wait_ms)
        self.stopped = True
