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
from operator import mul

import numpy as np
from numpy.typing import NDArray

_BLOCKS = 3
_EDGE = "#"
"""Marks where a word, or the question, begins and ends; never part of a word."""
_NEVER_SEEN = 0
"""The number that all features share which are in none of the phrasings."""
_STRANGENESS = 1.5
"""How many times more a feature weighs that was never seen; tells off topic best on CLINC150, at 1.5 to 2."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector of at most unit length."""

    ids: NDArray[np.intp]
    values: NDArray[np.float32]


class Features:
    """The features that occur in a collection of phrasings, numbered with the most frequent first.

    A feature weighs by its rarity, and by the logarithm of its times in the text. What was never seen
    weighs most of all and is then left out: it only makes the rest shorter, so that words which the
    content lacks lower every score.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._trigrams = {stem: _trigrams(stem) for stem in dict.fromkeys(chain.from_iterable(documents))}
        counts = tuple(Counter[Hashable]() for _ in range(_BLOCKS))
        for document in documents:
            for count, features in zip(counts, self._blocks(document), strict=True):
                count.update(dict.fromkeys(features).keys())
        found = [(times, block, key) for block, count in enumerate(counts) for key, times in count.items()]
        found.sort(key=lambda entry: -entry[0])
        self._numbers: tuple[dict[Hashable, int], ...] = tuple({} for _ in range(_BLOCKS))
        for number, (_, block, key) in enumerate(found, start=_NEVER_SEEN + 1):
            self._numbers[block][key] = number
        self._rarity = [
            1 + math.log((1 + len(documents)) / (1 + times)) for times in (0, *(entry[0] for entry in found))
        ]
        self._never_seen_squared = (_STRANGENESS * self._rarity[_NEVER_SEEN]) ** 2

    def __len__(self) -> int:
        """Count the numbers in use, from 0."""
        return len(self._rarity)

    def vector(self, stems: Sequence[str]) -> Vector:
        """Weigh the stems of one text; the empty text gives the empty vector."""
        ids: list[int] = []
        values: list[float] = []
        for known, features in zip(self._numbers, self._blocks(stems), strict=True):
            counts = Counter([known.get(feature, _NEVER_SEEN) for feature in features])
            missing = counts.pop(_NEVER_SEEN, 0) * self._never_seen_squared
            weights = [
                self._rarity[number] if times == 1 else self._rarity[number] * (1 + math.log(times))
                for number, times in counts.items()
            ]
            length = math.sqrt(_BLOCKS * (missing + sum(map(mul, weights, weights))))
            ids += counts
            values += [weight / length for weight in weights]
        return Vector(np.array(ids, np.intp), np.array(values, np.float32))

    def _blocks(self, stems: Sequence[str]) -> tuple[Iterable[Hashable], ...]:
        framed = [_EDGE, *stems, _EDGE] if stems else []
        trigrams = [self._trigrams.get(stem) or _trigrams(stem) for stem in stems]
        return stems, pairwise(framed), chain.from_iterable(trigrams)


def _trigrams(stem: str) -> list[str]:
    letters = f"{_EDGE}{stem}{_EDGE}"
    return [letters[place : place + 3] for place in range(len(letters) - 2)]
