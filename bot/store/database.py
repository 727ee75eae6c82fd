"""The one way into the database: transactions that read or write, and the time they go by."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import BigInteger, ColumnElement, Row, Select, bindparam, literal, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.address import parse_address
from bot.store.engines import Patience, open_file, open_server
from bot.store.troubles import DRIVER_ERRORS, carries_state, translate

UtcClock = Callable[[], int]
"""The time as UTC milliseconds since 1970."""

# As bigint: compared with a numeric, no index of ours would be used.
_SERVER_TIME = literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", BigInteger)
_PATIENCE = Patience()


def utc_ms() -> int:
    """This machine's time as UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Glance:
    """A look at what is there by now, for what is asked every second: one journey, for a transaction's four.

    Args:
        build: Makes the statement from the time in UTC milliseconds.
    """

    def __init__(self, build: Callable[[ColumnElement[int]], Select[Any]]) -> None:
        self.by_ours = build(bindparam("now", type_=BigInteger))
        # As a query of its own: it is asked once then, and its outcome can be looked up in an index.
        self.by_its_clock = build(select(_SERVER_TIME).scalar_subquery())


class Database:
    """A database by its address; an async context manager. Nothing is connected before it is needed.

    Args:
        address: `sqlite:////absolute/path.db` or `postgresql://…`.
        clock: Instead of the database's own time: for the local workspace and for tests, never for several
            replicas, whose clocks differ.
        patience: How long anything may take.

    Raises:
        StoreError: The address is malformed, or its file cannot be made.
    """

    def __init__(
        self, address: str, *, clock: UtcClock | None = None, patience: Patience = _PATIENCE
    ) -> None:
        self.address = parse_address(address)
        self._clock = clock or (utc_ms if self.address.path else None)
        path = self.address.path
        self._engines = open_file(path, patience) if path else open_server(self.address.dsn, patience)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The writer last: whoever leaves a SQLite file last tidies up behind all.
        await self._engines.reader.dispose()
        await self._engines.writer.dispose()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that writes: kept at the end, undone by any error. Only database work belongs in it.

        Raises:
            StoreError: The database did not do it; see its sentence.
        """
        async with _transaction(self._engines.writer) as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that can only read, and that waits for no writer.

        Raises:
            StoreError: The database did not do it; see its sentence.
        """
        async with _transaction(self._engines.reader) as connection:
            yield connection

    async def glance(self, glance: Glance, values: dict[str, object]) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows of one statement that reads by itself.

        Raises:
            StoreError: The database did not do it; see its sentence.
        """
        async with _transaction(self._engines.glancer) as connection:
            statement, now = (
                (glance.by_ours, {"now": self._clock()}) if self._clock else (glance.by_its_clock, {})
            )
            rows: Sequence[Row[*tuple[Any, ...]]] = (await connection.execute(statement, now | values)).all()
            return rows

    async def now_ms(self, connection: AsyncConnection) -> int:
        """The time to compare with what is stored: the server's where there is one, whatever replica asks."""
        if self._clock is not None:
            return self._clock()
        return (await connection.execute(select(_SERVER_TIME))).scalar_one()

    def now_column(self) -> ColumnElement[int]:
        """The same time as a column of a SELECT, which saves a journey to the server."""
        return _SERVER_TIME if self._clock is None else literal(self._clock(), BigInteger)


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    try:
        async with engine.begin() as connection:
            yield connection
    except DRIVER_ERRORS as error:
        raise translate(error) from error
    except Exception as error:
        if carries_state(error):
            raise translate(error) from None  # its own words may quote the address
        raise
