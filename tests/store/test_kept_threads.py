import asyncio
import logging

import pytest
from sqlalchemy import event, select

from bot.coach.question import Aspect, Role
from bot.store.database import Database
from bot.store.kept_threads import DatabaseThreads
from bot.store.tables import thread as table
from bot.store.threads import LIFETIME_SECONDS, Thread

SEEN = Thread("vision-execution", Aspect.EXAMPLE, Role.EXECUTIVE, tips=2)


def nobody(_place):
    return ""


@pytest.fixture
def another(database, clock):
    """Threads as another process, or this one after a restart, sees them."""
    return lambda: DatabaseThreads(database, b"key", lambda: clock.now / 1000, nobody)


async def test_a_place_where_nothing_was_said_is_unknown(another):
    assert await another().find("a place") is None


async def test_what_was_remembered_is_at_hand_before_it_is_written(another):
    threads = another()
    await threads.remember("a place", SEEN)
    assert await threads.find("a place") == SEEN
    assert await threads.find("another place") is None


async def test_a_thread_survives_a_restart(another):
    async with another() as threads:
        await threads.remember("a place", SEEN)
    assert await another().find("a place") == SEEN


async def test_a_thread_is_written_while_nobody_waits_for_it(database, another):
    written = asyncio.Event()
    event.listen(database._engines.writer.sync_engine, "checkin", lambda *_: written.set())
    async with another() as threads, asyncio.timeout(30):
        await threads.remember("a place", SEEN)
        await written.wait()
        async with database.reading() as connection:  # as `find` gives up after half a second
            assert await connection.scalar(select(table.c.topic)) == SEEN.topic


async def test_the_last_word_counts(another):
    threads = another()
    for topic in ("vision-execution", "people-processes"):
        await threads.remember("a place", Thread(topic))
        await threads.write()
    assert await another().find("a place") == Thread("people-processes")


async def test_a_thread_is_forgotten_after_a_day(another, clock):
    async with another() as threads:
        await threads.remember("a place", SEEN)
    clock.now += int(LIFETIME_SECONDS * 1000) - 1
    assert await another().find("a place") == SEEN
    clock.now += 1
    assert await another().find("a place") is None


async def test_the_table_names_neither_places_nor_people(database):
    threads = DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place[-2:])
    await threads.remember("slack:T1:C1:commands:U1", SEEN)
    await threads.write()
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(table))).all()
    assert "U1" not in str(row)
    assert len(row.place) == len(row.owner) == 64


async def test_another_key_finds_nothing(database, another):
    async with another() as threads:
        await threads.remember("a place", SEEN)
    assert await DatabaseThreads(database, b"other", lambda: 0.0, nobody).find("a place") is None


async def test_a_place_may_hold_any_character(another):
    async with another() as threads:
        await threads.remember("a \ud800\0 place", SEEN)
    assert await another().find("a \ud800\0 place") == SEEN


async def test_many_threads_are_written_in_one_go(another):
    threads = another()
    for number in range(2_500):
        await threads.remember(f"place {number}", SEEN)
    await threads.write()
    assert await another().find("place 2499") == SEEN


async def test_what_is_forgotten_is_neither_at_hand_nor_written(database):
    threads = DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place[-2:])
    for place in ("of U1", "of U2"):
        await threads.remember(place, SEEN)
    await threads.forget("U1")
    await threads.write()
    assert await threads.find("of U1") is None
    assert await threads.find("of U2") == SEEN


async def test_without_a_database_threads_live_on_in_this_process(caplog):
    async with Database("postgresql://nobody@127.0.0.1:9/none") as away:
        async with DatabaseThreads(away, b"key", lambda: 0.0, nobody) as threads:
            await threads.remember("a place", SEEN)
            assert await threads.find("a place") == SEEN
            assert await threads.find("another place") is None
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        assert "1 threads are not kept" in caplog.text
