from dataclasses import replace

import pytest

from bot.coach.coach import Coach
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role
from bot.conversation import Conversation
from bot.store.threads import MemoryThreads

PLACE = "a thread"


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(lambda: 0.0))


async def test_a_role_colours_only_the_answers_of_who_named_it(conversation):
    theirs = await conversation.ask("vision vs execution, as a CFO", PLACE, "U1")
    others = await conversation.ask("why?", PLACE, "U2")
    again = await conversation.ask("why?", PLACE, "U1")
    assert (theirs.role, others.role, again.role) == (Role.EXECUTIVE, None, Role.EXECUTIVE)
    assert others.topic == "vision-execution"


async def test_a_thread_on_a_topic_that_is_gone_asks_which_one(conversation, handbook):
    await conversation.ask("my boss micromanages me", PLACE)
    left = {id_: topic for id_, topic in handbook.topics.items() if id_ != "micromanaged"}
    topics = {
        id_: replace(topic, see_also=tuple(other for other in topic.see_also if other in left))
        for id_, topic in left.items()
    }
    conversation.coach = Coach(replace(handbook, topics=topics))
    answer = await conversation.ask("example?", PLACE)
    assert (answer.kind, answer.topic) == (MatchKind.FOLLOWUP, None)


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("topics", "What I can talk about"),
        ("difference 3", "Inspiration vs. control"),
        ("diference people", "People vs. processes"),
        ("3", "Inspiration vs. control"),
        ("define leadership", "What is leadership?"),
    ],
)
async def test_a_command_may_be_said_without_its_slash(conversation, said, headline):
    assert (await conversation.ask(said, PLACE)).headline == headline


async def test_sources_in_a_thread_are_those_of_its_topic(conversation):
    await conversation.ask("vision vs execution", PLACE)
    answer = await conversation.ask("sources?", PLACE)
    assert (answer.topic, answer.aspect) == ("vision-execution", Aspect.SOURCE)


async def test_a_difference_that_is_none_gets_the_list(conversation):
    answer = await conversation.command("difference banana", PLACE)
    assert answer.headline == "Differences"
    assert len(answer.menus[0].steps) == 15


async def test_a_role_named_in_a_question_back_is_kept(conversation):
    await conversation.press(Ask("vision-execution", role=Role.EXECUTIVE), PLACE)
    answer = await conversation.ask("example?", PLACE)
    assert answer.role is Role.EXECUTIVE
