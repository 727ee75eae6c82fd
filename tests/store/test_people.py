import json
from datetime import date

import pytest
from sqlalchemy import select

from bot.coach.question import Aspect, Role
from bot.store import people, references, subscriptions
from bot.store.kept_threads import DatabaseThreads
from bot.store.ledger import Seen
from bot.store.records import Person, TargetKind
from bot.store.references import Reference
from bot.store.tables import metadata
from bot.store.threads import Thread


def owner_of(place):
    return place.split()[-1]


@pytest.fixture
def threads(database):
    return DatabaseThreads(database, b"key", lambda: 0.0, owner_of)


@pytest.fixture
async def known(database, send, subscribe, workspace, threads):
    """U1 has something in every table that can hold people; U2 is another person."""
    await send(seen=Seen("a-tip", date(2026, 11, 23), 0, None))
    await subscribe("C1", target_kind=TargetKind.CHANNEL, set_up_by="U1")
    await subscribe("U2")
    for name in ("U1", "U2"):
        await people.put(database, Person(workspace.id, name, Role.EXECUTIVE, "Europe/Lisbon"))
        await references.keep(database, Reference(workspace.id, name, f"chat of {name}", "https://there"))
        await threads.remember(f"a place of {name}", Thread("vision-execution"))
    await threads.write()
    return workspace


async def everything(database):
    async with database.reading() as connection:
        rows = [await connection.execute(select(table)) for table in metadata.sorted_tables]
        return [str(tuple(row)) for found in rows for row in found]


async def test_settings_are_kept_and_the_latest_count(database, workspace):
    assert await people.find(database, workspace.id, "U1") is None
    for role in (Role.EXECUTIVE, None):
        wanted = Person(workspace.id, "U1", role, "Europe/Lisbon")
        await people.put(database, wanted)
        assert await people.find(database, workspace.id, "U1") == wanted


async def test_an_export_holds_all_that_is_stored_as_json(database, known, threads):
    shown = await people.export(database, known.id, "U1", thread_owner=threads.key_of("U1"))
    assert {name: len(rows) for name, rows in shown.items()} == {
        "person": 1,
        "subscription": 2,
        "delivery": 1,
        "tip_seen": 1,
        "reference": 1,
        "thread": 1,
    }
    assert json.loads(json.dumps(shown)) == shown
    assert shown["delivery"][0]["due_on"] == "2026-11-23"
    assert "U2" not in str(shown)


async def test_an_export_of_a_stranger_is_empty(database, known):
    assert not any((await people.export(database, known.id, "U9")).values())


async def test_who_is_forgotten_stands_in_no_table(database, known, threads):
    assert await people.forget(database, known.id, "U1", thread_owner=threads.key_of("U1")) == 5
    left = await everything(database)
    assert not [row for row in left if "U1" in row or threads.key_of("U1") in row]
    shown = await people.export(database, known.id, "U1", thread_owner=threads.key_of("U1"))
    assert not any(shown.values())


async def test_forgetting_one_leaves_the_others(database, known, threads):
    await people.forget(database, known.id, "U1", thread_owner=threads.key_of("U1"))
    assert await people.find(database, known.id, "U2")
    assert await subscriptions.find(database, known.id, TargetKind.PERSON, "U2")
    channel = await subscriptions.find(database, known.id, TargetKind.CHANNEL, "C1")
    assert channel.set_up_by == ""
    assert await threads.find("a place of U2") == Thread("vision-execution", Aspect.FULL)


async def test_a_namesake_in_another_workspace_is_not_forgotten(database, known):
    assert await people.forget(database, known.id + 1, "U1") == 0
    assert await people.find(database, known.id, "U1")
