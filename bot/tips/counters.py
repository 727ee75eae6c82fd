"""What happened to tips since the start of this process, for whoever watches over it."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

LAG_BOUNDS = (1.0, 5.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 14400.0)
"""Seconds: spreading takes up to 300; what is later than 14,400 is not sent."""


class Drop(StrEnum):
    """Why a tip was not sent at all."""

    LATE = "late"
    """By more than four hours, or its day was over."""
    STOPPED = "stopped"
    """Its workspace refuses our token, or uninstalled the coach."""
    NOTHING_LEFT = "nothing-left"
    """Every tip was sent within 90 days, or is not wanted."""
    TARGET_GONE = "target-gone"
    WORKSPACE_GONE = "workspace-gone"


class Lags:
    """How long things took: a histogram."""

    def __init__(self, bounds: tuple[float, ...] = LAG_BOUNDS) -> None:
        self.bounds = bounds
        """Seconds, rising; each is the largest value of its bucket."""
        self.counts = [0] * (len(bounds) + 1)
        """By bucket, not summed up; the last is for what is beyond all bounds."""
        self.sum_seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count one; a negative lag, as of a clock that was put back, counts as none."""
        seconds = max(0.0, seconds)
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.sum_seconds += seconds


@dataclass(slots=True)
class Counters:
    """All of them only ever go up, but `lanes`."""

    planned: int = 0
    """Subscriptions whose turn had come."""
    sent: int = 0
    retried: int = 0
    """Attempts that were put back, to be made again."""
    unknown: int = 0
    """Attempts of which it is not known whether the message arrived."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Tips that were not sent, by `Drop`."""
    plan_lag: Lags = field(default_factory=Lags)
    """From the instant that a tip was due until it was planned."""
    send_lag: Lags = field(default_factory=Lags)
    """From a tip's turn until it was sent."""
    lane_waits: int = 0
    """Times that a platform told us to wait."""
    lane_wait_seconds: float = 0.0
    """How long, in all."""
    lanes: int = 0
    """Workspaces that are held now."""
    troubles: int = 0
    """Rounds that failed, as the database was away or by a fault of ours."""
