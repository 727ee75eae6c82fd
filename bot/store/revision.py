"""Whether a database has this version's tables, found out without loading Alembic."""

from sqlalchemy import text

from bot.errors import StoreError
from bot.store.database import Database

HEAD = "0002"
"""The newest revision in `migrations`."""


async def is_current(database: Database) -> bool:
    """Whether there is nothing to migrate; False also where there is no table yet.

    Raises:
        StoreError: The database cannot be reached.
    """
    try:
        async with database.reading() as connection:
            found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except StoreError as error:
        if error.passing:
            raise
        return False
    return bool(found == HEAD)
