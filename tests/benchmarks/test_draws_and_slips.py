from benchmarks.matching.draws import draw, thin
from benchmarks.matching.slips import SHORTEST_SLIPPED, slips

PAIRS = [(f"{label} {number}", label) for label in ("b", "a") for number in range(20)]
TEXTS = ["delegate without losing track", "how do i say no", "vision or execution?", ""] * 20


def test_a_draw_takes_as_many_of_every_label():
    drawn = draw(PAIRS, 5, seed=1)
    assert [label for _, label in drawn] == ["a"] * 5 + ["b"] * 5
    assert set(drawn) <= set(PAIRS)


def test_a_label_with_fewer_phrasings_gives_all_of_them():
    assert sorted(draw(PAIRS, 50, seed=1)) == sorted(PAIRS)


def test_draws_follow_from_their_seed():
    assert draw(PAIRS, 5, seed=1) == draw(PAIRS, 5, seed=1)
    assert draw(PAIRS, 5, seed=1) != draw(PAIRS, 5, seed=2)


def test_thinning_keeps_a_short_list_whole():
    assert thin(PAIRS, None) == thin(PAIRS, 40) == PAIRS
    assert len(set(thin(PAIRS, 7))) == 7


def test_slips_follow_from_their_seed():
    assert slips(TEXTS, 1) == slips(TEXTS, 1)
    assert slips(TEXTS, 1) != slips(TEXTS, 2)


def test_a_slip_touches_one_longer_word_only():
    for text, slipped in zip(TEXTS, slips(TEXTS, 1), strict=True):
        touched = [pair for pair in zip(text.split(), slipped.split(), strict=True) if pair[0] != pair[1]]
        assert len(touched) <= 1
        assert all(len(word) >= SHORTEST_SLIPPED and abs(len(word) - len(now)) <= 1 for word, now in touched)


def test_a_text_without_a_longer_word_stays_as_it_is():
    assert slips(["how do i say no", ""], 1) == ["how do i say no", ""]
