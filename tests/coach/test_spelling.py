import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.spelling import Speller

KNOWN = {"difference": 9, "leadership": 8, "vision": 5, "manager": 7, "managed": 2, "people": 4, "their": 3}


@pytest.fixture
def speller():
    return Speller(KNOWN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("visoin", "vision"),
        ("vison", "vision"),
        ("vissions", "vision"),
        ("visionn", "vision"),
        ("vosion", "vision"),
        ("peolpe", "people"),
        ("ision", "vision"),
        ("thier", "their"),
        ("leadrship", "leadership"),
        ("ldrship", "ldrship"),
        ("leadreshpi", "leadership"),
        ("leedrship", "leadership"),
        ("diffrense", "difference"),
    ],
)
def test_the_word_that_was_meant_is_found(speller, written, meant):
    assert speller.correct(written) == meant


def test_a_known_word_is_never_changed(speller):
    assert {word: speller.correct(word) for word in KNOWN} == {word: word for word in KNOWN}


def test_of_two_words_equally_near_the_more_frequent_wins(speller):
    assert speller.correct("manages") == "manager"


def test_of_two_words_equally_frequent_the_first_in_the_alphabet_wins():
    assert Speller({"hater": 1, "later": 1}).correct("xater") == "hater"


@pytest.mark.parametrize("written", ["vsn", "visi", "4vision", "v" * 400, ""])
def test_what_is_too_short_too_long_or_no_word_stays(speller, written):
    assert speller.correct(written) == written


def test_nothing_is_corrected_without_a_vocabulary():
    assert Speller({}).correct("leadership") == "leadership"


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_any_one_letter_dropped_from_a_longer_word_is_forgiven(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    slipped = word[:place] + word[place + 1 :]
    if len(slipped) >= 6:
        assert Speller(KNOWN).correct(slipped) in {word, "manager", "managed"}


@given(st.text(max_size=60))
def test_any_text_is_taken(text):
    assert Speller(KNOWN).correct(text) in {text, *KNOWN}
