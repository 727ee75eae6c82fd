from datetime import date

import pytest
from sqlalchemy import BigInteger, Text, select

from bot.store.bulk import Bulk, in_rounds
from bot.store.records import State, Status
from bot.store.troubles import UnstorableError

COLUMNS = {"number": BigInteger, "word": Text}
ECHO = Bulk(COLUMNS, lambda _, given: select(given.c.number, given.c.word).order_by(given.c.number))


async def test_the_rows_arrive_as_they_were_sent(database):
    rows = [(1, "plain"), (2, None), (1_795_323_093_302, 'a "quoted" — line\n🔥')]
    async with database.reading() as connection:
        assert [tuple(row) for row in await ECHO.execute(connection, rows)] == rows


async def test_days_and_words_lie_there_as_the_tables_have_them(database):
    rows = [(State.SENT, date(2026, 11, 22)), (7, Status.ON)]
    async with database.reading() as connection:
        found = [tuple(row) for row in await ECHO.execute(connection, rows)]
    assert found == [(int(State.SENT), "2026-11-22"), (7, "on")]


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "é\0"])
async def test_what_one_of_the_databases_cannot_keep_is_refused_by_both(database, text):
    async with database.reading() as connection:
        with pytest.raises(UnstorableError):
            await ECHO.execute(connection, [(1, text)])


def test_what_means_the_same_comes_in_different_rounds_and_in_its_order():
    assert in_rounds(["a1", "b1", "a2", "c1", "a3"], lambda item: item[0]) == [
        ["a1", "b1", "c1"],
        ["a2"],
        ["a3"],
    ]
    assert in_rounds([], str) == []
