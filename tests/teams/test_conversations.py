"""The whole flow, as people in Teams meet it: genuinely signed activities, and what comes back."""

import pytest

from bot.conversation import Conversation
from bot.playground.teams.cards import find_action, inputs, labels, texts
from bot.playground.teams.model import BOT_ACCOUNT, Scope
from bot.playground.teams.tenant import COLLEAGUE, GUEST, YOU
from bot.store.threads import MemoryThreads

PERSONAL, GROUP, CHANNEL = Scope


async def _said(teams, scope=CHANNEL, count=1, viewer=YOU):
    """The coach's latest message somewhere, once there are so many."""
    return (await teams.until(lambda: teams.answers(scope, viewer)[count - 1 :]))[-1]


def _headline(message, person=YOU):
    return texts(message.card_for(person)).splitlines()[0]


async def test_a_personal_message_is_answered_in_place_and_remembered(teams):
    await teams.write("what is management?")
    assert _headline(await _said(teams, PERSONAL)) == "What is management?"
    await teams.write("shorter pls")
    assert _headline(await _said(teams, PERSONAL, 2)) == "What is management?: shorter"


async def test_a_mention_is_answered_in_its_thread(teams):
    root = await teams.mention("what is leadership?")
    answer = await _said(teams)
    assert answer.thread == root.id
    assert answer.audience is None
    assert _headline(answer) == "What is leadership?"


async def test_a_follow_up_in_the_thread_keeps_the_topic(teams):
    root = await teams.mention("vision vs execution")
    await _said(teams)
    await teams.mention("example?", root)
    answer = await _said(teams, count=2)
    assert answer.thread == root.id
    assert _headline(answer) == "Vision vs. execution: example"


async def test_two_threads_keep_their_own_topics(teams):
    first = await teams.mention("what is leadership?")
    await _said(teams)
    await teams.mention("what is management?")
    await _said(teams, count=2)
    await teams.mention("example?", first)
    assert _headline(await _said(teams, count=3)) == "What is leadership?: example"


async def test_a_group_chat_is_answered_for_all(teams):
    await teams.group("what is leadership?")
    assert _headline(await _said(teams, GROUP, viewer=COLLEAGUE)) == "What is leadership?"
    await teams.group("example?", user=COLLEAGUE)
    assert _headline(await _said(teams, GROUP, 2)) == "What is leadership?: example"


@pytest.mark.parametrize("scope", [CHANNEL, GROUP])
async def test_a_command_is_answered_to_its_asker_alone(teams, scope):
    await teams.slash("difference vision", scope)
    answer = await _said(teams, scope)
    assert answer.audience == YOU.account
    assert _headline(answer) == "Vision vs. execution"
    assert not teams.messages(scope, COLLEAGUE)


@pytest.mark.parametrize("words", ["lvm difference vision", "LVM, difference vision", "/difference vision"])
async def test_the_words_of_a_command_work_without_its_menu(teams, words):
    await teams.write(words)
    assert _headline(await _said(teams, PERSONAL)) == "Vision vs. execution"


async def test_a_button_puts_its_answer_in_the_cards_place_for_its_presser_alone(teams):
    await teams.mention("difference vision")
    answer = await _said(teams)
    await teams.press(answer, "Example")
    (answer,) = teams.answers()
    assert _headline(answer) == "Vision vs. execution: example"
    assert _headline(answer, COLLEAGUE) == "Vision vs. execution"
    assert len([call for call in teams.calls if call.body]) == 1


async def test_a_button_leads_the_thread_on(teams):
    root = await teams.mention("difference vision")
    await teams.press(await _said(teams), "Example")
    await teams.mention("shorter", root)
    assert _headline(await _said(teams, count=2)) == "Vision vs. execution: shorter"


async def test_a_menu_gives_the_line_for_a_role(teams):
    await teams.write("vision vs execution")
    answer = await _said(teams, PERSONAL)
    field = next(each for each in inputs(answer.card) if "executive" in str(each["choices"]))
    await teams.press(answer, f"Show: {field['label']}", {field["id"]: "I am an executive"})
    assert "As an executive" in texts(teams.answers(PERSONAL)[0].card_for(YOU))


async def test_a_menu_with_nothing_chosen_says_so(teams):
    await teams.write("vision vs execution")
    answer = await _said(teams, PERSONAL)
    await teams.press(answer, f"Show: {next(inputs(answer.card))['label']}")
    (shown,) = teams.answers(PERSONAL)
    assert "Choose something from the list first" in shown.notes[YOU.account]
    assert shown.card_for(YOU) == answer.card


async def test_nobodys_role_colours_anothers_answer_in_a_thread(teams):
    root = await teams.mention("vision vs execution, as a CFO")
    assert "As an executive" in texts((await _said(teams)).card)
    await teams.mention("why?", root, user=COLLEAGUE)
    assert "As an executive" not in texts((await _said(teams, count=2)).card)


