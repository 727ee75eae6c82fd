"""A vector → how near each label's nearest phrasing lies.

What a label's phrasings have in common says most (see `training`), but a question that is nearly one of
them deserves more than their mean. Only rarer features are compared: the frequent ones say little about
one phrasing, and reading all that share them would cost a time that grows with the content.
"""

import numpy as np
from numpy.typing import NDArray

from bot.coach.counting import Numbers
from bot.coach.features import Vector, Vectors

_MOST_SHARED = 400
"""Phrasings that may share a feature; one that more of them have is not compared."""


class Neighbours:
    """The phrasings, to be found by the rarer features that they share with a text."""

    def __init__(self, texts: Vectors, owners: NDArray[np.intp], features: int) -> None:
        """Index the phrasings.

        Args:
            texts: their vectors.
            owners: the number of the label each belongs to; every label from 0 on owns some.
            features: how many there are, numbered with the most frequent first.
        """
        self.order = np.argsort(owners, kind="stable")
        """The phrasings by label: the places that `nearest` speaks of, each with its number."""
        places = np.empty_like(self.order)
        places[self.order] = np.arange(len(owners))
        self._begins = np.searchsorted(owners[self.order], np.arange(owners.max() + 1))
        held = np.bincount(texts.ids, minlength=features)
        self._first = int(np.searchsorted(-held[1:], -_MOST_SHARED)) + 1
        kept = texts.ids >= self._first
        by_feature = np.argsort(texts.ids[kept], kind="stable")
        self._places = places[texts.rows[kept]][by_feature].astype(np.int32)
        self._values = texts.values[kept][by_feature]
        self._starts = np.concatenate([[0], np.cumsum(held[self._first :])])

    def scores(self, vector: Vector) -> NDArray[np.float32]:
        """Score every label by its nearest phrasing, from 0 to 1; a new array."""
        return np.maximum.reduceat(self._likenesses(vector), self._begins)

    def nearest(self, vector: Vector, label: int) -> int | None:
        """The number of the label's phrasing that lies nearest, the first of several; None: none is near."""
        end = self._begins[label + 1] if label + 1 < len(self._begins) else len(self.order)
        likenesses = self._likenesses(vector)[self._begins[label] : end]
        place = int(likenesses.argmax())
        return int(self.order[self._begins[label] + place]) if likenesses[place] > 0 else None

    def _likenesses(self, vector: Vector) -> NDArray[np.float32]:
        rare = vector.ids >= self._first
        rows, values = vector.ids[rare] - self._first, vector.values[rare]
        starts, counts = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        entries = _runs(starts, counts)
        products = self._values[entries] * np.repeat(values, counts)
        return np.bincount(self._places[entries], products, len(self.order)).astype(np.float32)


def _runs(starts: Numbers, counts: Numbers) -> Numbers:
    """Every number of some runs of numbers, given where each begins and how long it is."""
    before = np.cumsum(counts) - counts
    runs: Numbers = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return runs
