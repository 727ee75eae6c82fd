"""What can go wrong between an app and Slack, to be ordered for the next calls of a method."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Answer 429 with `Retry-After`, in whole seconds."""

    retry_after_seconds: int = 1


@dataclass(frozen=True, slots=True)
class ServerFailure:
    """Answer with a status of 500 or above, having done nothing."""

    status: int = 503


@dataclass(frozen=True, slots=True)
class ConnectionReset:
    """Break the connection off without an answer; with `accepted`, only after the call was carried out."""

    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Slow:
    """Carry the call out, then wait so many seconds before answering."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Answer `ok: false` with Slack's word for the error, having done nothing."""

    error: str


Disturbance = RateLimited | ServerFailure | ConnectionReset | Slow | Refused


class Disturbances:
    """What is in store for each method; every entry is used once, first come, first served."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Disturbance]] = defaultdict(deque)

    def order(self, method: str, *disturbances: Disturbance) -> None:
        """Put something in store for the next calls of a method."""
        self._waiting[method].extend(disturbances)

    def take(self, method: str) -> Disturbance | None:
        """Take what is in store for this call, if anything is."""
        waiting = self._waiting[method]
        return waiting.popleft() if waiting else None
