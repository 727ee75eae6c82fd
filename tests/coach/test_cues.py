"""Aspects and roles, read from the words of whole questions."""

from pathlib import Path

import pytest
import yaml

from bot.coach.cues import Cues
from bot.coach.question import Question, Role
from bot.coach.wording import words

DIALOGS = Path(__file__).parents[1] / "dialogs"
ROLES = yaml.safe_load((DIALOGS / "roles.yaml").read_text(encoding="utf-8"))
ASPECTS = yaml.safe_load((DIALOGS / "aspects.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def cues(handbook):
    return Cues(handbook.vocabulary)


@pytest.mark.parametrize(("role", "said"), [(role, said) for role in ROLES for said in ROLES[role]])
def test_a_role_is_the_askers_only_where_they_say_so(cues, role, said):
    assert cues.find_role(words(said)) == (None if role == "nobody" else role)


@pytest.mark.parametrize(("aspect", "case"), [(each, case) for each in ASPECTS for case in ASPECTS[each]])
def test_a_whole_question_asks_for_its_aspect(coach, aspect, case):
    match = coach.match(Question(case["said"]))
    assert match.aspect == aspect
    assert case.get("topic") in {None, match.topic}


@pytest.mark.parametrize("said", ["example of delegation", "what about delegation", "why does trust matter"])
def test_a_question_that_names_its_subject_does_not_follow_the_thread(coach, said):
    match = coach.match(Question(said, topic="vision-execution"))
    assert "vision-execution" not in {match.topic, *match.choices}


def test_a_side_asked_for_never_hides_a_referral(coach):
    match = coach.match(Question("how does a manager deal with sexual harassment by his boss"))
    assert match.kind == "refer"


def test_a_role_in_the_thread_stays_while_nobody_says_otherwise(coach):
    match = coach.match(Question("my CEO wants results", role=Role.INDIVIDUAL))
    assert match.role is Role.INDIVIDUAL


def test_a_letter_asks_for_its_aspect_in_its_last_sentence(coach):
    story = "At first we did it step by step, for example with a list, and everyone was content. " * 3
    match = coach.match(Question(f"{story}What is the difference between vision and execution?"))
    assert (match.topic, match.aspect) == ("vision-execution", "full")


def test_no_phrasing_is_read_for_an_aspect_besides(coach, handbook):
    asked = [text for topic in handbook.topics.values() for text in topic.phrasings]
    matches = [coach.match(Question(text)) for text in asked[::10]]
    assert not [match for match in matches if match.kind == "answer" and match.aspect != "full"]
