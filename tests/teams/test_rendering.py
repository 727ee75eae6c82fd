"""Answers as Teams gets them: valid, within its limits, all there, and never read as markup."""

import json
import re
from datetime import date
from functools import lru_cache
from html import unescape
from itertools import chain, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft6Validator
from markdown_it import MarkdownIt

from bot.coach import tools
from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role
from bot.coach.topics import Kind, Sides
from bot.store.records import Key
from bot.teams import limits
from bot.teams.elements import read_press
from bot.teams.rendering import beside_it, notice, render_card, render_message, size_of
from bot.tips import card as daily
from bot.tips.choice import Recall

SCHEMA = json.loads((Path(__file__).parent / "schema" / "adaptive-card-1.5.json").read_text(encoding="utf-8"))
VALIDATOR = Draft6Validator(SCHEMA)
MARKDOWN = MarkdownIt("js-default")
HOSTILE = (
    *("**b** _i_ ~~s~~ `c`", "[x](https://e.example)", "<at>You</at> <b>b</b> &amp; &lt;", "e.example"),
    *("- list", "1. list", "2) list", "# h", "> q", "a\n---", "\\*x\\*", "![x](y)", "x@e.example", "===m==="),
    *("{{DATE(2026-11-23T08:00:00Z, SHORT)}}", "{{{TIME(2026-11-23T08:00:00Z)}}", "a\x00b\x1b[1m\x7f"),
)
KEY = Key(17, date(2026, 11, 23))
FREE = frozenset({"text", "title", "label", "value", "tooltip", "placeholder", "ask", "menu", "id"})
"""Where a card holds any text: with another one it has the same shape."""


def _topics(coach):
    for topic, aspect, role in product(coach.handbook.topics.values(), Aspect, (None, *Role)):
        yield f"{topic.id} {aspect} {role}", coach.press(Ask(topic.id, aspect, role))
    for topic in coach.handbook.topics.values():
        for number in map(str, range(len(topic.tasks))):
            yield f"{topic.id} task {number}", coach.press(Ask(topic.id, item=number))


def _tips(coach):
    for number, tip in enumerate(coach.handbook.tips):
        yield tip.id, coach.press(Ask(tool="tip"), tip=number)
        yield f"daily {tip.id}", daily.show_tip(tip, KEY)
        yield f"recall {tip.id}", daily.show_recall(Recall(tip, 1), KEY)
    yield "trial", daily.show_trial_question(KEY)
    yield "gone", daily.show_gone()


def _tools(coach):
    handbook = coach.handbook
    for tool in (*handbook.tools, "topics", "quote"):
        yield tool, coach.press(Ask(tool=tool))
    for tool, item in (*product(["topics"], Kind), *product(["quote"], handbook.quotes)):
        yield f"{tool} {item}", coach.press(Ask(tool=tool, item=item))
    for id_, referral in handbook.referrals.items():
        yield id_, tools.refer(referral)
    yield "welcome", coach.welcome()
    for kind, count in product((MatchKind.CHOICES, MatchKind.DECLINE, MatchKind.FOLLOWUP), (1, 2, 3)):
        choices = tuple(handbook.topics)[-count:]
        yield f"{kind} {count}", tools.offer(handbook, kind, handbook.replies.unsure, choices, "Headline")


@pytest.fixture(scope="module")
def said(coach):
    """All that the coach can say, each answer with its card, by a name to know it by."""
    every = chain(_topics(coach), _tips(coach), _tools(coach))
    return {name: (answer, render_card(answer)) for name, answer in every}


def test_no_card_is_larger_than_ours_may_be(said):
    assert not {name: size for name, (_, card) in said.items() if (size := size_of(card)) > limits.CARD_BYTES}


def test_all_of_every_answer_is_shown_in_reading_order(said):
    assert not [name for name, (answer, card) in said.items() if _seen(_texts(card)) != _seen(_said(answer))]


def test_every_button_and_menu_asks_what_it_says(said):
    for answer, card in said.values():
        menus = [step for menu in answer.menus for step in menu.steps]
        assert list(_asks(card)) == [(step.label, step.ask) for step in (*answer.steps, *menus)]


def test_every_heading_is_marked_as_one(said):
    for answer, card in said.values():
        sides = ("Leading", "Managing", "Together") if answer.sides else ()
        headings = [answer.headline, *sides, *(part.heading for part in answer.parts)]
        marked = [each["text"] for each in _parts(card) if each.get("style") == "heading"]
        assert marked == list(dict.fromkeys(headings))


def test_every_card_follows_the_schema(said):
    shapes = {_shape(element): element for _, card in said.values() for element in card["body"]}
    _, card = next(iter(said.values()))
    assert len(shapes) > 10
    for element in shapes.values():
        VALIDATOR.validate({**card, "body": [element]})


def test_the_schema_finds_what_is_wrong():
    card = render_card(Answer(MatchKind.DECLINE, "Headline", "Lead"))
    text = {"type": "TextBlock", "text": "x"}
    for wrong in ({"type": "Nothing"}, {"type": "TextBlock"}, {**text, "size": "Big"}, {**text, "new": 1}):
        assert not VALIDATOR.is_valid({**card, "body": [wrong]})


