"""Messages around the cards: what a notification says, how to judge an answer, a file in parts."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.answer import Answer, Document, Step
from bot.coach.match import MatchKind
from bot.coach.question import Ask
from bot.teams.limits import CARD_BYTES
from bot.teams.rendering import render_card, render_document, render_message, size_of

texts = st.text() | st.sampled_from(["🧭" * 9_000, "x\n" * 9_000, '"\\' * 9_000])


def _cards(document):
    return [message["attachments"][0]["content"] for message in render_document(document)]


@pytest.mark.parametrize("kind", MatchKind)
def test_only_answers_about_a_topic_can_be_judged(kind):
    judged = render_message(Answer(kind, "Maps", "Where to go.", topic="maps")).get("channelData")
    assert (judged == {"feedbackLoop": {"type": "default"}}) == (kind in {"answer", "followup"})
    assert "channelData" not in render_message(Answer(kind, "Maps", "Where to go."))


def test_a_message_is_one_card_and_what_a_notification_says():
    answer = Answer(MatchKind.TOOL, "Maps", "Where to go.\nAnd how.")
    message = render_message(answer)
    assert message.keys() == {"type", "summary", "attachments"}
    assert message["summary"] == "Maps: Where to go. And how."
    assert [each["content"] for each in message["attachments"]] == [render_card(answer)]


def test_halves_of_characters_are_left_out():
    answer = Answer(MatchKind.TOOL, "a\ud800b", "c\udfffd", steps=(Step("e\ud83df", Ask()),))
    json.dumps(render_message(answer), ensure_ascii=False).encode()


@settings(max_examples=50, deadline=None)
@given(texts)
def test_a_file_comes_whole_in_cards_that_fit(text):
    written = json.dumps([text, text], ensure_ascii=False, indent=2)
    cards = _cards(Document("file.json", written))
    boxes = [card["body"][-1] for card in cards]
    assert "".join(box["value"] for box in boxes) == written
    assert {(box["type"], box["isMultiline"]) for box in boxes} == {("Input.Text", True)}
    assert all(size_of(card) <= CARD_BYTES for card in cards)


def test_a_file_says_which_of_how_many_parts_each_is():
    messages = render_document(Document("file.json", "x\n" * 20_000))
    assert [each["summary"] for each in messages] == [f"file.json (part {n} of 3)" for n in (1, 2, 3)]
    assert [each["summary"] for each in render_document(Document("file.json", "{}"))] == ["file.json"]


def test_an_answer_with_a_file_names_it():
    card = render_card(Answer(MatchKind.TOOL, "Headline", "Lead", document=Document("file.json", "{}")))
    assert card["body"][-1]["inlines"][0]["text"] == "file.json"
