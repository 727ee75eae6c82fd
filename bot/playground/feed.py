"""Tells those who wait for it that something changed: browsers, and tests."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
Change = TypeVar("Change")
BACKLOG: Final = 1_000
"""Changes that a slow browser may be behind before it is let go; it then connects anew."""


class Feed(Generic[Change]):
    """Spreads changes, in order, to everyone who follows."""

    def __init__(self) -> None:
        self._stirred = asyncio.Event()
        self._queues: set[asyncio.Queue[Change | None]] = set()

    def announce(self, change: Change) -> None:
        """Pass a change on to all who follow."""
        for queue in [*self._queues]:
            if queue.qsize() >= BACKLOG:
                self._let_go(queue)
            else:
                queue.put_nowait(change)
        self.stir()

    def stir(self) -> None:
        """Let everyone in `until` look again."""
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()

    async def until(self, ready: Callable[[], T], seconds: float) -> T:
        """Wait for `ready` to give something true, looking again at each change, and give it.

        Raises:
            TimeoutError: It did not within so many seconds.
        """
        async with asyncio.timeout(seconds):
            while not (found := ready()):
                await self._stirred.wait()
        return found

    async def follow(self, idle_seconds: float) -> AsyncGenerator[Change | None, None]:
        """Give every change from now on, until `close`; None whenever there was none for so many seconds."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while True:
                try:
                    async with asyncio.timeout(idle_seconds):
                        change = await queue.get()
                except TimeoutError:
                    yield None
                    continue
                if change is None:
                    return
                yield change
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """Let all who follow go."""
        for queue in [*self._queues]:
            self._let_go(queue)

    def _let_go(self, queue: asyncio.Queue[Change | None]) -> None:
        self._queues.discard(queue)
        queue.put_nowait(None)
