"""Phrasings → weights: every label's centre, then a few passes over what it gets wrong."""

from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.coach.features import Vector
from bot.coach.weights import LabelWeights

_MARGIN = 0.3
"""By how much a phrasing's own label should lead."""
_LARGEST_STEP = 0.1
_PASSES = 5
_MOST_SCORES = 100_000_000
"""Scores computed in all passes together; very large content gets fewer passes, down to none."""
_SEED = 2026
_NEGLIGIBLE = 1e-6
"""Below this squared length, nothing is left of a centre but rounding."""


def train(vectors: Sequence[Vector], owners: NDArray[np.intp], features: int, labels: int) -> LabelWeights:
    """Learn the weights; deterministic.

    A label's centre is the sum of its phrasings, scaled to unit length. The passes are
    passive-aggressive: where another label comes too near, both are moved, by just enough or by the
    largest step. A phrasing is judged by its label's centre without its own share in it, for a new
    question has no share either.

    Args:
        vectors: one for each phrasing.
        owners: the number of the label each phrasing belongs to.
        features: how many there are.
        labels: how many there are, from 1.
    """
    rows = np.repeat(np.arange(len(vectors)), [len(vector.ids) for vector in vectors])
    ids = np.concatenate([vector.ids for vector in vectors])
    values = np.concatenate([vector.values for vector in vectors]).astype(np.float64)
    cells, places = np.unique(ids * labels + owners[rows], return_inverse=True)
    sums = np.bincount(places, values, len(cells))
    lengths = np.sqrt(np.bincount(cells % labels, sums**2, labels))
    lengths[lengths == 0] = 1
    weights = LabelWeights(cells, sums / lengths[cells % labels], features, labels)
    to_centre = np.bincount(rows, values * sums[places], len(vectors)).astype(np.float64)
    to_itself = np.bincount(rows, values**2, len(vectors)).astype(np.float64)
    shares = _shares(to_centre, to_itself, lengths[owners])
    _refine(weights, vectors, owners, shares, labels)
    return weights


def _shares(
    to_centre: NDArray[np.float64], to_itself: NDArray[np.float64], lengths: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Tell how much of each phrasing's score for its own label is owed to itself."""
    rest = lengths**2 - 2 * to_centre + to_itself
    alone = rest < _NEGLIGIBLE
    without = (to_centre - to_itself) / np.sqrt(np.where(alone, 1, rest))
    return to_centre / lengths - np.where(alone, 0, without)


def _refine(
    weights: LabelWeights,
    vectors: Sequence[Vector],
    owners: NDArray[np.intp],
    shares: NDArray[np.float64],
    labels: int,
) -> None:
    order, random = list(range(len(vectors))), Random(_SEED)  # noqa: S311  the order of study is no secret
    passes = min(_PASSES, _MOST_SCORES // (len(vectors) * labels)) if labels > 1 else 0
    steps = [
        (vector, int(owner), float(share))
        for vector, owner, share in zip(vectors, owners, shares, strict=True)
    ]
    for _ in range(passes):
        random.shuffle(order)
        for number in order:
            vector, owner, share = steps[number]
            scores = weights.scores(vector)
            own = float(scores[owner]) - share
            scores[owner] = -np.inf
            rival = int(scores.argmax())
            short = _MARGIN - own + float(scores[rival])
            if short > 0:
                step = min(_LARGEST_STEP, short / 2)
                weights.move(vector, owner, step)
                weights.move(vector, rival, -step)
