"""Work that goes on after a platform has its answer: tracked, in one error boundary, drained at the end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot import incidents
from bot.errors import DeliveryError

log = logging.getLogger("bot.background")

Apology = Callable[[str], Awaitable[None]]
"""Says, with a reference, that something went wrong."""


class Background:
    """Tasks that are not forgotten."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], doing: str, apology: Apology | None = None) -> None:
        """Run some work soon.

        Args:
            work: The work.
            doing: What it does, in a few fixed words, for the log.
            apology: Called with a reference when the work fails for a reason of our own.
        """
        task = asyncio.create_task(_bounded(work, doing, apology))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> int:
        """Wait for the work to end, at most this long; return how much was given up."""
        if self._tasks:
            _, pending = await asyncio.wait(self._tasks, timeout=seconds)
            for task in pending:
                task.cancel()
            return len(pending)
        return 0


async def _bounded(work: Coroutine[Any, Any, None], doing: str, apology: Apology | None) -> None:
    try:
        await work
    except DeliveryError as error:
        # The platform did not take it, so an apology would not arrive either.
        log.warning("%s failed: %s", doing, error)
    except Exception as error:  # noqa: BLE001  the one boundary of background work
        reference = incidents.report(error, doing)
        if apology is not None:
            await _bounded(_apologise(apology, reference), f"apologising after {doing}", None)


async def _apologise(apology: Apology, reference: str) -> None:
    await apology(reference)
