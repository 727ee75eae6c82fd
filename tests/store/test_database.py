import asyncio
import shutil
import sqlite3
import stat
import subprocess
import sys

import pytest
from sqlalchemy import insert, select, text, update

from bot.errors import StoreError
from bot.store.database import Database, utc_ms
from bot.store.engines import Patience
from bot.store.tables import inbox


async def keys(database):
    async with database.reading() as connection:
        return list((await connection.execute(select(inbox.c.key).order_by(inbox.c.key))).scalars())


async def add(connection, key, at=0):
    await connection.execute(insert(inbox).values(key=key, at=at))


async def test_what_was_written_is_read(database):
    async with database.writing() as connection:
        await add(connection, "a")
    assert await keys(database) == ["a"]


async def test_an_error_undoes_the_whole_transaction(database):
    async def fail():
        async with database.writing() as connection:
            await add(connection, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await keys(database) == []


async def test_reading_cannot_write(database):
    with pytest.raises(StoreError, match="may not be written to"):
        async with database.reading() as connection:
            await add(connection, "a")


async def test_no_change_is_lost_among_many_at_once(database):
    async with database.writing() as connection:
        await add(connection, "a")

    async def count_up():
        async with database.writing() as connection:
            at = await connection.scalar(select(inbox.c.at).with_for_update())
            await connection.execute(update(inbox).values(at=at + 1))

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.reading() as connection:
        assert await connection.scalar(select(inbox.c.at)) == 20


async def test_a_task_that_is_cancelled_leaves_no_lock_behind(database):
    async def hang():
        async with database.writing() as connection:
            await add(connection, "a")
            begun.set()
            await asyncio.Event().wait()

    begun = asyncio.Event()
    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    async with database.writing() as connection:
        await add(connection, "b")
    assert await keys(database) == ["b"]


@pytest.mark.parametrize("strange", ["a\0b", "a\ud800b"])
async def test_what_only_one_database_could_keep_is_refused_by_both(database, strange):
    with pytest.raises(StoreError, match="cannot be stored"):
        async with database.writing() as connection:
            await add(connection, strange)
    assert await keys(database) == []


@pytest.mark.parametrize("number", [2**63, -(2**70)])
async def test_a_number_without_measure_is_refused(database, number):
    with pytest.raises(StoreError, match="cannot be stored"):
        async with database.writing() as connection:
            await add(connection, "a", number)


async def test_a_quarrel_over_a_key_is_refused_in_a_sentence(database):
    async def add_twice():
        async with database.writing() as connection:
            await add(connection, "a-secret-key")
            await add(connection, "a-secret-key")

    with pytest.raises(StoreError, match="cannot be stored as it is; nothing was changed") as refused:
        await add_twice()
    assert "a-secret-key" not in str(refused.value)


async def test_the_given_clock_is_the_time(database, clock):
    async with database.reading() as connection:
        assert await database.now_ms(connection) == clock.now


async def test_without_a_clock_the_time_is_now(address):
    async with Database(address) as database, database.reading() as connection:
        assert abs(await database.now_ms(connection) - utc_ms()) < 5_000


async def test_the_servers_time_goes_on_within_a_transaction(postgres):
    async with Database(postgres.address("migrated")) as database, database.reading() as connection:
        first = await database.now_ms(connection)
        await connection.execute(text("SELECT pg_sleep(0.005)"))
        assert await database.now_ms(connection) >= first + 5


async def test_a_database_without_tables_asks_to_be_migrated(empty_address):
    async with Database(empty_address) as database:
        with pytest.raises(StoreError, match="run `lvm migrate`"):
            await keys(database)


async def test_a_file_is_made_for_its_owner_alone(tmp_path):
    file = tmp_path / "new" / "coach.db"
    async with Database(f"sqlite:///{file}") as database, database.writing() as connection:
        await connection.execute(text("CREATE TABLE a (b)"))
        modes = [stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()]
    assert modes == [0o600] * 3  # with its log and that log's index
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_a_file_is_set_up_to_lose_nothing(tmp_path):
    pragmas = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }
    async with Database(f"sqlite:///{tmp_path}/a.db") as database, database.writing() as connection:
        for name, value in pragmas.items():
            assert await connection.scalar(text(f"PRAGMA {name}")) == value


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/coach\.db cannot be opened"):
        Database(f"sqlite:///{tmp_path}/file/coach.db")


