"""A text → the labels it may mean, best first. Knows phrasings and labels, nothing of their subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.coach.features import Features, Vector, learn
from bot.coach.neighbours import Neighbours
from bot.coach.reading import CloseReading, Phrases, Reader
from bot.coach.training import train
from bot.coach.weights import LabelWeights
from bot.coach.wording import shorten, without_small_talk, words

_MOST_RANKED = 60
"""Labels in a ranking; what would come after them is nobody's second choice."""
_NOT_A_PHRASING = 0.99
"""The best score of a text that is not word for word a phrasing."""
_NEAREST = 0.4
"""What the nearest phrasing of a label counts beside what all of them have in common."""
_MANY = 60
"""Phrasings a label, on average, from which the nearest counts in full; among few, it is near by chance."""
_GUESS_LOSS = 0.25
"""What a word loses of its weight where its spelling had to be guessed."""


@dataclass(frozen=True, slots=True)
class _Learned:
    labels: tuple[str, ...]
    reader: Reader
    features: Features
    weights: LabelWeights
    neighbours: Neighbours
    trust: float
    """What the nearest phrasing counts."""
    exact: Mapping[str, Sequence[int]]
    """The numbers of the labels that own a phrasing, by its words with a space between."""

    def vector(self, found: Sequence[str]) -> Vector:
        """What words are compared by."""
        return self.features.vector(self.reader.read(found).stems)


class Matcher:
    """Learns labels from their phrasings, then ranks the labels for any text. Deterministic.

    A text that is a phrasing, up to case, marks and small talk, scores 1 for its label. Any other is
    compared with what the label's phrasings have in common (see `features` and `training`), and
    words that no phrasing holds lower every score.
    """

    def __init__(self, synonyms: Phrases | None = None, kin: Phrases | None = None) -> None:
        """Take what is particular to a language or a trade.

        Args:
            synonyms: Words or phrases to be read as another: meaning → what is said for it.
            kin: Words or phrases that lie close in meaning, by any name for the family: they keep
                their own meaning, and share one more.
        """
        self._synonyms = dict(synonyms or {})
        self._kin = dict(kin or {})
        self._learned: _Learned | None = None

    def fit(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Learn (phrasing, label) pairs, in place of all that was learned before.

        Takes a second for some 15,000 pairs: keep it off an event loop.
        """
        self._learned = _learn(pairs, self._synonyms, self._kin) if pairs else None

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Rank the labels that share anything with a text: (label, score from 0 to 1), best first.

        At most 60 of them; none for a text without a known word. Labels of the same score keep the
        order in which they were learned.
        """
        found = _spoken(text)
        if self._learned is None or not found:
            return []
        scores = _scores(self._learned, found)
        best = _best(scores)
        labels = self._learned.labels
        known = np.minimum(scores[best], 1).tolist()
        return list(zip([labels[number] for number in best.tolist()], known, strict=True))

    def read(self, found: Sequence[str]) -> CloseReading | None:
        """Say how words are read; None where nothing was learned."""
        return self._learned.reader.read_closely(found) if self._learned else None

    def compare(self, found: Sequence[str]) -> dict[str, float]:
        """Score every label for words as they stand, whether or not they are a phrasing; unordered."""
        if self._learned is None or not found:
            return {}
        scores = _scores(replace(self._learned, exact={}), tuple(found))
        return dict(zip(self._learned.labels, np.maximum(scores, 0).tolist(), strict=True))

    def nearest(self, found: Sequence[str], label: str) -> int | None:
        """The number of the label's pair that lies nearest to the words, from 0 as they were learned.

        None where the label is not known, or none of its pairs shares anything rare with the words.
        """
        if self._learned is None or label not in self._learned.labels:
            return None
        return self._learned.neighbours.nearest(
            self._learned.vector(found), self._learned.labels.index(label)
        )

    def liken(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Compare the words of two texts: from 0 for nothing in common to 1 for the same known words."""
        if self._learned is None:
            return 0.0
        first, second = self._learned.vector(one), self._learned.vector(other)
        _, left, right = np.intersect1d(first.ids, second.ids, assume_unique=True, return_indices=True)
        return min(float(first.values[left] @ second.values[right]), 1.0)


def _spoken(text: str) -> tuple[str, ...]:
    return without_small_talk(words(shorten(text)))


def _learn(pairs: Sequence[tuple[str, str]], synonyms: Phrases, kin: Phrases) -> _Learned:
    labels = tuple(dict.fromkeys(label for _, label in pairs))
    numbers = {label: number for number, label in enumerate(labels)}
    owners = [numbers[label] for _, label in pairs]
    spoken = [_spoken(text) for text, _ in pairs]
    exact: dict[str, list[int]] = {}
    for found, owner in zip(spoken, owners, strict=True):
        exact.setdefault(" ".join(found), []).append(owner)
    reader = Reader(spoken, synonyms, kin)
    features, texts = learn([reader.read(found).stems for found in spoken])
    weights = train(texts, np.array(owners), len(features), len(labels))
    neighbours = Neighbours(texts, np.array(owners), len(features))
    trust = _NEAREST * min(1, len(pairs) / len(labels) / _MANY)
    return _Learned(labels, reader, features, weights, neighbours, trust, exact)


def _scores(learned: _Learned, found: tuple[str, ...]) -> NDArray[np.float64]:
    """Score every label; above 1 only where the text is a phrasing."""
    reading = learned.reader.read(found)
    vector = learned.features.vector(reading.stems)
    plain = learned.weights.scores(vector) + learned.trust * learned.neighbours.scores(vector)
    scores = np.minimum(plain.astype(np.float64), _NOT_A_PHRASING) * (1 - _GUESS_LOSS * reading.guessed)
    for owner in set(learned.exact.get(" ".join(found), ())):
        scores[owner] = max(scores[owner], 0) + 2
    return np.asarray(scores, np.float64)


def _best(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Give the numbers of the best scores above 0, best first."""
    numbers = np.flatnonzero(scores > 0)
    if len(numbers) > _MOST_RANKED:
        kept = np.argpartition(-scores[numbers], _MOST_RANKED)[:_MOST_RANKED]
        numbers = numbers[np.sort(kept)]
    return numbers[np.argsort(-scores[numbers], kind="stable")]
