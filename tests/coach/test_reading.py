import pytest

from bot.coach.reading import Reader
from bot.coach.wording import words

KIN = {"crew": ["team", "direct reports"], "chief": ["boss", "team lead"], "people": ["team"]}


@pytest.fixture(scope="module")
def reader():
    documents = [words(text) for text in ("my team argues", "the boss decides", "direct reports and goals")]
    return Reader(documents, {"goal": ["target"]}, KIN)


def families(reader, text):
    return [ord(stem) - 0xE000 for stem in reader.read(words(text)).stems if stem >= "\ue000"]


def test_a_word_keeps_its_meaning_and_shares_its_families(reader):
    assert reader.read(words("boss")).stems == ("boss", "\ue001")
    assert families(reader, "the team") == [0, 2]


def test_the_longest_phrase_of_kin_counts(reader):
    assert families(reader, "our team lead") == [1]
    assert families(reader, "direct reports") == [0]


def test_a_synonym_is_read_in_the_place_of_what_was_said(reader):
    assert reader.read(words("a target")).stems == reader.read(words("a goal")).stems


def test_words_of_kin_are_known_although_no_phrasing_holds_them(reader):
    assert reader.read(words("lead")).guessed == 0


def test_a_mended_slip_finds_its_family(reader):
    reading = reader.read(words("direct reprots"))
    assert reading.guessed > 0
    assert "\ue000" in reading.stems
