"""Connections to the two databases, set up so that they keep the same promises.

SQLite: one writer at a time, which says so from its first word (BEGIN IMMEDIATE), because a reader that turns
writer fails at once when another was faster, and Python's own transactions begin too late to protect a read.
PostgreSQL: nothing waits for ever, and a connection that died is found before it is used.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StoreError
from bot.store.address import MISREAD
from bot.store.file_connection import FileConnection

_READERS = 4
_GLANCE = "glance"
_SERVER_CONNECTIONS = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How long anything may take."""

    wait_seconds: float = 10.0
    """For a lock, or a connection."""
    work_seconds: float = 30.0
    """For one statement of a server's; a transaction that stands still as long is given up too."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The ways into one database."""

    writer: AsyncEngine
    reader: AsyncEngine
    """Its transactions can only read."""
    glancer: AsyncEngine
    """Reads as well, each statement by itself: what begins and ends a transaction is two journeys more."""


def open_file(path: Path, patience: Patience) -> Engines:
    """The ways into a SQLite file, which is made for its owner alone where there is none.

    Raises:
        StoreError: The file cannot be made.
    """
    _make(path)
    safely = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
    writer = _of_file(path, patience, 1, safely)
    reader = _of_file(path, patience, _READERS, ("query_only=ON",))

    @event.listens_for(writer.sync_engine, "begin")
    def _lock(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(reader.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(_GLANCE):
            driver: Any = connection.connection.driver_connection
            driver.begin_with_next("BEGIN")

    return Engines(writer, reader, reader.execution_options(**{_GLANCE: True}))


def open_server(dsn: str, patience: Patience) -> Engines:
    """The ways into a PostgreSQL database; they share their connections.

    Raises:
        StoreError: The extra for PostgreSQL is not installed.
    """
    try:
        import asyncpg  # noqa: PLC0415  only the extra [postgres] brings it
    except ImportError:
        raise StoreError("PostgreSQL needs one more package: pip install 'lvm-coach[postgres]'.") from None

    async def connect() -> Any:  # noqa: ANN401  asyncpg has no types
        try:
            return await asyncpg.connect(
                dsn,
                timeout=patience.wait_seconds,
                command_timeout=patience.work_seconds + patience.wait_seconds,
                server_settings=_session(patience),
            )
        except (ValueError, OverflowError):  # whose own words quote the address
            raise StoreError(MISREAD) from None

    writer = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        hide_parameters=True,
        pool_size=_SERVER_CONNECTIONS,
        max_overflow=0,
        pool_timeout=patience.wait_seconds,
    )

    @event.listens_for(writer.sync_engine, "checkout")
    def _replace_dead(connection: Any, _: object, __: object) -> None:  # noqa: ANN401  a driver's own
        # The driver learns at once when a server hangs up; to ask the server would cost three journeys.
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    reader = writer.execution_options(postgresql_readonly=True)
    return Engines(writer, reader, writer.execution_options(isolation_level="AUTOCOMMIT"))


def _session(patience: Patience) -> dict[str, str]:
    work = f"{patience.work_seconds * 1000:.0f}"
    return {
        "application_name": "lvm-coach",
        "jit": "off",
        "lock_timeout": f"{patience.wait_seconds * 1000:.0f}",
        "statement_timeout": work,
        "idle_in_transaction_session_timeout": work,
    }


def _make(path: Path) -> None:
    """Make the file where there is none, and never open one that is there.

    To close it would take all locks on it from this process, those of SQLite too: another process would then
    think that it is the last one, and take the log away under our connections.
    https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        _check(path)
    except OSError as error:
        raise StoreError(f"The database {path} cannot be opened: {error.strerror}.") from error


def _check(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"The database {path} cannot be opened: {os.strerror(errno.EISDIR)}.")
    if not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"The database {path} cannot be opened: {os.strerror(errno.EACCES)}.")


def _of_file(path: Path, patience: Patience, connections: int, pragmas: tuple[str, ...]) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        # Without a level of its own the driver leaves BEGIN to us, and can undo a whole migration.
        connect_args={
            "isolation_level": None,
            "timeout": patience.wait_seconds,
            "async_creator_fn": FileConnection,
        },
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=patience.wait_seconds,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _: object) -> None:  # noqa: ANN401  a driver's own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
