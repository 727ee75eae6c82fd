import asyncio
import signal
import sys

import pytest
from alembic import command
from sqlalchemy import inspect, text

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.migrate import Migration, configure, hold, migrate
from bot.store.revision import HEAD
from bot.store.tables import metadata

# Migrates, and is killed after so many statements, before anything is kept.
KILLED = """
import asyncio, os, signal, sys
from sqlalchemy import event
from bot.store.database import Database
from bot.store.migrate import hold, upgrade

left = int(sys.argv[2])

def count(*_):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with Database(sys.argv[1]) as database, database.writing() as connection:
        await hold(connection)
        event.listen(database._engines.writer.sync_engine, "after_cursor_execute", count)
        await connection.run_sync(upgrade)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def start(address, program, *arguments):
    return await asyncio.create_subprocess_exec(sys.executable, "-c", program, address, *arguments)


async def tables(address):
    async with Database(address) as database, database.reading() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_an_empty_database_gets_every_table(empty_address):
    assert await migrate(empty_address) == Migration(None, HEAD)
    assert await tables(empty_address) == {*metadata.tables, "alembic_version"}


async def test_a_second_time_there_is_nothing_to_do(empty_address):
    await migrate(empty_address)
    assert not (await migrate(empty_address)).changed


async def test_the_revisions_lead_to_the_tables_of_the_code(address):
    async with Database(address) as database, database.writing() as connection:
        await connection.run_sync(lambda sync: command.check(configure(sync)))  # raises on any difference


async def test_constraints_are_named_as_the_code_names_them(address):
    async with Database(address) as database, database.reading() as connection:
        checks = await connection.run_sync(lambda sync: inspect(sync).get_check_constraints("subscription"))
    assert {check["name"] for check in checks} == {"ck_subscription_minute", "ck_subscription_days_mask"}


async def test_three_replicas_that_start_at_once_all_come_up(empty_address):
    program = "import asyncio, sys; from bot.store.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
    replicas = [await start(empty_address, program) for _ in range(3)]
    assert [await replica.wait() for replica in replicas] == [0, 0, 0]
    assert await tables(empty_address) == {*metadata.tables, "alembic_version"}


async def test_a_replica_waits_while_another_one_migrates(empty_address):
    async with Database(empty_address) as database, database.writing() as connection:
        await hold(connection)
        waiting = asyncio.create_task(migrate(empty_address))
        done, _ = await asyncio.wait([waiting], timeout=0.5)
        assert not done
    assert (await waiting).changed


@pytest.mark.parametrize("statements", [3, 8, 10_000])
async def test_a_migration_that_is_killed_leaves_nothing_and_is_done_again(empty_address, statements):
    killed = await start(empty_address, KILLED, str(statements))
    assert await killed.wait() == -signal.SIGKILL
    assert await tables(empty_address) == set()
    assert (await migrate(empty_address)).changed


async def test_a_database_of_a_newer_version_is_left_alone(address):
    async with Database(address) as database, database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of the coach"):
        await migrate(address)


async def test_a_file_that_cannot_be_written_is_not_migrated(tmp_path):
    (tmp_path / "coach.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        await migrate(f"sqlite:///{tmp_path}/coach.db")
