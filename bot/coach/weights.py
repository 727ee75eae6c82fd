"""A weight for each pair of feature and label, and the scores that follow from them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.coach.features import Vector

MOST_IN_FULL = 2_500_000
"""Weights kept in full: 10 MB of them, at a cost of a thirtieth of the time a question takes."""


class LabelWeights:
    """The weights, most of them zero at first.

    The most frequent features, as many as fit, have a weight for every label: there the scores are one
    small product. The others keep weights only for the labels that they occur in, so a hundred thousand
    phrasings of ten thousand labels still fit in memory; those stay as they are.
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
        self.in_full = full.reshape(self._full, labels)
        """The weights of the most frequent features: a row for each, which training may move."""
        self._cells = cells[split:]
        self._weights = weights[split:].astype(np.float32)
        self._starts = np.searchsorted(self._cells, np.arange(self._full, features + 1) * labels)

    def __getstate__(self) -> dict[str, object]:
        """Give what to keep: of the weights in full, most of which are zero, only the others."""
        flat = self.in_full.ravel()
        cells = np.flatnonzero(flat).astype(np.uint32)
        return self.__dict__ | {"in_full": (cells, flat[cells], self.in_full.shape)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        cells, weights, shape = state["in_full"]
        flat = np.zeros(shape[0] * shape[1], np.float32)
        flat[cells] = weights
        self.__dict__.update(state | {"in_full": flat.reshape(shape)})

    def scores(self, vector: Vector) -> NDArray[np.float32]:
        """Score every label; a new array, in the order of the labels' numbers."""
        if not len(self._cells):
            return vector.values @ self.in_full[vector.ids]
        common = vector.ids < self._full
        scores = vector.values[common] @ self.in_full[vector.ids[common]]
        return scores + self._rare_scores(vector.ids[~common] - self._full, vector.values[~common])

    def _rare_scores(self, rows: NDArray[np.intp], values: NDArray[np.float32]) -> NDArray[np.float32]:
        starts, counts = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(starts - before, counts)
        products = self._weights[places] * np.repeat(values, counts)
        scores = np.bincount(self._cells[places] % self._labels, products, self._labels)
        return scores.astype(np.float32)
