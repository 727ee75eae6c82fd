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


def test_a_label_moves_towards_a_text_and_no_other_does(weights):
    weights.move(TEXT, 1, 0.5)
    scores = weights.scores(TEXT)
    assert scores[1] > SCORES[1]
    assert scores[[0, 2]].tolist() == [SCORES[0], SCORES[2]]


def test_a_label_moves_away_from_a_text(weights):
    weights.move(TEXT, 0, -0.1)
    assert weights.scores(TEXT)[0] < SCORES[0]


def test_what_was_scored_before_is_not_changed_by_a_move(weights):
    before = weights.scores(TEXT)
    weights.move(TEXT, 1, 0.5)
    assert before.tolist() == SCORES
