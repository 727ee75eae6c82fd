import pytest

from bot.coach.matching import Matcher
from bot.store import fitted

PAIRS = [("where do we sail", "course"), ("which way is north", "course"), ("who ties the ropes", "crew")]


@pytest.fixture
def matcher():
    matcher = Matcher()
    matcher.fit(PAIRS)
    return matcher


def test_what_is_kept_is_found_and_ranks_the_same(tmp_path, matcher):
    fitted.keep(tmp_path, "digest", matcher)
    found = fitted.find(tmp_path, "digest")
    for text in ("where is north", "who ties", "nothing known"):
        assert found.rank(text) == matcher.rank(text)


def test_other_content_finds_nothing(tmp_path, matcher):
    fitted.keep(tmp_path, "digest", matcher)
    assert fitted.find(tmp_path, "another") is None


def test_nothing_kept_is_nothing_found(tmp_path):
    assert fitted.find(tmp_path / "no-such-folder", "digest") is None


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], lambda _: b""]
)
def test_a_damaged_file_is_never_read(tmp_path, matcher, spoil):
    fitted.keep(tmp_path, "digest", matcher)
    (file,) = tmp_path.glob("*.fitted")
    file.write_bytes(spoil(file.read_bytes()))
    assert fitted.find(tmp_path, "digest") is None


def test_a_folder_that_cannot_be_made_is_no_failure(tmp_path, matcher):
    (tmp_path / "file").write_text("", encoding="utf-8")
    fitted.keep(tmp_path / "file" / "folder", "digest", matcher)
    assert fitted.find(tmp_path / "file" / "folder", "digest") is None


def test_only_the_newest_few_are_kept(tmp_path, matcher):
    for number in range(9):
        fitted.keep(tmp_path, f"digest {number}", matcher)
    assert len(list(tmp_path.iterdir())) <= 5
    assert fitted.find(tmp_path, "digest 8") is not None
