"""Whether a database is fit for a start, found out without changing anything."""

from sqlalchemy import delete, false

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.revision import is_current
from bot.store.tables import workspace
from bot.store.troubles import OUTDATED


async def check_up(database: Database) -> None:
    """Find the database within reach, of this version, and ready to be written to.

    Raises:
        StoreError: It is not; its sentence says what to do.
    """
    if not await is_current(database):
        raise StoreError(OUTDATED)
    async with database.writing() as connection:
        # There is no such row: missing rights and servers that only read show themselves nevertheless.
        await connection.execute(delete(workspace).where(false()))
