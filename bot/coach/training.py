"""Phrasings → weights: every label's centre, then a few passes over what it gets wrong."""

from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.coach.features import Vectors
from bot.coach.weights import LabelWeights

_MARGIN = 0.2
"""By how much a phrasing's own label should lead."""
_LARGEST_STEP = 0.12
_PASSES = 3
_BATCH = 64
"""Phrasings that are judged before what was learned from them is written down."""
_MOST_SCORES = 100_000_000
"""Scores computed in all passes together; very large content gets fewer passes, down to none."""
_EVERY = 20
"""Batches between two looks at the weights; the mean of those after the first pass is kept."""
_SEED = 2026
_NEGLIGIBLE = 1e-6
"""Below this squared length, nothing is left of a centre but rounding."""


def train(texts: Vectors, owners: NDArray[np.intp], features: int, labels: int) -> LabelWeights:
    """Learn the weights; deterministic.

    A label's centre is the sum of its phrasings, scaled to unit length. The passes are
    passive-aggressive: where another label comes too near, both are moved, by just enough or by the
    largest step; the mean over the later passes is kept. A phrasing is judged by its label's centre
    without its own share in it, for a new question has no share either. For the same reason, features
    that one phrasing alone has stay where they are.

    Args:
        texts: the phrasings' vectors.
        owners: the number of the label each phrasing belongs to.
        features: how many there are, numbered with the most frequent first.
        labels: how many there are, from 1.
    """
    weights, without = _centres(texts, owners, features, labels)
    passes = min(_PASSES, _MOST_SCORES // (len(owners) * labels)) if labels > 1 else 0
    if passes:
        _refine(weights.in_full, _course(texts, owners, without, weights.in_full), passes)
    return weights


def _centres(
    texts: Vectors, owners: NDArray[np.intp], features: int, labels: int
) -> tuple[LabelWeights, NDArray[np.float64]]:
    """Weigh every label by its centre; give each phrasing's score for its own, itself left out."""
    values = texts.values.astype(np.float64)
    cells, places = np.unique(texts.ids * labels + owners[texts.rows], return_inverse=True)
    sums = np.bincount(places, values, len(cells))
    lengths = np.sqrt(np.bincount(cells % labels, sums**2, labels))
    lengths[lengths == 0] = 1
    to_centre = np.bincount(texts.rows, values * sums[places], len(owners))
    to_itself = np.bincount(texts.rows, values**2, len(owners))
    rest = lengths[owners] ** 2 - 2 * to_centre + to_itself
    alone = rest < _NEGLIGIBLE
    without = np.where(alone, 0, (to_centre - to_itself) / np.sqrt(np.where(alone, 1, rest)))
    return LabelWeights(cells, sums / lengths[cells % labels], features, labels), without


@dataclass(frozen=True, slots=True)
class _Course:
    """What there is to study: of every phrasing, the features that it shares with others."""

    starts: NDArray[np.intp]
    """Where each phrasing's entries begin, and the end of all."""
    ids: NDArray[np.intp]
    values: NDArray[np.float32]
    owners: NDArray[np.intp]
    shares: NDArray[np.float32]
    """How much of each phrasing's score for its own label is owed to itself."""


def _course(
    texts: Vectors, owners: NDArray[np.intp], without: NDArray[np.float64], weights: NDArray[np.float32]
) -> _Course:
    shared = 1 + int(np.count_nonzero(np.bincount(texts.ids) > 1))
    kept = texts.ids < min(shared, len(weights))
    rows, ids, values = texts.rows[kept], texts.ids[kept], texts.values[kept]
    own = np.bincount(rows, values * weights[ids, owners[rows]], len(owners))
    starts = np.searchsorted(rows, np.arange(len(owners) + 1))
    return _Course(starts, ids, values, owners, (own - without).astype(np.float32))


def _refine(weights: NDArray[np.float32], course: _Course, passes: int) -> None:
    """Study in passes, and leave the mean of what was known on the way: less hangs on the last batches."""
    order = np.flatnonzero(np.diff(course.starts)).tolist()
    random = Random(_SEED)  # noqa: S311  the order of study is no secret
    mean, looks = np.zeros_like(weights), 0
    for number in range(passes):
        random.shuffle(order)
        for start in range(0, len(order), _BATCH):
            _study(weights, course, np.array(order[start : start + _BATCH]))
            if number and start % (_EVERY * _BATCH) == 0:
                mean += weights
                looks += 1
    if looks:
        np.divide(mean, looks, out=weights)


def _study(weights: NDArray[np.float32], course: _Course, batch: NDArray[np.intp]) -> None:
    """Judge some phrasings, then move the labels of those that fell short."""
    labels = weights.shape[1]
    starts, ends = course.starts[batch], course.starts[batch + 1]
    scores = np.empty((len(batch), labels), np.float32)
    for line, start, end in zip(scores, starts.tolist(), ends.tolist(), strict=True):
        np.dot(course.values[start:end], weights.take(course.ids[start:end], 0), line)
    every = np.arange(len(batch))
    owners = course.owners[batch]
    own = scores[every, owners] - course.shares[batch]
    scores[every, owners] = -np.inf
    rivals = scores.argmax(axis=1)
    short = _MARGIN - own + scores[every, rivals]
    counts = ends - starts
    entries = np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts)
    moves = np.repeat(np.clip(short / 2, 0, _LARGEST_STEP), counts) * course.values[entries]
    cells = course.ids[entries] * labels
    flat = weights.reshape(-1)
    np.add.at(flat, cells + np.repeat(owners, counts), moves)
    np.subtract.at(flat, cells + np.repeat(rivals, counts), moves)
