"""Brings a database to this version's tables: whole or not at all, and one replica at a time.

Alembic takes a third of a second to load, so nothing else imports this module.
"""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.engines import Patience

log = logging.getLogger("bot.store.migrate")

_SCRIPTS = Path(__file__).with_name("migrations")
_PATIENCE = Patience(wait_seconds=60, work_seconds=3600)
"""A replica waits for another one's migration, and big tables take their time."""
LONG_SECONDS = 3.0
LONG = (
    "The database is being brought up to date, or another process holds it; "
    f"for that we wait {_PATIENCE.wait_seconds:.0f} s at most."
)
_LOCK = 0x6C766D
"""Any number, as long as nobody else who shares the database takes it."""


@dataclass(frozen=True, slots=True)
class Migration:
    """From which revision a database came to which; None before the first."""

    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.after


async def migrate(address: str) -> Migration:
    """Bring the database at this address to this version's tables, or find that it is there already.

    A warning is logged where it takes long.

    Raises:
        StoreError: It cannot be reached or written to, or a newer version of the coach has changed it.
    """
    work = asyncio.create_task(_migrate(address))
    if not (await asyncio.wait({work}, timeout=LONG_SECONDS))[0]:
        log.warning(LONG)
    return await work


async def _migrate(address: str) -> Migration:
    async with Database(address, patience=_PATIENCE) as database, database.writing() as connection:
        await hold(connection)
        return await connection.run_sync(upgrade)


async def hold(connection: AsyncConnection) -> None:
    """Let nobody else migrate until this transaction ends; SQLite's is the only writer from its start."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def upgrade(connection: Connection) -> Migration:
    """Go through the revisions that are missing, inside the transaction there is.

    Raises:
        StoreError: A newer version of the coach has changed the database.
    """
    before = _revision(connection)
    try:
        command.upgrade(configure(connection), "head")
    except CommandError as error:
        raise StoreError(
            "The database belongs to a newer version of the coach: install that, or restore a backup."
        ) from error
    return Migration(before, _revision(connection))


def configure(connection: Connection) -> Config:
    """What Alembic's commands need to work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
