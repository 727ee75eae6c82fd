"""A weight for each pair of feature and label, and the scores that follow from them."""

import numpy as np
from numpy.typing import NDArray

from bot.coach.features import Vector

MOST_IN_FULL = 32_000_000
"""Weights kept in full: 128 MB of them. Content of ordinary size fits whole."""


class LabelWeights:
    """The weights, most of them zero at first.

    The most frequent features, as many as fit, have a weight for every label: there the scores are one
    small product. The others keep weights only for the labels that they occur in, so a hundred thousand
    phrasings of ten thousand labels still fit in memory; only such weights can be moved later.
    """

    def __init__(
        self,
        cells: NDArray[np.int64],
        weights: NDArray[np.float64],
        features: int,
        labels: int,
        most_in_full: int = MOST_IN_FULL,
    ) -> None:
        """Place the weights.

        Args:
            cells: where they are: `feature * labels + label`, rising.
            weights: one for each of `cells`.
            features: how many there are, numbered with the most frequent first.
            labels: how many there are, from 1.
            most_in_full: how many weights may be kept in full.
        """
        self._labels = labels
        self._full = min(features, most_in_full // labels)
        split = int(np.searchsorted(cells, self._full * labels))
        full = np.zeros(self._full * labels, np.float32)
        full[cells[:split]] = weights[:split]
        self._dense = full.reshape(self._full, labels)
        self._cells = cells[split:]
        self._weights = weights[split:].astype(np.float32)
        self._starts = np.searchsorted(self._cells, np.arange(self._full, features + 1) * labels)

    def scores(self, vector: Vector) -> NDArray[np.float32]:
        """Score every label; a new array, in the order of the labels' numbers."""
        if not len(self._cells):
            return vector.values @ self._dense[vector.ids]
        common = vector.ids < self._full
        scores = vector.values[common] @ self._dense[vector.ids[common]]
        return scores + self._rare_scores(vector.ids[~common] - self._full, vector.values[~common])

    def move(self, vector: Vector, label: int, step: float) -> None:
        """Move a label's weights towards a text's vector, or away from it where the step is negative."""
        ids, values = vector.ids, vector.values
        if len(self._cells):
            common = ids < self._full
            self._move_rare(ids[~common], values[~common], label, step)
            ids, values = ids[common], values[common]
        self._dense[ids, label] += step * values

    def _rare_scores(self, rows: NDArray[np.intp], values: NDArray[np.float32]) -> NDArray[np.float32]:
        starts, counts = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(starts - before, counts)
        products = self._weights[places] * np.repeat(values, counts)
        scores = np.bincount(self._cells[places] % self._labels, products, self._labels)
        return scores.astype(np.float32)

    def _move_rare(self, ids: NDArray[np.intp], values: NDArray[np.float32], label: int, step: float) -> None:
        wanted = ids * self._labels + label
        places = np.searchsorted(self._cells, wanted)
        places[places == len(self._cells)] = 0
        held = self._cells[places] == wanted
        self._weights[places[held]] += step * values[held]
