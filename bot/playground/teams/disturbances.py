"""What can go wrong between an app and the Bot Connector, to be ordered for the next calls."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

RESET: Final = 0
"""In place of a status: the connection breaks off without an answer."""


class Call(StrEnum):
    """What an app may ask of the Bot Connector."""

    SEND = "send"
    CHANGE = "change"
    OPEN = "open"
    """A personal chat."""
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One answer that is not the usual one."""

    status: int
    """200 for the usual answer, given late; `RESET` for none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    accepted: bool = False
    """Whether the call is carried out nevertheless."""
    seconds: float = 0.0
    """How long the answer takes."""


class Disturbances:
    """What is in store for each call; every entry is used once, first come, first served."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Call, deque[Disturbance]] = defaultdict(deque)

    def order(self, call: Call, disturbance: Disturbance) -> None:
        """Put something in store."""
        self._waiting[call].append(disturbance)

    def take(self, call: Call) -> Disturbance | None:
        """Take what is in store for this call, if anything is."""
        waiting = self._waiting[call]
        return waiting.popleft() if waiting else None