async def test_a_file_that_is_no_database_is_called_damaged(tmp_path):
    (tmp_path / "a.db").write_text("this is a letter, not a database " * 100)
    async with Database(f"sqlite:///{tmp_path}/a.db") as database:
        with pytest.raises(StoreError, match="no database, or a damaged one"):
            await keys(database)


async def test_a_lock_that_another_process_holds_is_told_and_heals(file_address):
    other = sqlite3.connect(file_address.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with Database(file_address, patience=Patience(wait_seconds=0.05)) as database:
        assert await keys(database) == []  # reading goes on
        with pytest.raises(StoreError, match="locked by another process") as refused:
            async with database.writing() as connection:
                await add(connection, "a")
        assert refused.value.passing
        other.close()
        async with database.writing() as connection:
            await add(connection, "b")
        assert await keys(database) == ["b"]


async def test_a_full_disk_is_told_and_heals(file_address):
    async def add_with_room_for(database, key, pages):
        async with database.writing() as connection:
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
            await add(connection, key)

    async with Database(file_address) as database:
        with pytest.raises(StoreError, match="disk of the database is full") as refused:
            await add_with_room_for(database, "a" * 100_000, 1)
        assert refused.value.passing
        await add_with_room_for(database, "b", 1_000_000)
        assert await keys(database) == ["b"]


async def test_a_server_that_is_not_there_is_told_without_its_password():
    async with Database("postgresql://coach:hunter2@127.0.0.1:9/lvm") as database:
        with pytest.raises(StoreError, match="cannot be reached") as refused:
            await keys(database)
    assert refused.value.passing
    assert "hunter2" not in f"{refused.value} {refused.value.__cause__}"


async def test_a_name_that_the_server_does_not_know_is_refused(postgres):
    async with Database(postgres.address("elsewhere")) as database:
        with pytest.raises(StoreError, match="no database of that name"):
            await keys(database)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:hush/secret@host/db",
        "postgresql://user:hush?hush@host/db",
        "postgresql://user:hush@host:notaport/db",
        "postgresql://user:hush@127.0.0.1:99999/db",
        "postgresql://user:hush@127.0.0.1:9/db?sslmode=hush",
    ],
)
async def test_an_address_that_cannot_be_read_is_told_without_its_password(address):
    with pytest.raises(StoreError, match="DATABASE_URL") as refused:
        async with Database(address) as database:
            await keys(database)
    assert "hush" not in f"{refused.value} {refused.value.__cause__}"


async def test_an_option_that_nobody_knows_is_refused(postgres):
    async with Database(postgres.address("migrated") + "&sslmode=never") as database:
        with pytest.raises(StoreError, match="DATABASE_URL"):
            await keys(database)


async def stop(server):
    await asyncio.to_thread(server.stop)


async def test_a_server_that_comes_back_is_found_again_and_nothing_is_lost(postgres, server_address):
    async with Database(server_address) as database:
        async with database.writing() as connection:
            await add(connection, "a")
        await stop(postgres)
        with pytest.raises(StoreError, match="cannot be reached") as refused:
            await keys(database)
        assert refused.value.passing
        await asyncio.to_thread(postgres.start)
        assert await keys(database) == ["a"]


async def test_who_does_not_ask_while_the_server_restarts_does_not_notice(postgres, server_address):
    async with Database(server_address) as database:
        assert await keys(database) == []
        await stop(postgres)
        await asyncio.to_thread(postgres.start)
        assert await keys(database) == []


LOOK = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("SELECT 1 FROM inbox")
file.close()
"""


async def test_a_second_handle_leaves_the_log_of_the_first_where_it_is(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "coach.db")
    async with Database(f"sqlite:///{file}") as database:
        async with database.writing() as connection:
            await add(connection, "a")
        async with Database(f"sqlite:///{file}"):
            await asyncio.to_thread(subprocess.run, [sys.executable, "-c", LOOK, file], check=True)
        assert (tmp_path / "coach.db-wal").stat().st_size
        async with database.writing() as connection:
            await add(connection, "b")
        with sqlite3.connect(file) as other:
            assert other.execute("SELECT count(*) FROM inbox").fetchone() == (2,)
        other.close()
