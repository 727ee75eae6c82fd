import numpy as np
import pytest

from bot.coach.features import Vector
from bot.coach.weights import LabelWeights

LABELS = 3
CELLS = np.array([0 * LABELS + 0, 0 * LABELS + 2, 1 * LABELS + 1, 3 * LABELS + 0, 3 * LABELS + 1])
WEIGHTS = np.array([0.5, 0.25, 1.0, 0.5, 0.75])
TEXT = Vector(np.array([3, 0, 1], np.intp), np.array([1.0, 0.5, 0.25], np.float32))
SCORES = [0.75, 1.0, 0.125]
IN_FULL = [0, LABELS, 2 * LABELS, 100]


@pytest.fixture(params=IN_FULL, ids=lambda most: f"{most} in full")
def weights(request):
    return LabelWeights(CELLS, WEIGHTS, features=4, labels=LABELS, most_in_full=request.param)


def test_scores_do_not_depend_on_how_the_weights_are_kept(weights):
    assert weights.scores(TEXT).tolist() == SCORES


def test_the_empty_text_scores_nothing(weights):
    empty = Vector(np.array([], np.intp), np.array([], np.float32))
    assert weights.scores(empty).tolist() == [0, 0, 0]


def test_a_move_in_full_counts_at_once():
    weights = LabelWeights(CELLS, WEIGHTS, features=4, labels=LABELS)
    before = weights.scores(TEXT)
    weights.in_full[0, 1] += 2
    assert (weights.scores(TEXT) - before).tolist() == [0, 1, 0]
    assert before.tolist() == SCORES
