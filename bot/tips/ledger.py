"""The ledger's desk: what all lanes want written goes into the database together, in the order it came.

What the database cannot take while it is away is kept here and written once it is back.
"""

import asyncio
from collections.abc import Sequence

from bot.errors import StoreError
from bot.incidents import report
from bot.store import lanes, ledger
from bot.store.database import Database
from bot.store.lanes import Release
from bot.store.ledger import Intent, Result
from bot.store.troubles import UnstorableError
from bot.tips.counters import Counters
from bot.tips.gathering import Gathering
from bot.tips.times import Sleep

BATCH = 500
"""Entries in one transaction, so that nobody waits long for the writer."""
RETRY_SECONDS = 0.5

Entry = Intent | Result | Release


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
        self._open: set[str] = set()
        self._entries: Gathering[Entry, bool] = Gathering(self._commit, BATCH)

    def knows(self, token: str | None) -> bool:
        """Whether this attempt was begun here and its result is not written yet."""
        return token in self._open

    async def begin(self, intent: Intent) -> bool:
        """Write that something is about to be sent; only if this says True it may be."""
        self._open.add(intent.token)
        allowed = False
        try:
            allowed = await self._entries.do(intent)
        finally:
            if not allowed:
                self._open.discard(intent.token)
        return allowed

    async def finish(self, result: Result) -> None:
        """Write what became of it; returns once that is safe, however long the database is away."""
        await self._entries.do(result)
        self._open.discard(result.token)

    async def release(self, release: Release) -> None:
        """Give a lane back, once all of its results are written."""
        await self._entries.do(release)

    async def write_all(self) -> None:
        """Wait until nothing is left to write."""
        await self._entries.finish()

    async def close(self) -> None:
        """Give up what is not written yet: the database is about to be left."""
        await self._entries.close()

    async def _commit(self, batch: Sequence[Entry]) -> Sequence[bool]:
        """Write these, however long it takes; what can never be stored is found by halving, and left out.

        Nothing else is: a result that is not written makes its message come twice.
        """
        while True:
            try:
                return await self._try(batch)
            except UnstorableError as error:
                self._counts.troubles += 1
                if len(batch) == 1:
                    report(error, "writing the ledger")
                    return [False]
                half = len(batch) // 2
                return [*await self._commit(batch[:half]), *await self._commit(batch[half:])]
            except StoreError:
                self._counts.troubles += 1
                await self._sleep(RETRY_SECONDS)

    async def _try(self, batch: Sequence[Entry]) -> Sequence[bool]:
        intents = [entry for entry in batch if isinstance(entry, Intent)]
        results = [entry for entry in batch if isinstance(entry, Result)]
        releases = [entry for entry in batch if isinstance(entry, Release)]
        allowed = await ledger.write(self._database, intents, results) if intents or results else frozenset()
        if releases:
            await lanes.release(self._database, releases)
        return [entry in allowed for entry in batch]
