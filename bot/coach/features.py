"""Stems → a vector: what is compared when a question meets the phrasings.

Three views of the same words are taken, each of them a block of unit length: the stems, the pairs of
neighbouring stems, and the letter trigrams within stems. The first knows what is meant, the second in
which order it stands, the third forgives endings and new compounds.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

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

    def __init__(
        self,
        keys: Sequence[Sequence[Hashable]],
        numbers: Numbers,
        rarity: NDArray[np.float64],
    ) -> None:
        """Take what `learn` found.

        Args:
            keys: of each block, its features; the stems' and the pairs' in the order of their numbers.
            numbers: the number of each, block after block.
            rarity: the weight of each number, from 0 on.
        """
        stems, pairs, trigrams = np.split(numbers, np.cumsum(list(map(len, keys)))[:-1])
        self._stems = numbered(keys[0], FRAME + 1)
        self._unknown = -((len(self._stems) + 1) ** 2)
        """Makes every pair negative that it is part of: no known pair is."""
        self._of_stems: dict[Hashable, int] = dict(zip(keys[0], stems.tolist(), strict=True))
        self._of_trigrams: dict[Hashable, int] = dict(zip(keys[2], trigrams.tolist(), strict=True))
        # There are tens of thousands of pairs, and a dictionary takes a hundred bytes for each.
        self._pairs, self._of_pairs = np.array(keys[1], np.int64), pairs.astype(np.int32)
        self._rarity = rarity
        self._block_of = np.empty(len(rarity), np.int8)
        """The block that each number belongs to."""
        for block, each in enumerate((stems, pairs, trigrams)):
            self._block_of[each] = block
        self._never_seen_squared = float(_STRANGENESS * rarity[_NEVER_SEEN]) ** 2

    def __len__(self) -> int:
        """Count the numbers in use, from 0."""
        return len(self._rarity)

    def vector(self, stems: Sequence[str]) -> Vector:
        """Weigh the stems of one text; the empty text gives the empty vector."""
        found = self._blocks(stems)
        missing = [self._never_seen_squared * features.count(_NEVER_SEEN) for features in found]
        ids, times = np.unique(np.array([*found[0], *found[1], *found[2]], np.intp), return_counts=True)
        first = int(np.searchsorted(ids, _NEVER_SEEN, "right"))
        ids, weights = ids[first:], self._rarity[ids[first:]] * (1 + np.log(times[first:]))
        blocks = self._block_of[ids]
        lengths = np.sqrt(_BLOCKS * (np.bincount(blocks, weights**2, _BLOCKS) + missing))
        return Vector(ids, (weights / lengths[blocks]).astype(np.float32))

    def _blocks(self, stems: Sequence[str]) -> tuple[list[int], ...]:
        trigrams = chain.from_iterable(map(_trigrams, stems))
        return (
            [self._of_stems.get(stem, _NEVER_SEEN) for stem in stems],
            self._find_pairs(stems),
            [self._of_trigrams.get(trigram, _NEVER_SEEN) for trigram in trigrams],
        )

    def _find_pairs(self, stems: Sequence[str]) -> list[int]:
        if not (stems and len(self._pairs)):
            return []
        numbers = [FRAME, *[self._stems.get(stem, self._unknown) for stem in stems], FRAME]
        pairs = [pair(left, right, len(self._stems)) for left, right in pairwise(numbers)]
        places = np.minimum(np.searchsorted(self._pairs, pairs), len(self._pairs) - 1)
        known: list[int] = np.where(
            self._pairs[places] == pairs, self._of_pairs[places], _NEVER_SEEN
        ).tolist()
        return known


def learn(documents: Sequence[Sequence[str]]) -> tuple[Features, Vectors]:
    """Find the features of a collection; give them, and the collection's own vectors."""
    stems = numbered(chain.from_iterable(documents), FRAME + 1)
    counts = count(documents, stems, {stem: _trigrams(stem) for stem in stems})
    sizes = [len(keys) for keys in counts.keys]
    held = np.bincount(counts.places, minlength=sum(sizes))
    order = np.argsort(-held, kind="stable")
    numbers = np.empty_like(order)
    numbers[order] = np.arange(_NEVER_SEEN + 1, len(order) + 1)
    rarity = 1 + np.log((1 + len(documents)) / (1 + np.concatenate([[0], held[order]])))
    blocks = np.repeat(np.arange(_BLOCKS), sizes)[counts.places]
    vectors = _weigh(counts, blocks, numbers[counts.places], rarity)
    return Features(counts.keys, numbers, rarity), vectors


def _weigh(counts: Counts, blocks: Numbers, ids: Numbers, rarity: NDArray[np.float64]) -> Vectors:
    values = rarity[ids] * (1 + np.log(counts.times))
    block = counts.texts * _BLOCKS + blocks
    lengths = np.sqrt(_BLOCKS * np.bincount(block, values**2))
    return Vectors(counts.texts, ids, (values / lengths[block]).astype(np.float32))


def _trigrams(stem: str) -> list[str]:
    letters = f"{_EDGE}{stem}{_EDGE}"
    return [letters[place : place + 3] for place in range(len(letters) - 2)]
