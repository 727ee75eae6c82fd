"""Answers as Slack gets them: within its limits, escaped, and readable in the golden files."""

import json
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import blockkit
from bot.coach import composing, tools
from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role
from bot.coach.topics import Sides
from bot.slack.actions import SHARE
from bot.slack.rendering import Surface, notice, render_blocks, render_message, shared
from bot.slack.views import render_home, render_modal

LIMITS_OF = {
    Surface.EPHEMERAL: blockkit.Surface.MESSAGE,
    Surface.MESSAGE: blockkit.Surface.MESSAGE,
    Surface.MODAL: blockkit.Surface.MODAL,
    Surface.HOME: blockkit.Surface.HOME,
}
HOSTILE = "<!channel> <@U1> <https://e.example|x> & &lt; </b>"


def _every_answer(coach, roles=(None,)):
    """All that the coach can say to these roles, each with a name to know it by."""
    handbook = coach.handbook
    for topic, aspect, role in product(handbook.topics, Aspect, roles):
        yield f"{topic} {aspect} {role}", coach.press(Ask(topic, aspect, role))
    for number, tip in enumerate(handbook.tips):
        yield tip.id, coach.press(Ask(tool="tip"), tip=number)
    for tool in (*handbook.tools, "topics"):
        yield tool, coach.press(Ask(tool=tool))
    for id_, referral in handbook.referrals.items():
        yield id_, tools.refer(referral)
    yield "welcome", coach.welcome()
    for kind, count in product((MatchKind.CHOICES, MatchKind.DECLINE, MatchKind.FOLLOWUP), (1, 2, 3)):
        choices = tuple(handbook.topics)[:count]
        yield f"{kind} {count}", tools.offer(handbook, kind, handbook.replies.unsure, choices, "Headline")


def _faults(answer, surface):
    blocks = render_blocks(answer, surface)
    found = blockkit.faults(blocks, LIMITS_OF[surface])
    in_message = LIMITS_OF[surface] is blockkit.Surface.MESSAGE
    return found + (["too long together"] if in_message and blockkit.too_long(blocks) else [])


@pytest.mark.parametrize(
    ("surface", "roles"),
    [
        (Surface.EPHEMERAL, (None, *Role)),  # has all the blocks that the others have, and one more button
        (Surface.MESSAGE, (None,)),
        (Surface.MODAL, (None,)),
        (Surface.HOME, (None,)),
    ],
)
def test_slack_refuses_nothing_that_the_coach_can_say(coach, surface, roles):
    answers = _every_answer(coach, roles)
    assert not {name: faults for name, answer in answers if (faults := _faults(answer, surface))}


def test_slack_refuses_no_window(coach):
    answers = _every_answer(coach)
    found = {name: faults for name, each in answers if (faults := blockkit.view_faults(render_modal(each)))}
    assert not found


def test_slack_refuses_no_shared_answer(coach):
    shareable = [answer for _, answer in _every_answer(coach) if answer.shared_as]
    messages = [shared(answer, "U1")["blocks"] for answer in shareable]
    assert messages
    assert not [faults for each in messages if (faults := blockkit.faults(each, blockkit.Surface.MESSAGE))]


def test_slack_does_not_refuse_the_home_tab(coach):
    view = render_home(coach.welcome(), coach.press(Ask()), coach.handbook.tools["privacy"].text)
    assert blockkit.view_faults(view) == []


def test_what_is_shared_is_what_was_shown(coach):
    for _, answer in _every_answer(coach):
        if answer.shared_as is not None:
            again = render_message(coach.press(answer.shared_as), Surface.EPHEMERAL)
            assert again == render_message(answer, Surface.EPHEMERAL)


@pytest.mark.parametrize("surface", Surface)
def test_only_who_asked_alone_can_share(coach, surface):
    blocks = render_blocks(coach.press(Ask(next(iter(coach.handbook.topics)))), surface)
    assert (SHARE in _action_ids(blocks)) == (surface is Surface.EPHEMERAL)


def test_what_makes_no_sense_to_others_cannot_be_shared(coach):
    for answer in (coach.welcome(), coach.press(Ask()), coach.press(Ask(tool="privacy"))):
        assert SHARE not in _action_ids(render_blocks(answer, Surface.EPHEMERAL))


@pytest.mark.parametrize("surface", Surface)
def test_no_two_elements_have_the_same_id(small, surface):
    for topic, aspect in product(small.topics.values(), Aspect):
        ids = _action_ids(render_blocks(composing.explain(small, topic, aspect, None), surface))
        assert len(ids) == len(set(ids)) > 5


texts = st.text(max_size=40).map(lambda text: f"x{text}") | st.just(HOSTILE)


@st.composite
def answers(draw):
    """An answer with anything at all in each of its texts."""
    steps = tuple(Step(draw(texts)[:75], Ask("a-topic")) for _ in range(2))
    return Answer(
        draw(st.sampled_from(MatchKind)),
        draw(texts),
        draw(texts),
        sides=draw(st.none() | st.builds(Sides, texts, texts, texts)),
        points=draw(st.just(()) | st.tuples(texts, texts)),
        parts=(Part(draw(texts), draw(texts)),),
        steps=steps,
        menus=(Menu(draw(texts), steps),),
        shared_as=Ask("a-topic"),
    )


@settings(max_examples=50)
@given(answers(), st.sampled_from(Surface))
def test_no_text_reaches_slack_as_markup(answer, surface):
    message = render_message(answer, surface)
    for text in (message["text"], *_marked_up(message["blocks"]), *_marked_up(render_modal(answer))):
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text)


@given(texts)
def test_no_notice_reaches_slack_as_markup(text):
    message = notice(text)
    for each in (message["text"], *_marked_up(message["blocks"])):
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", each)


@settings(max_examples=50)
@given(answers())
def test_nothing_of_any_answer_is_refused(answer):
    assert not _faults(answer, Surface.EPHEMERAL)
    assert not blockkit.view_faults(render_modal(answer))


def test_slack_is_never_asked_to_find_names_or_to_unfold_links(coach):
    for _, answer in _every_answer(coach):
        message = render_message(answer, Surface.MESSAGE)
        assert message.keys() == {"text", "blocks", "unfurl_links", "unfurl_media"}
        assert message["unfurl_links"] is message["unfurl_media"] is False


def test_a_text_for_notifications_stands_beside_the_blocks(coach):
    for name, answer in _every_answer(coach):
        text = render_message(answer, Surface.MESSAGE)["text"]
        assert text.strip(), name
        assert len(text) <= 3000, name


def _parts(part):
    """Every object within a part of a message."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(inner)


def _marked_up(part):
    return [each["text"] for each in _parts(part) if each.get("type") == "mrkdwn"]


def _action_ids(blocks):
    return [each["action_id"] for each in _parts(json.loads(json.dumps(blocks))) if "action_id" in each]


def test_what_tells_of_somebody_is_remembered_by_nobody():
    answer = Answer(MatchKind.TOOL, "Your daily tip", "Next tip Monday.")
    own = replace(answer, is_personal=True)
    assert render_message(answer, Surface.MESSAGE) is render_message(answer, Surface.MESSAGE)
    assert render_message(own, Surface.MESSAGE) is not render_message(own, Surface.MESSAGE)
