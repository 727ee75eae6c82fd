import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.coach.question import Role
from bot.conversation import Conversation
from bot.store import people, workspaces
from bot.store.database import Database
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import Person
from bot.store.tables import metadata
from bot.store.threads import MemoryThreads, Thread
from bot.tips.daily import Daily


@pytest.fixture
async def settings(database, me, threads):
    workspace = await workspaces.ensure(database, "slack", "T1")
    await people.put(database, Person(workspace.id, "U1", Role.EXECUTIVE, None))
    await threads.remember(me.owner, Thread("vision-execution"))


@pytest.fixture
async def known(daily, me, other, buttons, settings):  # noqa: ARG001  they are stored
    """U1 has something in every table that tells of people; U2 has a subscription."""
    await daily.press(buttons["Tried it"], me)
    await daily.command("here at 9", replace(me, channel="C1"))
    await daily.command("", other)


async def everything(database):
    async with database.reading() as connection:
        rows = [await connection.execute(select(table)) for table in metadata.sorted_tables]
        return [str(tuple(row)) for found in rows for row in found]


@pytest.mark.usefixtures("known")
async def test_privacy_counts_what_every_table_holds(daily, me):
    answer = await daily.privacy(me)
    (part,) = answer.parts
    assert [line.partition(".")[0] for line in part.text.splitlines()[1:]] == [
        "• Your daily tip: 1",
        "• Channels whose tips you set up: 1",
        "• Tips on their way and sent: 1",
        "• Tips that you have seen: 1",
        "• Settings: 1",
        "• Conversations: 1",
    ]


@pytest.mark.usefixtures("known")
async def test_every_table_that_tells_of_people_is_told_of(daily, me):
    told = {"person", "subscription", "delivery", "tip_seen", "reference", "thread"}
    assert set(await daily.export(me)) == told
    nameless = {"workspace", "inbox", "feedback"}
    assert set(metadata.tables) == set(await daily.export(me)) | nameless


async def test_privacy_of_a_stranger_says_that_there_is_nothing(daily, other):
    (part,) = (await daily.privacy(other)).parts
    assert part.text == "At this moment nothing at all is stored about you, in any table."


@pytest.mark.usefixtures("known")
async def test_an_export_is_a_file_with_all_of_it(daily, me):
    answer = await daily.give(me)
    assert json.loads(answer.document.text) == await daily.export(me)
    assert "(entries: 6)" in answer.lead
    assert "U2" not in answer.document.text


@pytest.mark.usefixtures("known")
async def test_an_export_can_be_read(daily, me):
    found = json.loads((await daily.give(me)).document.text)
    own = next(row for row in found["subscription"] if row["target_kind"] == "person")
    (sent,) = found["delivery"]
    assert own["days_mask"] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert (own["minute"], own["pace"]) == ("10:00", "every one of its days")
    assert own["next_at"] == "2026-11-24T10:00:00+00:00"
    assert (sent["state"], sent["due_at"]) == ("sent", "2026-11-23T10:00:00+00:00")


@pytest.mark.usefixtures("known")
async def test_an_export_leaves_nothing_out(daily, me):
    raw, found = await daily._own(me).read(), await daily.export(me)
    assert {table: [[*row] for row in rows] for table, rows in raw.items()} == {
        table: [[*row] for row in rows] for table, rows in found.items()
    }


@pytest.mark.usefixtures("known")
async def test_who_is_forgotten_stands_in_no_table_and_gets_nothing(daily, database, me, threads):
    answer = await daily.forget(me)
    assert answer.lead.startswith(
        "Done. All that was stored about you is erased from every table (entries: 6)."
    )
    assert answer.lead.endswith("Anybody there can change them, and then looks after them.")
    await threads.write()
    left = await everything(database)
    assert not [row for row in left if "U1" in row or threads.key_of(me.owner) in row]
    assert [row for row in left if "U2" in row]
    assert (await daily.forget(me)).lead.startswith("Nothing was stored about you")


async def test_an_old_button_of_who_has_nothing_stored_says_so(daily, me):
    answer = await daily.press("forget", me)
    assert answer.lead.startswith("Nothing was stored about you")
    assert not answer.steps


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", ["/lvm forget", "/lvm delete my data", "forget me", "please delete my data"])
async def test_who_may_not_be_sure_is_asked_before_all_is_erased(coach, daily, me, text):
    conversation = Conversation(coach, MemoryThreads(lambda: 0.0), daily)
    say = conversation.command if text.startswith("/") else conversation.ask
    asked = await say(text.removeprefix("/lvm"), "a place", who=me)
    assert asked.lead.startswith("This erases all that is stored about you (entries: 6)")
    assert await daily.find(me)
    assert (await conversation.command("forget me", "a place", who=me)).lead.startswith("Done.")


@pytest.mark.parametrize("text", ["/lvm export all", "/lvm export", "export my data", "send me my data"])
async def test_an_export_is_asked_for_in_plain_words_too(coach, daily, me, text):
    conversation = Conversation(coach, MemoryThreads(lambda: 0.0), daily)
    say = conversation.command if text.startswith("/") else conversation.ask
    answer = await say(text.removeprefix("/lvm"), "a place", who=me)
    assert answer.lead.startswith("Nothing is stored about you")


async def test_without_the_database_privacy_still_says_what_is_kept(tmp_path, handbook, me):
    async with Database(f"sqlite:///{tmp_path}/empty.db") as database:
        threads = DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place)
        daily = Daily(database, lambda: handbook, threads=threads)
        answer = await daily.privacy(me)
        assert answer.lead == handbook.tools["privacy"].text
        assert answer.parts[0].text.startswith("Just now I cannot look up what is stored about you.")
        for other in (await daily.give(me), await daily.forget(me), await daily.forget(me, sure=False)):
            assert other.headline == answer.headline


@pytest.mark.usefixtures("known")
async def test_a_button_asks_before_it_erases(daily, me):
    (first, *_) = (await daily.privacy(me)).steps
    asked = await daily.press(first.ask.item, me)
    assert asked.lead.startswith("This erases all that is stored about you (entries: 6)")
    assert await daily.find(me)
    (sure,) = asked.steps
    assert (await daily.press(sure.ask.item, me)).lead.startswith("Done.")
    assert await daily.find(me) is None
