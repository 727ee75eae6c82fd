"""Threads as data, through the conversation that every platform uses."""

from pathlib import Path

import pytest
import yaml

from bot.conversation import Conversation
from bot.store.threads import MemoryThreads

DIALOGS = Path(__file__).parents[1] / "dialogs"
THREADS = yaml.safe_load((DIALOGS / "follow-ups.yaml").read_text(encoding="utf-8"))
MANNERS = yaml.safe_load((DIALOGS / "manners.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(lambda: 0.0))


@pytest.mark.parametrize("name", THREADS)
async def test_a_thread_goes_as_written(conversation, name):
    for turn in THREADS[name]:
        answer = await conversation.ask(turn["said"], "a thread")
        assert answer.kind == turn["kind"], turn
        assert answer.topic == turn.get("topic"), turn
        assert answer.aspect == turn.get("aspect", answer.aspect), turn
        assert answer.role == turn.get("role", answer.role), turn
        assert turn.get("says", "") in answer.lead, turn


@pytest.mark.parametrize("name", MANNERS)
async def test_manners_are_kept(conversation, name):
    answer = await conversation.ask(MANNERS[name]["said"], "a thread")
    assert answer.kind == MANNERS[name]["kind"]
    assert answer.lead


async def test_a_long_letter_is_answered_by_its_last_sentence(conversation):
    letter = "We had a hard year. " * 2000 + "What is the difference between vision and execution?"
    answer = await conversation.ask(letter, "a thread")
    assert answer.topic == "vision-execution"


async def test_two_places_never_share_a_thread(conversation):
    await conversation.ask("what is leadership?", "one")
    answer = await conversation.ask("example?", "another")
    assert answer.topic is None


async def test_tips_come_round_only_when_all_were_given(conversation, handbook):
    given = [(await conversation.command("tip", "a place")).lead for _ in handbook.tips]
    assert len(set(given)) == len(handbook.tips)
    assert (await conversation.command("tip", "a place")).lead == given[0]
