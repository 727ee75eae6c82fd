"""The content's own language told from others."""

from pathlib import Path

import pytest
import yaml

from bot.coach.languages import Language, Languages, Spoken
from bot.coach.match import MatchKind
from bot.coach.question import Question
from bot.coach.wording import words

FILE = Path(__file__).parents[1] / "dialogs" / "languages.yaml"
ASKED = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def languages(handbook):
    return Languages(handbook.spoken)


@pytest.mark.parametrize(("language", "said"), [(name, said) for name in ASKED for said in ASKED[name]])
def test_a_question_is_in_its_language(languages, language, said):
    assert languages.find_language(words(said)) == (None if language == "english" else language)


def test_nothing_in_the_content_or_held_out_is_taken_for_another_language(languages, handbook, held_out):
    entries = [*handbook.topics.values(), *handbook.tools.values(), *handbook.referrals.values()]
    asked = [text for entry in entries for text in entry.phrasings]
    asked += held_out["off-topic"]
    asked += [text for topic in held_out["on-topic"].values() for text in topic if isinstance(text, str)]
    assert not [text for text in asked if languages.find_language(words(text))]


def test_every_language_but_the_own_one_has_its_sentences(handbook):
    others = [each for each in handbook.spoken.languages if each.name != handbook.spoken.own]
    assert len(others) >= 25
    assert all(each.says and each.asks for each in others)


def test_a_safe_match_is_answered_below_the_sentence(coach):
    answer = coach.answer(coach.match(Question("qué es servant leadership")))
    english = coach.answer(coach.match(Question("what is servant leadership")))
    assert answer.kind is MatchKind.ANSWER
    assert answer.lead == f"{coach.handbook.spoken.get('spanish').says}\n\n{english.lead}"


def test_what_is_not_understood_in_another_language_is_declined_without_a_guess(coach):
    match = coach.match(Question("wie gebe ich feedback"))
    answer = coach.answer(match)
    assert (match.kind, match.choices, match.topic) == (MatchKind.DECLINE, (), None)
    assert answer.lead.startswith("Im Moment antworte ich nur auf Englisch. Bitte")
    assert answer.lead.endswith(coach.handbook.spoken.how_to_ask)


@pytest.mark.parametrize("own", ["german", "greek"])
def test_english_is_another_language_where_the_content_is_not_in_it(handbook, own):
    languages = Languages(Spoken(own, "", handbook.spoken.languages))
    assert languages.find_language(words("what is the difference between the two")) == "english"
    assert languages.find_language(words(ASKED[own][0])) is None


def test_letters_that_no_language_claims_tell_nothing():
    spoken = Spoken("english", "", (Language("english", ("the",)), Language("greek", (), ("greek",))))
    assert Languages(spoken).find_language(("\u044f\u0437\u044b\u043a",)) is None
    assert Languages(Spoken("none", "", ())).find_language(("hello",)) is None
