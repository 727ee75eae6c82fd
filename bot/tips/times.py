"""How long the sending of tips waits, and by which clock; not when tips are due, which the database tells."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Times:
    """All in seconds."""

    poll_seconds: float = 1.0
    """How long it may take until something due is noticed."""
    send_seconds: float = 20.0
    """How long a platform may take for one message; less than a lease, so that a slow one costs no lane."""
    drain_seconds: float = 20.0
    """How long what is on its way is waited for at the end."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only go up."""
    sleep: Sleep = asyncio.sleep
    """Waits so many of them."""
