"""Events that have come in: each is worked on once, whichever replica it reaches."""

from bot.store.database import Database
from bot.store.tables import inbox, insert_into


async def claim(database: Database, key: str) -> bool:
    """True for whoever comes first with this key; it is remembered for two days at least."""
    async with database.writing() as connection:
        new = insert_into(connection, inbox).values(key=key, at=await database.now_ms(connection))
        claimed = await connection.execute(new.on_conflict_do_nothing().returning(inbox.c.key))
        return claimed.one_or_none() is not None
