"""Threads that survive a restart, at no cost to whoever waits for an answer.

What is remembered is at hand at once and reaches the database a moment later, many threads in one go.
While the database is away, threads live in this process alone, and are written when it is back.
"""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from itertools import islice
from types import TracebackType
from typing import Self

from sqlalchemy import select

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.expiring import Clock, Expiring
from bot.store.tables import insert_into
from bot.store.tables import thread as table
from bot.store.threads import LIFETIME_SECONDS, LIMIT, Thread

log = logging.getLogger("bot.store.threads")

WRITE_EVERY_SECONDS = 0.2
"""What a crash may forget."""
FIND_SECONDS = 0.5
"""How long the database is waited for; the thread's answer cannot wait longer."""
AGAIN_AFTER_SECONDS = 1.0
"""How long an absent database is left alone."""
_AT_ONCE = 1000
"""Threads in one transaction."""
_REWRITTEN = ("owner", "topic", "aspect", "role", "tips", "at")
_LIFETIME_MS = int(LIFETIME_SECONDS * 1000)

Owner = Callable[[str], str]
"""Whom a place belongs to, by any name; empty where to nobody alone."""


class DatabaseThreads:
    """Threads in the database; an async context manager, which writes what is left at its end.

    Args:
        database: Where.
        key: A secret of the installation: places and people are stored as hashes by it, so that nobody who
            reads the table learns who talked about what.
        clock: Seconds that only go up.
        owner: Reads off a place whose it is, so that it can be erased with them.
    """

    def __init__(self, database: Database, key: bytes, clock: Clock, owner: Owner) -> None:
        self._database = database
        self._key = key
        self._owner = owner
        self._recent: Expiring[_Kept] = Expiring(lifetime_seconds=LIFETIME_SECONDS, limit=LIMIT, clock=clock)
        self._unwritten: dict[str, _Kept] = {}
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._keep_writing())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            await self.write()
        except StoreError as refused:
            log.warning("%d threads are not kept: %s", len(self._unwritten), refused)

    def key_of(self, owner: str) -> str:
        """How an owner is named in the table: for `people.export` and `people.forget`."""
        return self._hash("owner", owner) if owner else ""

    async def find(self, place: str) -> Thread | None:
        """What is remembered of a place, or None."""
        row = self._hash("place", place)
        if row in self._unwritten:
            return self._unwritten[row].thread
        known = self._recent.find(row)
        # A file is written by one process alone; on a server the latest word of all replicas counts.
        if known is not None and self._database.address.path:
            return known.thread
        try:
            async with asyncio.timeout(FIND_SECONDS):
                return await self._read(row)
        except (StoreError, TimeoutError):
            return known.thread if known else None

    async def remember(self, place: str, thread: Thread) -> None:
        """Keep this of a place for a day, instead of what was there."""
        row, kept = self._hash("place", place), _Kept(self.key_of(self._owner(place)), thread)
        self._recent.put(row, kept)
        if len(self._unwritten) < LIMIT or row in self._unwritten:
            self._unwritten[row] = kept
            self._news.set()

    async def forget(self, owner: str) -> None:
        """Forget what is at hand of someone; `people.forget`, after this, erases what is stored."""
        gone = self.key_of(owner)
        async with self._turn:
            self._recent.drop_where(lambda kept: kept.owner == gone)
            self._unwritten = {row: kept for row, kept in self._unwritten.items() if kept.owner != gone}

    async def write(self) -> None:
        """Write what was remembered since the last time.

        Raises:
            StoreError: The database did not do it; what is not written is kept for the next time.
        """
        async with self._turn:
            while rows := dict(islice(self._unwritten.items(), _AT_ONCE)):
                await self._put(rows)
                for row, kept in rows.items():
                    if self._unwritten.get(row) is kept:
                        del self._unwritten[row]

    async def _keep_writing(self) -> None:
        said = False
        while await self._news.wait():
            await asyncio.sleep(AGAIN_AFTER_SECONDS if said else WRITE_EVERY_SECONDS)
            self._news.clear()
            try:
                await self.write()
                said = False
            except StoreError as error:
                self._news.set()
                if not said:  # once is enough, however long it is away
                    log.warning("threads wait to be written: %s", error)
                said = True

    async def _put(self, rows: dict[str, "_Kept"]) -> None:
        async with self._database.writing() as connection:
            now = await self._database.now_ms(connection)
            new = insert_into(connection, table)
            values = {name: new.excluded[name] for name in _REWRITTEN}
            rewrite = new.on_conflict_do_update(index_elements=["place"], set_=values)
            await connection.execute(
                rewrite,
                [
                    {"place": row, "owner": kept.owner, "at": now, **asdict(kept.thread)}
                    for row, kept in sorted(rows.items())
                ],
            )

    async def _read(self, row: str) -> Thread | None:
        columns = [table.c[field.name] for field in fields(Thread)]
        async with self._database.reading() as connection:
            since = await self._database.now_ms(connection) - _LIFETIME_MS
            found = await connection.execute(select(*columns).where(table.c.place == row, table.c.at > since))
            known = found.one_or_none()
            return Thread(*known) if known else None

    def _hash(self, sort: str, name: str) -> str:
        message = f"{sort} {name}".encode(errors="surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept:
    owner: str
    thread: Thread