def test_a_phone_shows_every_button_whole(said):
    for _, card in said.values():
        for row in (each["actions"] for each in _parts(card) if each.get("type") == "ActionSet"):
            taken = sum(len(action["title"]) + limits.PADDING_CHARACTERS for action in row)
            assert len(row) <= limits.ACTIONS
            assert taken <= limits.ROW_CHARACTERS


def test_what_does_not_fit_on_buttons_is_in_a_menu():
    steps = tuple(Step(f"Step {number}", Ask(f"topic-{number}")) for number in range(30))
    card = render_card(Answer(MatchKind.TOOL, "Headline", "Lead", steps=steps))
    assert sum(each.get("type") == "Action.Execute" for each in _parts(card)) == limits.BUTTONS + 1
    assert [ask for _, ask in _asks(card)] == [step.ask for step in steps]


texts = st.text(max_size=40).map(lambda text: f"x{text}") | st.sampled_from(HOSTILE)
once = st.just(1)
huge = st.sampled_from(["🧭" * 9_000, "x\n" * 9_000, "“word” " * 3_000, '"\\' * 9_000])


@st.composite
def answers(draw, texts=texts, times=once):
    """An answer with anything at all in each of its texts."""
    labels = texts.map(lambda text: text[:30])
    steps = tuple(Step(draw(labels), Ask(f"topic-{number}")) for number in range(3))
    times = draw(times)
    return Answer(
        draw(st.sampled_from(MatchKind)),
        draw(texts),
        draw(texts),
        sides=draw(st.none() | st.builds(Sides, texts, texts, texts)),
        points=(draw(texts), draw(texts)) * times,
        parts=(Part(draw(texts), draw(texts)),) * times,
        steps=steps * times,
        menus=(Menu(draw(labels), steps * times),) * times,
    )


@settings(max_examples=60, deadline=None)
@given(answers())
def test_any_text_comes_out_as_it_is(answer):
    card = render_card(answer)
    assert _seen(_texts(card)) == _seen(_said(answer))
    assert [_seen([label]) for label, _ in _asks(card)] == [_seen([each.label]) for each in answer.steps * 2]
    assert "{{" not in json.dumps([each for each in _parts(card) if "type" in each]).replace('{"', "")


@settings(max_examples=50, deadline=None)
@given(answers())
def test_nothing_is_spoken_or_shown_instead_that_could_be_markup(answer):
    card = render_card(answer)
    assert not re.search(r"[<>&*_`\[\]\\]", card["speak"] + card["fallbackText"])
    assert card["lang"] == "en"


@settings(max_examples=10, deadline=None)
@given(answers(huge, st.integers(1, 50)))
def test_no_content_is_too_large_for_a_card(answer):
    message = render_message(answer)
    assert size_of(message["attachments"][0]["content"]) <= limits.CARD_BYTES
    assert len(json.dumps(message, ensure_ascii=False).encode("utf-16")) <= limits.MESSAGE_BYTES


@pytest.mark.parametrize("text", HOSTILE)
def test_a_notice_is_plain(text):
    assert notice(text)["textFormat"] == "plain"
    assert _seen([notice(text)["text"]]) == _seen([beside_it(text)["value"]]) == _seen([text])


def _parts(part):
    """Every object within a card, in reading order."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(inner)


def _texts(card):
    """What is read in a card beside its fields and buttons, as a client with Markdown shows it."""
    for each in _parts(card):
        if each.get("type") == "TextBlock":
            yield _interpreted(each["text"])
        elif each.get("type") == "TextRun":
            yield each["text"]


@lru_cache
def _interpreted(text):
    return unescape(re.sub(r"^<p>|</p>$", "", MARKDOWN.render(text).strip()))


def _said(answer):
    """What is to be read of an answer, in order."""
    yield from (answer.headline, answer.lead)
    if answer.sides:
        yield from ("Leading", answer.sides.leadership, "Managing", answer.sides.management)
        yield from ("Together", answer.sides.together)
    yield from (f"• {point}" for point in answer.points)
    for part in answer.parts:
        yield from (*(() if part.heading == answer.headline else (part.heading,)), part.text)
    labels = [step.label for step in answer.steps[: limits.BUTTONS]]
    if max(map(len, labels), default=0) > limits.ROW_CHARACTERS - limits.PADDING_CHARACTERS:
        yield from labels


def _seen(texts):
    """Texts as eyes see them: without spaces to no effect, nor characters that have no look."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f\x7f\u2060]", "", " ".join(texts)).split())


def _asks(card):
    """What can be asked for with a card: the words on it and what they ask for."""
    parts = list(_parts(card))
    for each in parts:
        if each.get("type") == "Action.Execute" and "ask" in each["data"]:
            assert each["associatedInputs"] == "none"
            yield each.get("tooltip", each["title"]).removeprefix("Show: "), read_press(each["data"])
    for each in parts:
        for choice in each.get("choices", ()):
            yield choice["title"], read_press({"menu": each["id"], each["id"]: choice["value"]})


def _shape(element):
    """What the schema has an opinion on: everything but what stands in free texts, and equal ones once."""
    if isinstance(element, dict):
        return tuple((name, "" if name in FREE else _shape(value)) for name, value in element.items())
    return tuple(dict.fromkeys(map(_shape, element))) if isinstance(element, list) else element
