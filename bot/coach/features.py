"""Stems → a vector: what is compared when a question meets the phrasings.

Three views of the same words are taken, each of them a block of unit length: the stems, the pairs of
neighbouring stems, and the letter trigrams within stems. The first knows what is meant, the second in
which order it stands, the third forgives endings and new compounds.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from bot.coach.question import MAX_CHARACTERS

_EDGE = "#"
"""Marks where a word, or the question, begins and ends; never part of a word."""
_NEVER_SEEN = 0
"""The number that all features share which are in none of the phrasings."""
_MOST_TIMES = MAX_CHARACTERS
_REPEATED = np.array([0.0, *(1 + math.log(times) for times in range(1, _MOST_TIMES + 1))])
"""What a feature weighs for the times it occurs in one text."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector of at most unit length."""

    ids: NDArray[np.intp]
    values: NDArray[np.float32]


class Features:
    """The features that occur in a collection of phrasings, numbered with the most frequent first.

    A feature weighs by its rarity, and by the logarithm of its times in the text. What was never seen
    weighs as the rarest and is then left out: it only makes the rest shorter, so that words which the
    content lacks lower every score.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts = tuple(Counter[Hashable]() for _ in _blocks(()))
        for document in documents:
            for count, features in zip(counts, _blocks(document), strict=True):
                count.update(set(features))
        ordered = sorted(
            ((frequency, block, feature) for block, count in enumerate(counts) for feature, frequency in count.items()),
            key=lambda entry: -entry[0],
        )
        self._numbers: tuple[dict[Hashable, int], ...] = tuple({} for _ in counts)
        for number, (_, block, feature) in enumerate(ordered, start=_NEVER_SEEN + 1):
            self._numbers[block][feature] = number
        frequencies = np.array([0, *(frequency for frequency, _, _ in ordered)])
        self._rarity = 1 + np.log((1 + len(documents)) / (1 + frequencies))

    def __len__(self) -> int:
        """Count the numbers in use, from 0."""
        return len(self._rarity)

    def vector(self, stems: Sequence[str]) -> Vector:
        """Weigh the stems of one text; the empty text gives the empty vector."""
        blocks = [Counter(features) for features in _blocks(stems)]
        sizes = [len(block) for block in blocks]
        numbers = [
            known.get(feature, _NEVER_SEEN)
            for known, block in zip(self._numbers, blocks, strict=True)
            for feature in block
        ]
        ids = np.array(numbers, np.intp)
        times = np.array([*chain.from_iterable(block.values() for block in blocks)], np.intp)
        values = self._rarity[ids] * _REPEATED[np.minimum(times, _MOST_TIMES)]
        squares = np.add.reduceat(values * values, np.cumsum([0, *sizes[:-1]])) if stems else 0
        values /= np.sqrt(np.repeat(squares, sizes) * len(sizes))
        seen = ids != _NEVER_SEEN
        return Vector(ids[seen], values[seen].astype(np.float32))


def _blocks(stems: Sequence[str]) -> tuple[Iterable[Hashable], ...]:
    framed = [_EDGE, *stems, _EDGE] if stems else []
    letters = [f"{_EDGE}{stem}{_EDGE}" for stem in stems]
    trigrams = [word[place : place + 3] for word in letters for place in range(len(word) - 2)]
    return stems, pairwise(framed), trigrams
