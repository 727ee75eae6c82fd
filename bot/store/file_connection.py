"""One connection to a SQLite file, with as few journeys to its thread as its work needs.

aiosqlite goes there four times for a statement: for a cursor, to execute, to fetch, to close. Each journey
costs two switches between threads that want the same interpreter, which is more than most statements of ours
take. Here a statement goes there once, and brings all of its rows back.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiosqlite

_CHUNK = 64
_Execute = Callable[[sqlite3.Cursor], object]
_Outcome = tuple[list[Any], tuple[Any, ...] | None, int, int | None]


class FileCursor:
    """What one statement brought; the part of aiosqlite's cursor that SQLAlchemy uses."""

    def __init__(self, connection: "FileConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: tuple[Any, ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> Self:
        """Execute a statement, and fetch its rows."""
        return await self._run(lambda cursor: cursor.execute(sql, values))

    async def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> Self:
        """Execute a statement again and again."""
        return await self._run(lambda cursor: cursor.executemany(sql, values))

    async def fetchall(self) -> list[Any]:
        """The rows; once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open by a statement."""

    async def _run(self, execute: _Execute) -> Self:
        self._rows, self.description, self.rowcount, self.lastrowid = await self._connection.do(execute)
        return self


class FileConnection(aiosqlite.Connection):
    """A connection whose thread does a whole statement at a time."""

    def __init__(self, path: str, **options: Any) -> None:  # noqa: ANN401  sqlite3's own
        super().__init__(partial(sqlite3.connect, path, **options), _CHUNK)
        self._thread.daemon = True
        self._first = ""
        self._is_busy = False
        """Whether the thread is at a statement; whoever waited for it may be gone."""

    def begin_with_next(self, word: str) -> None:
        """Begin a transaction together with the next statement."""
        self._first = word

    def cursor(self) -> FileCursor:  # type: ignore[override]
        """For one statement."""
        return FileCursor(self)

    async def commit(self) -> None:
        """Keep what was done, where anything was begun."""
        self._first = ""
        if self._is_busy or self.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Undo what was done, where anything was begun."""
        self._first = ""
        if self._is_busy or self.in_transaction:
            await super().rollback()

    async def do(self, execute: _Execute) -> _Outcome:
        """Have a statement done on a cursor of its own.

        Returns:
            Its rows, what they consist of, how many there were, and the number of the last one put in.
        """
        first, self._first, self._is_busy = self._first, "", True
        outcome: _Outcome = await self._execute(self._do, first, execute)  # type: ignore[no-untyped-call]
        return outcome

    def _do(self, first: str, execute: _Execute) -> _Outcome:
        try:
            return self._in_one_go(first, execute)
        finally:
            self._is_busy = False

    def _in_one_go(self, first: str, execute: _Execute) -> _Outcome:
        cursor = self._conn.cursor()
        try:
            if first:
                cursor.execute(first)
            execute(cursor)
            rows = cursor.fetchall() if cursor.description else []
            return rows, cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
