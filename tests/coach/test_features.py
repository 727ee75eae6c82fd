import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.features import learn

DOCUMENTS = [["set", "goal"], ["set", "vision"], ["give", "feedback"]]


@pytest.fixture(scope="module")
def learned():
    return learn(DOCUMENTS)


@pytest.fixture(scope="module")
def features(learned):
    return learned[0]


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
def test_the_collection_is_weighed_as_each_text_would_be(learned, number):
    features, texts = learned
    alone = features.vector(DOCUMENTS[number])
    here = texts.rows == number
    counted = dict(zip(texts.ids[here].tolist(), texts.values[here], strict=True))
    assert counted == pytest.approx(dict(zip(alone.ids.tolist(), alone.values, strict=True)))


def length(vector):
    return pytest.approx(float(np.linalg.norm(vector.values)), abs=1e-6)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_text_of_known_words_has_unit_length(features, document):
    assert length(features.vector(document)) == 1


def test_unknown_words_make_a_text_shorter_one_by_one(features):
    one, two = features.vector(["goal", "zebra"]), features.vector(["goal", "zebra", "quagga"])
    assert 1 > np.linalg.norm(one.values) > np.linalg.norm(two.values) > 0


@pytest.mark.parametrize("stems", [[], ["zzz"]])
def test_nothing_known_gives_the_empty_vector(features, stems):
    assert features.vector(stems).ids.size == 0


def test_a_rare_word_weighs_more_than_a_frequent_one(features):
    vector = features.vector(["set", "goal"])
    frequent, rare = (np.isin(vector.ids, features.vector([stem]).ids) for stem in ("set", "goal"))
    assert vector.values[frequent].max() < vector.values[rare].max()


def test_the_order_of_words_counts(features):
    one, other = (set(features.vector(stems).ids.tolist()) for stems in (["set", "goal"], ["goal", "set"]))
    assert one > other


@given(st.lists(st.text(min_size=1, max_size=9), max_size=80))
def test_no_text_is_longer_than_one(features, stems):
    assert np.linalg.norm(features.vector(stems).values) <= 1 + 1e-6
