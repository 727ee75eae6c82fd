from dataclasses import replace

import pytest

from bot.coach.coach import Coach
from bot.coach.matching import Matcher
from bot.coach.question import Question
from bot.content import fingerprint, shipped_folder
from bot.store import prepared

PAIRS = [("where do we sail", "course"), ("which way is north", "course"), ("who ties the ropes", "crew")]


@pytest.fixture(scope="module")
def matcher():
    matcher = Matcher()
    matcher.fit(PAIRS)
    return matcher


@pytest.fixture
def kept(tmp_path, handbook, matcher):
    prepared.keep(tmp_path, handbook, matcher)
    return tmp_path


def test_a_coach_from_what_was_kept_answers_the_same(tmp_path, coach):
    prepared.keep(tmp_path, coach.handbook, coach.matcher)
    again = Coach(*prepared.find(tmp_path, coach.handbook.digest))
    for text in ("vision vs execution", "my team is quiet", "example?", "whats for lunch"):
        match = again.match(Question(text))
        assert match == coach.match(Question(text))
        assert again.answer(match) == coach.answer(match)


def test_what_is_kept_cannot_be_changed(kept, handbook):
    found, _ = prepared.find(kept, handbook.digest)
    with pytest.raises(TypeError):
        found.topics["new"] = None


def test_the_content_is_known_before_it_is_read(handbook):
    assert fingerprint([shipped_folder()]) == handbook.digest


def test_a_folder_that_is_not_there_has_no_fingerprint(tmp_path):
    assert fingerprint([shipped_folder(), tmp_path / "none"]) is None


def test_other_content_finds_nothing(kept):
    assert prepared.find(kept, "another") is None


def test_nothing_kept_is_nothing_found(tmp_path, handbook):
    assert prepared.find(tmp_path / "no-such-folder", handbook.digest) is None


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], lambda _: b""]
)
def test_a_damaged_file_is_never_read(kept, handbook, spoil):
    (file,) = kept.glob("*.prepared")
    file.write_bytes(spoil(file.read_bytes()))
    assert prepared.find(kept, handbook.digest) is None


def test_a_folder_that_cannot_be_made_is_no_failure(tmp_path, handbook, matcher):
    (tmp_path / "file").write_text("", encoding="utf-8")
    prepared.keep(tmp_path / "file" / "folder", handbook, matcher)
    assert prepared.find(tmp_path / "file" / "folder", handbook.digest) is None


def test_only_the_newest_few_are_kept(tmp_path, handbook, matcher):
    for number in range(9):
        prepared.keep(tmp_path, replace(handbook, digest=f"digest {number}"), matcher)
    assert len(list(tmp_path.iterdir())) <= 5
    assert prepared.find(tmp_path, "digest 8") is not None
