"""What is kept of people and places in Teams: while it is needed, and no longer."""

import json

import pytest
from sqlalchemy import func, select

from bot.playground.teams.cards import inputs, texts
from bot.playground.teams.disturbances import Call
from bot.playground.teams.model import TENANT_ID, Scope
from bot.playground.teams.tenant import CHANNEL as LEADS
from bot.playground.teams.tenant import COLLEAGUE, GUEST, YOU
from bot.store import feedback, references, subscriptions, workspaces
from bot.store.records import TargetKind
from bot.store.tables import metadata
from bot.teams.places import PLATFORM

PERSONAL, GROUP, CHANNEL = Scope
ABOUT_ALL = {"workspace", "feedback", "alembic_version", "inbox"}
"""Tables with nothing of any person or place in them."""


async def _said(teams, scope=PERSONAL, count=1, viewer=YOU):
    return (await teams.until(lambda: teams.answers(scope, viewer)[count - 1 :]))[-1]


async def _workspace(teams):
    return await workspaces.find(teams.memory.database, PLATFORM, TENANT_ID)


async def _way(teams, target):
    known = await _workspace(teams)
    return known and await references.find(teams.memory.database, known.id, target)


async def _wish(teams, target, kind=TargetKind.PERSON):
    return await subscriptions.find(teams.memory.database, (await _workspace(teams)).id, kind, target)


async def _count_rows(teams):
    """Rows by table, of those that are about people and places."""
    tables = [table for table in metadata.sorted_tables if table.name not in ABOUT_ALL]
    async with teams.memory.database.reading() as connection:
        counts = {t.name: await connection.scalar(select(func.count()).select_from(t)) for t in tables}
    return {name: count for name, count in counts.items() if count}


async def test_where_it_is_added_the_way_there_is_kept(kept):
    for scope in (PERSONAL, CHANNEL):
        await kept.install(scope)
    own, channel = await _way(kept, YOU.entra_id), await _way(kept, LEADS.id)
    assert own.conversation == kept.tenant.place(PERSONAL).id
    assert (channel.conversation, channel.team) == (LEADS.id, LEADS.team)
    assert own.service_url == channel.service_url == kept.service_url


async def test_a_question_keeps_nothing_of_who_asked_it(kept):
    await kept.write("what is leadership?")
    await _said(kept)
    await kept.memory.daily._threads.write()
    assert set(await _count_rows(kept)) <= {"thread"}


@pytest.mark.parametrize(("reaction", "counted"), [("like", "helpful"), ("dislike", "not-helpful")])
async def test_a_judgement_is_counted_by_topic(kept, reaction, counted, quiet, mark):
    await kept.write("vision vs execution")
    await kept.judge(await _said(kept), reaction, f"because {mark}")
    found = await feedback.totals(kept.memory.database)
    assert {(topic, verdict): n for (topic, _, verdict), n in found.items()} == {
        ("vision-execution", counted): 1
    }
    assert "incident" not in quiet.text


async def test_in_a_thread_an_answer_is_judged_too(kept):
    await kept.mention("vision vs execution")
    await kept.judge(await _said(kept, CHANNEL), "like", user=COLLEAGUE)
    assert len(await feedback.totals(kept.memory.database)) == 1


async def test_what_is_not_known_as_an_answer_is_not_counted(remember):
    async with remember() as teams:
        await teams.write("vision vs execution")
        answer = await _said(teams)
    async with remember() as teams:
        teams.tenant.post(answer)
        await teams.judge(teams.answers(PERSONAL)[0], "like")
        assert not await feedback.totals(teams.memory.database)


@pytest.mark.parametrize("scope", [GROUP, CHANNEL])
async def test_an_export_comes_in_boxes_to_its_asker_alone(kept, scope, quiet):
    await kept.write("daily")
    await _said(kept)
    await kept.slash("export", scope)
    _, boxes = await kept.until(lambda: kept.answers(scope) if len(kept.answers(scope)) == 2 else None)
    (answer,) = [m for m in kept.answers(scope) if "Here is all that is stored" in texts(m.card)]
    (box,) = [each for m in kept.answers(scope) for each in inputs(m.card)]
    assert json.loads(box["value"])["subscription"][0]["target_id"] == YOU.entra_id
    assert {answer.audience, boxes.audience} == {YOU.account}
    assert not kept.messages(scope, COLLEAGUE)
    assert "incident" not in quiet.text


async def test_an_export_in_the_personal_chat_comes_there(kept):
    await kept.write("daily")
    await _said(kept)
    await kept.write("/export")
    await _said(kept, PERSONAL, 3)
    boxes = [each for m in kept.answers(PERSONAL) for each in inputs(m.card) if each["type"] == "Input.Text"]
    assert len(boxes) == 1


async def test_whoever_is_forgotten_is_in_no_table(kept):
    await kept.install(PERSONAL)
    await kept.write("daily")
    await kept.write("difference vision")
    await _said(kept, PERSONAL, 3)
    await kept.write("/lvm forget me")
    await _said(kept, PERSONAL, 4)
    assert await _count_rows(kept) == {}


async def test_who_removes_it_is_in_no_table(kept):
    await kept.install(PERSONAL)
    await kept.write("daily")
    await kept.write("difference vision")
    await _said(kept, PERSONAL, 3)
    await kept.uninstall(PERSONAL)
    assert await _count_rows(kept) == {}


async def test_one_persons_removal_leaves_the_others(kept):
    for person in (YOU, COLLEAGUE):
        await kept.install(PERSONAL, user=person)
        await kept.write("daily", user=person)
        await _said(kept, PERSONAL, 2, viewer=person)
    await kept.uninstall(PERSONAL)
    assert await _wish(kept, YOU.entra_id) is None
    assert (await _wish(kept, COLLEAGUE.entra_id)).next_at
    assert await _way(kept, COLLEAGUE.entra_id)


@pytest.mark.parametrize("end", ["uninstall", "delete_channel", "delete_team"])
async def test_a_channel_that_it_is_in_no_more_is_in_no_table(kept, end):
    await kept.install(CHANNEL)
    await kept.slash("daily here at 9:00")
    await kept.until(lambda: kept.answers()[1:])
    assert (await _wish(kept, LEADS.id, TargetKind.CHANNEL)).next_at
    await (kept.uninstall(CHANNEL) if end == "uninstall" else getattr(kept, end)())
    assert await _wish(kept, LEADS.id, TargetKind.CHANNEL) is None
    assert await _way(kept, LEADS.id) is None


@pytest.mark.parametrize("say", ["write", "slash"])
async def test_guests_get_no_tips(kept, say):
    kept.tenant.installed.add(kept.tenant.place(PERSONAL, GUEST).id)
    await getattr(kept, say)("daily", user=GUEST)
    scope = PERSONAL if say == "write" else CHANNEL
    assert "members of this workspace" in texts((await _said(kept, scope, viewer=GUEST)).card)
    assert await _wish(kept, GUEST.entra_id) is None


async def test_a_question_asks_teams_for_no_profile(kept):
    await kept.write("difference vision")
    await kept.slash("privacy")
    await _said(kept, CHANNEL)
    assert {call.call for call in kept.calls} == {Call.SEND}


async def test_what_was_talked_about_outlives_a_restart(remember):
    async with remember() as teams:
        await teams.write("what is management?")
        await _said(teams)
    async with remember() as teams:
        await teams.write("shorter pls")
        assert "What is management?: shorter" in texts((await _said(teams)).card)
