"""What one person sees alone stays theirs, whatever they press, and on whichever replica the press lands."""

from uuid import uuid4

import pytest

from bot.conversation import Conversation
from bot.playground.teams.cards import actions, find_action, texts
from bot.playground.teams.model import Scope
from bot.playground.teams.tenant import COLLEAGUE, YOU
from bot.store.threads import MemoryThreads
from bot.teams.elements import was_alone

PERSONAL, GROUP, CHANNEL = Scope


async def _said(teams, scope=GROUP, count=1, viewer=YOU):
    return (await teams.until(lambda: teams.answers(scope, viewer)[count - 1 :]))[-1]


def _marks(card):
    return {was_alone(action["data"]) for action in actions(card)}


async def _press_in_an_older_client(teams, message, data, user=YOU):
    """As a message, since it knows no card in place of another."""
    place = teams.tenant.places[message.place]
    told = teams._sender(user, place).activity("message", str(uuid4()), message.root)
    await teams._delivery.bring(told | {"value": data, "replyToId": message.id, "text": ""})


@pytest.mark.parametrize("scope", [GROUP, CHANNEL])
async def test_every_button_of_a_private_answer_says_that_it_is_one(teams, scope):
    await teams.slash("difference vision", scope)
    answer = await _said(teams, scope)
    assert _marks(answer.card) == {True}
    await teams.press(answer, "Example")
    assert _marks(teams.answers(scope)[0].card_for(YOU)) == {True}


async def test_no_button_of_another_answer_does(teams):
    for scope, say in ((PERSONAL, "write"), (GROUP, "group"), (CHANNEL, "mention")):
        await getattr(teams, say)("difference vision")
        answer = await _said(teams, scope)
        await teams.press(answer, "Example")
        shown = teams.answers(scope)[0]
        assert _marks(shown.card) == _marks(shown.card_for(YOU)) == {False}


async def test_what_tells_of_who_asks_is_theirs_alone_and_so_is_all_that_follows(kept):
    await kept.group("daily at 8:30")
    answer = await _said(kept)
    assert answer.audience == YOU.account
    assert _marks(answer.card) == {True}
    await kept.press(answer, "Pause for a week")
    assert _marks(kept.answers(GROUP)[0].card_for(YOU)) == {True}


async def test_a_press_that_lands_on_another_replica_is_private_there_too(remember):
    async with remember() as teams:
        await teams.slash("difference vision", GROUP)
        answer = await _said(teams)
    async with remember() as teams:
        answer = teams.tenant.post(answer)
        await teams.press(answer, "Example")
        assert "example" in texts(teams.answers(GROUP)[0].card_for(YOU)).splitlines()[0]
        await teams.group("shorter", user=COLLEAGUE)
        assert "Vision" not in texts((await _said(teams, viewer=COLLEAGUE)).card)


async def test_a_press_in_an_older_client_is_answered_alone_on_another_replica_too(coach, make_tenant):
    threads = MemoryThreads(lambda: 0.0)
    async with make_tenant(Conversation(coach, threads)) as teams:
        await teams.slash("difference vision", GROUP)
        answer = await _said(teams)
    async with make_tenant(Conversation(coach, threads)) as teams:
        answer = teams.tenant.post(answer)
        await _press_in_an_older_client(teams, answer, find_action(answer.card, "Example")["data"])
        assert (await _said(teams, count=2)).audience == YOU.account
        assert not teams.answers(GROUP, COLLEAGUE)


async def test_in_an_older_client_what_tells_of_who_presses_is_theirs_alone(kept):
    await kept.group("difference vision")
    answer = await _said(kept)
    for number, data in enumerate(({"ask": "|full||privacy|"}, {"menu": "menu-1"}), 2):
        await _press_in_an_older_client(kept, answer, data)
        assert (await _said(kept, count=number)).audience == YOU.account
    assert len(kept.answers(GROUP, COLLEAGUE)) == 1


@pytest.mark.parametrize("forged", [True, False, None, "", {"x": []}, YOU.account])
async def test_a_forged_mark_only_hides_more(teams, forged):
    await teams.slash("difference vision", GROUP)
    await _said(teams)
    await teams.group("what is management?", user=COLLEAGUE)
    answer = await _said(teams, viewer=COLLEAGUE)
    data = {"ask": "what-is-leadership|full|||", "alone": forged}
    reply = await teams.send_press(answer, {"verb": "lvm"}, data, COLLEAGUE)
    assert _marks(reply.body["value"]) == {True}
    await teams.slash("ask shorter", GROUP, user=COLLEAGUE)
    shown = texts((await _said(teams, count=2, viewer=COLLEAGUE)).card)
    assert "Vision" not in shown
    await teams.group("shorter")
    assert "management" in texts((await _said(teams, count=3)).card).splitlines()[0]
