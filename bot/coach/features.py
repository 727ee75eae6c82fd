"""Stems → a vector: what is compared when a question meets the phrasings.

Three views of the same words are taken, each of them a block of unit length: the stems, the pairs of
neighbouring stems, and the letter trigrams within stems. The first knows what is meant, the second in
which order it stands, the third forgives endings and new compounds.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import mul

import numpy as np
from numpy.typing import NDArray

from bot.coach.counting import FRAME, Counts, Numbers, count, numbered, pair

_BLOCKS = 3
_EDGE = "#"
"""Marks where a word begins and ends; never part of a word."""
_NEVER_SEEN = 0
"""The number that all features share which are in none of the phrasings."""
_STRANGENESS = 1.5
"""How many times more a feature weighs that was never seen; tells off topic best on CLINC150, at 1.5 to 2."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector of at most unit length."""

    ids: Numbers
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of many texts: all of their entries, text by text."""

    rows: Numbers
    """The text of each entry; rising."""
    ids: Numbers
    values: NDArray[np.float32]


class Features:
    """The features that occur in a collection of phrasings, numbered with the most frequent first.

    A feature weighs by its rarity, and by the logarithm of its times in the text. What was never seen
    weighs most of all and is then left out: it only makes the rest shorter, so that words which the
    content lacks lower every score.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._stems = numbered(chain.from_iterable(documents), FRAME + 1)
        self._unknown = -((len(self._stems) + 1) ** 2)
        """Makes every pair negative that it is part of: no known pair is."""
        self._trigrams = {stem: _trigrams(stem) for stem in self._stems}
        counts = count(documents, self._stems, self._trigrams)
        sizes = [len(keys) for keys in counts.keys]
        held = np.bincount(counts.places, minlength=sum(sizes))
        order = np.argsort(-held, kind="stable")
        numbers = np.empty_like(order)
        numbers[order] = np.arange(_NEVER_SEEN + 1, len(order) + 1)
        rarity = 1 + np.log((1 + len(documents)) / (1 + np.concatenate([[0], held[order]])))
        self._rarity: Sequence[float] = rarity.tolist()
        self._never_seen_squared = (_STRANGENESS * self._rarity[_NEVER_SEEN]) ** 2
        self._numbers: Sequence[Mapping[Hashable, int]] = [
            dict(zip(keys, block.tolist(), strict=True))
            for keys, block in zip(counts.keys, np.split(numbers, np.cumsum(sizes)[:-1]), strict=True)
        ]
        blocks = np.repeat(np.arange(_BLOCKS), sizes)[counts.places]
        self.documents = _weigh(counts, blocks, numbers[counts.places], rarity)
        """The vectors of the collection itself."""

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
        numbers = [self._stems.get(stem, self._unknown) for stem in stems]
        framed = [FRAME, *numbers, FRAME] if stems else []
        pairs = (pair(left, right, len(self._stems)) for left, right in pairwise(framed))
        trigrams = [self._trigrams.get(stem) or _trigrams(stem) for stem in stems]
        return stems, pairs, chain.from_iterable(trigrams)


def _weigh(counts: Counts, blocks: Numbers, ids: Numbers, rarity: NDArray[np.float64]) -> Vectors:
    values = rarity[ids] * (1 + np.log(counts.times))
    block = counts.texts * _BLOCKS + blocks
    lengths = np.sqrt(_BLOCKS * np.bincount(block, values**2))
    return Vectors(counts.texts, ids, (values / lengths[block]).astype(np.float32))


def _trigrams(stem: str) -> list[str]:
    letters = f"{_EDGE}{stem}{_EDGE}"
    return [letters[place : place + 3] for place in range(len(letters) - 2)]
