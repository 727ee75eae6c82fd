"""Questions that stand nowhere in the content, asked of the coach as a whole.

The floors are a little under what was measured when the content was last changed; they hold a
regression up, and say nothing about questions of another sort.
"""

from collections.abc import Iterator

import pytest

from bot.coach.match import MatchKind
from bot.coach.question import Question
from bot.coach.wording import words


def _on_topic(held_out) -> Iterator[tuple[str, set[str]]]:
    for topic, entries in held_out["on-topic"].items():
        for entry in entries:
            text = entry if isinstance(entry, str) else entry["text"]
            also = [] if isinstance(entry, str) else entry["also"]
            yield text, {topic, *also}


def test_on_topic_questions_are_answered_or_offered(coach, held_out):
    outcomes = [(coach.match(Question(text)), accepted) for text, accepted in _on_topic(held_out)]
    answered = sum(match.topic in accepted for match, accepted in outcomes)
    wrong = sum(
        match.kind is MatchKind.ANSWER and match.topic not in accepted for match, accepted in outcomes
    )
    offered = sum(bool(accepted & {match.topic, *match.choices}) for match, accepted in outcomes)
    assert answered / len(outcomes) >= 0.73
    assert wrong / len(outcomes) <= 0.04
    assert offered / len(outcomes) >= 0.9


def test_off_topic_questions_are_not_answered_outright(coach, held_out):
    answered = [
        text for text in held_out["off-topic"] if coach.match(Question(text)).kind is MatchKind.ANSWER
    ]
    assert len(answered) / len(held_out["off-topic"]) <= 0.01, answered


def test_tools_and_referrals_are_recognised(coach, held_out):
    cases = [(label, text) for label, texts in held_out["tools-and-referrals"].items() for text in texts]
    missed = [(label, text) for label, text in cases if _label(coach.match(Question(text))) != label]
    assert len(missed) / len(cases) <= 0.09, missed


def test_no_sensitive_case_is_coached(coach, held_out):
    cases = [
        (label, text)
        for label, texts in held_out["tools-and-referrals"].items()
        if label.startswith("refer:")
        for text in texts
    ]
    coached = [text for _, text in cases if coach.match(Question(text)).kind is MatchKind.ANSWER]
    assert not coached


@pytest.mark.parametrize("topic", ["vision-execution", "people-processes", "why-both"])
def test_follow_ups_find_the_aspect_of_the_threads_topic(coach, held_out, topic):
    cases = [(aspect, text) for aspect, texts in held_out["follow-ups"].items() for text in texts]
    found = [coach.match(Question(text, topic=topic)) for _, text in cases]
    right = sum(
        (match.kind, match.topic, match.aspect) == (MatchKind.FOLLOWUP, topic, aspect)
        for match, (aspect, _) in zip(found, cases, strict=True)
    )
    assert right / len(cases) >= 0.95


def test_no_held_out_question_stands_in_the_content(handbook, held_out):
    content = {
        words(text)
        for group in (handbook.topics, handbook.tools, handbook.referrals)
        for entry in group.values()
        for text in entry.phrasings
    } | {words(text) for text in handbook.vocabulary.off_topic}
    content |= {words(text) for texts in handbook.vocabulary.follow_ups.values() for text in texts}
    asked = [text for text, _ in _on_topic(held_out)] + held_out["off-topic"]
    asked += [
        text
        for kind in ("tools-and-referrals", "follow-ups")
        for texts in held_out[kind].values()
        for text in texts
    ]
    assert not [text for text in asked if words(text) in content]


def _label(match) -> str:
    return f"tool:{match.tool}" if match.tool else f"refer:{match.referral}"
