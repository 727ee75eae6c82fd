"""Wishes as data, through the conversation that every platform uses."""

from pathlib import Path

import pytest
import yaml

from bot.coach.answer import Step
from bot.coach.question import Ask
from bot.conversation import Conversation
from bot.store.threads import MemoryThreads
from bot.tips.card import TOOL

DIALOGS = yaml.safe_load((Path(__file__).parents[2] / "dialogs" / "daily.yaml").read_text(encoding="utf-8"))
COMMAND = "/lvm"
PLACE = "a thread"


@pytest.fixture
def conversation(coach, daily):
    return Conversation(coach, MemoryThreads(lambda: 0.0), daily)


async def reply(conversation, said, who):
    if said.startswith(COMMAND):
        return await conversation.command(said.removeprefix(COMMAND), PLACE, who=who)
    return await conversation.ask(said, PLACE, who=who)


@pytest.mark.parametrize("name", DIALOGS)
async def test_people_and_the_coach_talk_as_written(conversation, clock, me, name):
    clock.now -= 2 * 86_400_000
    for turn in DIALOGS[name]:
        answer = await reply(conversation, turn["said"], me)
        assert turn.get("says", "") in answer.lead, (turn, answer.lead)
        assert answer.kind == turn.get("kind", answer.kind), turn


async def test_a_button_reaches_the_tips_and_leads_the_thread_on(conversation, me, buttons):
    more = await conversation.press(Ask(tool=TOOL, item=buttons["More on this"]), PLACE, "U1", who=me)
    assert more.topic
    assert (await conversation.ask("example?", PLACE, "U1", who=me)).topic == more.topic


async def test_the_button_of_privacy_tells_what_is_stored(conversation, me, buttons):
    pressed = await conversation.press(Ask(tool="privacy"), PLACE, who=me)
    assert pressed.steps[0] == Step("Forget me", Ask(tool=TOOL, item="forget"))
    assert buttons


@pytest.mark.parametrize("words", ["daily", "daily at 9", "daily here off"])
async def test_without_a_database_tips_are_declined_kindly(coach, me, words):
    conversation = Conversation(coach, MemoryThreads(lambda: 0.0))
    for who in (None, me):
        answer = await conversation.command(words, PLACE, who=who)
        assert answer.lead.startswith("A daily tip needs a place to arrive at and a database")
    pressed = await conversation.press(Ask(tool=TOOL, item="tried:1:2026-11-23"), PLACE)
    assert pressed.lead == answer.lead


@pytest.mark.parametrize("words", ["export", "forget me"])
async def test_without_a_database_there_is_nothing_to_give_or_to_erase(coach, words):
    conversation = Conversation(coach, MemoryThreads(lambda: 0.0))
    assert (await conversation.command(words, PLACE)).lead.startswith("Here nothing about you is stored.")


async def test_of_who_is_not_known_nothing_is_stored(conversation, me, daily):
    answer = await conversation.command("daily", PLACE)
    assert answer.lead.startswith("A daily tip needs")
    assert await daily.find(me) is None
