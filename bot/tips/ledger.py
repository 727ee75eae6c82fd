"""The ledger's desk: what all lanes want written goes into the database together, in the order it came.

While one transaction is being written the next one gathers, so that many lanes share the price of a commit.
What the database cannot take while it is away is kept here and written once it is back.
"""

import asyncio
from dataclasses import dataclass

from bot.errors import StoreError
from bot.incidents import report
from bot.store import lanes, ledger
from bot.store.database import Database
from bot.store.lanes import Release
from bot.store.ledger import Intent, Result
from bot.store.records import Key
from bot.tips.counters import Counters
from bot.tips.times import Sleep

BATCH = 500
"""Entries in one transaction, so that nobody waits long for the writer."""
RETRY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class _Entry:
    of: Intent | Result | Release
    written: "asyncio.Future[bool]"


class Ledger:
    """Writes intents and results, and gives lanes back; nobody else in this process does.

    Args:
        database: Where.
        counts: Where troubles are counted.
        sleep: Waits so many seconds, between two tries while the database is away.
    """

    def __init__(self, database: Database, counts: Counters, sleep: Sleep = asyncio.sleep) -> None:
        self._database = database
        self._counts = counts
        self._sleep = sleep
        self._entries: list[_Entry] = []
        self._open: set[str] = set()
        self._writer: asyncio.Task[None] | None = None

    def knows(self, token: str | None) -> bool:
        """Whether this attempt was begun here and its result is not written yet."""
        return token in self._open

    async def begin(self, intent: Intent) -> bool:
        """Write that something is about to be sent; only if this says True it may be."""
        self._open.add(intent.token)
        allowed = False
        try:
            allowed = await self._enter(intent)
        finally:
            if not allowed:
                self._open.discard(intent.token)
        return allowed

    async def finish(self, result: Result) -> None:
        """Write what became of it; returns once that is safe, however long the database is away."""
        await self._enter(result)
        self._open.discard(result.token)

    async def release(self, release: Release) -> None:
        """Give a lane back, once all of its results are written."""
        await self._enter(release)

    async def write_all(self) -> None:
        """Wait until nothing is left to write."""
        if self._writer is not None:
            await asyncio.wait([self._writer])

    async def _enter(self, of: Intent | Result | Release) -> bool:
        entry = _Entry(of, asyncio.get_running_loop().create_future())
        self._entries.append(entry)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return await entry.written

    async def _write(self) -> None:
        while self._entries:
            await asyncio.sleep(0)  # whoever is ready to enter something does so first
            batch, self._entries = self._entries[:BATCH], self._entries[BATCH:]
            try:
                await self._commit(batch)
            finally:  # where we are stopped, whoever waits for us is too
                for entry in batch:
                    entry.written.cancel()

    async def _commit(self, batch: list[_Entry]) -> None:
        """Write these; what no transaction can hold is found by halving, and left out."""
        while True:
            try:
                allowed = await self._try(batch)
            except StoreError as error:
                self._counts.troubles += 1
                if error.passing or error.outcome_unknown:
                    await self._sleep(RETRY_SECONDS)
                    continue
                if len(batch) > 1:
                    await self._commit(batch[: len(batch) // 2])
                    await self._commit(batch[len(batch) // 2 :])
                    return
                report(error, "writing the ledger")
                allowed = frozenset()
            break
        for entry in batch:
            if not entry.written.done():  # nobody waits any more for what was cancelled
                entry.written.set_result(isinstance(entry.of, Intent) and entry.of.token in allowed)

    async def _try(self, batch: list[_Entry]) -> frozenset[str]:
        intents = [entry.of for entry in batch if isinstance(entry.of, Intent)]
        results = [entry.of for entry in batch if isinstance(entry.of, Result)]
        releases = [entry.of for entry in batch if isinstance(entry.of, Release)]
        allowed: frozenset[Key] = frozenset()
        if intents or results:
            allowed = await ledger.write(self._database, intents, results)
        if releases:
            await lanes.release(self._database, releases)
        return frozenset(intent.token for intent in intents if intent.key in allowed)