async def test_choices_are_offered_and_can_be_pressed(teams):
    await teams.write("daily stand-ups bore my team")
    answer = await _said(teams, PERSONAL)
    choice = labels(answer.card)[0]
    await teams.press(answer, choice)
    assert _headline(teams.answers(PERSONAL)[0]) != _headline(answer, GUEST)


async def test_what_is_not_its_subject_is_declined(teams, mark):
    await teams.write(f"how do I bake bread with {mark}")
    answer = await _said(teams, PERSONAL)
    assert "outside what I know" in texts(answer.card)


async def test_trouble_gets_the_fixed_text_with_doors_to_knock_on(teams):
    await teams.mention("i think my boss is harassing me")
    answer = await _said(teams)
    assert "• " in texts(answer.card)
    assert not answer.can_be_judged


@pytest.mark.parametrize("said", ["", "   "])
async def test_nothing_said_is_answered_with_a_welcome(teams, coach, said):
    await teams.mention(said)
    assert _headline(await _said(teams)) == coach.welcome().headline


async def test_what_is_not_for_the_coach_is_left_alone(teams):
    place = teams.tenant.place(CHANNEL)
    root = await teams.mention("what is leadership?")
    answer = await _said(teams)
    told = teams.deliveries[-1].activity | {"id": "1", "entities": [], "text": "hello everyone"}
    await teams._delivery.bring(told)
    await teams.mention("and management?", root)
    await _said(teams, count=2)
    assert len(teams.answers()) == 2
    assert answer.place == place.id


async def test_an_activity_that_comes_again_is_answered_once(teams):
    await teams.write("what is leadership?")
    await _said(teams, PERSONAL)
    assert (await teams.bring_again()).status == 200
    await teams.write("what is management?")
    await _said(teams, PERSONAL, 2)
    assert len(teams.answers(PERSONAL)) == 2


async def test_what_breaks_is_answered_with_a_reference_alone(broken_coach, make_tenant, quiet, mark):
    conversation = Conversation(broken_coach, MemoryThreads(lambda: 0.0))
    async with make_tenant(conversation) as teams:
        await teams.mention(f"break {mark}")
        answer = await _said(teams)
        reference = answer.text.rpartition(": ")[2]
        assert mark not in str(teams.calls)
        assert answer.card is None
        assert reference in quiet.text


async def test_a_button_that_breaks_gives_a_reference_beside_its_card(broken_coach, make_tenant, quiet, mark):
    async with make_tenant(Conversation(broken_coach, MemoryThreads(lambda: 0.0))) as teams:
        await teams.write("what is leadership?")
        await teams.press(await _said(teams, PERSONAL), "Example")
        shown = teams.answers(PERSONAL)[0].notes[YOU.account]
        assert shown.rpartition(": ")[2] in quiet.text
        assert mark not in shown


async def test_what_one_person_asked_alone_is_nobody_elses_topic(teams):
    await teams.slash("difference vision", GROUP)
    await teams.press(await _said(teams, GROUP), "Example")
    await teams.group("shorter", user=COLLEAGUE)
    answer = await teams.until(lambda: teams.answers(GROUP, COLLEAGUE))
    assert "Vision" not in texts(answer[0].card)


async def test_nothing_that_anybody_writes_is_logged(kept, quiet, mark):
    await kept.write(f"what is leadership {mark}?")
    await kept.mention(f"daily at 9 {mark}")
    await kept.slash(f"difference {mark}")
    await kept.group(f"{mark}")
    await _said(kept, GROUP)
    answer = await _said(kept, PERSONAL)
    await kept.judge(answer, "like", mark) if answer.can_be_judged else None
    assert "incident" not in quiet.text


@pytest.mark.parametrize("scope", Scope)
async def test_a_new_version_says_nothing(kept, scope):
    await kept.upgrade(scope)
    await kept.write("what is leadership?")
    await _said(kept, PERSONAL)
    assert sum(len(kept.answers(each)) for each in Scope) == 1


@pytest.mark.parametrize("scope", Scope)
async def test_whoever_adds_it_is_welcomed_there_once(teams, coach, scope):
    await teams.install(scope)
    assert _headline(await _said(teams, scope)) == coach.welcome().headline
    assert len(teams.answers(scope)) == 1
    assert teams.answers(scope)[0].account == BOT_ACCOUNT


async def test_an_older_client_that_knows_no_card_in_place_of_another_gets_it_as_a_message(teams):
    for scope, said in ((GROUP, "group"), (CHANNEL, "slash")):
        await getattr(teams, said)("difference vision")
        answer = await _said(teams, scope)
        told = teams.deliveries[-1].activity | {"id": f"{scope}-1", "replyToId": answer.id}
        told |= {"text": "", "entities": [], "value": find_action(answer.card, "Example")["data"]}
        told["recipient"] = {"id": BOT_ACCOUNT}
        await teams._delivery.bring(told)
        again = await _said(teams, scope, 2)
        assert again.audience == answer.audience
        assert _headline(again)
