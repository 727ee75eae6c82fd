"""What many ask for at the same time, done together: while one batch is being done the next one gathers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Gathering(Generic[Item, Outcome]):
    """Many lanes share the price of one journey to the database.

    Args:
        work: Does a batch, and gives an outcome for each item in its order; what it raises, all of them get.
        limit: Items in a batch at most.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]], limit: int) -> None:
        self._work = work
        self._limit = limit
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Outcome:
        """Have one done, in the order of asking."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._run())
        return await outcome

    async def finish(self) -> None:
        """Wait until nothing is left to do."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def close(self) -> None:
        """Stop at once; whoever still waits is told so, as if they had been stopped themselves."""
        unheard, self._waiting = self._waiting, []
        for _, outcome in unheard:
            outcome.cancel()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.wait([self._worker])

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # whoever is ready to ask does so first
            batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
            try:
                await self._do(batch)
            finally:  # where we are stopped, whoever waits for us is too
                for _, outcome in batch:
                    outcome.cancel()

    async def _do(self, batch: Sequence[tuple[Item, "asyncio.Future[Outcome]"]]) -> None:
        asked = [(item, outcome) for item, outcome in batch if not outcome.done()]
        try:
            outcomes = await self._work([item for item, _ in asked])
        except Exception as error:  # noqa: BLE001  it belongs to those who asked
            for _, outcome in asked:
                if not outcome.done():
                    outcome.set_exception(error)
            return
        for (_, outcome), found in zip(asked, outcomes, strict=True):
            if not outcome.done():  # nobody waits for what was cancelled meanwhile
                outcome.set_result(found)
