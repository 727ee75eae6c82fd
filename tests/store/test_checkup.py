import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.store.checkup import check_up
from bot.store.database import Database
from bot.store.troubles import OUTDATED, UNWRITABLE


async def _trouble(address):
    async with Database(address) as database:
        with pytest.raises(StoreError) as caught:
            await check_up(database)
    return str(caught.value)


async def test_a_database_with_our_tables_is_fit(database):
    await check_up(database)


async def test_a_database_without_tables_is_to_be_migrated(empty_address):
    assert await _trouble(empty_address) == OUTDATED


async def test_a_database_of_another_version_is_to_be_migrated(address):
    async with Database(address) as database, database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await _trouble(address) == OUTDATED


async def test_a_server_that_only_reads_is_told(server_address):
    async with Database(server_address) as database, database.writing() as connection:
        await connection.execute(text("ALTER DATABASE test SET default_transaction_read_only = on"))
    assert await _trouble(server_address) == UNWRITABLE
