"""Stems of many texts → which features stand how often in which text.

All texts are counted at once: one by one it takes four times as long, and a start waits for it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Key = TypeVar("Key", bound=Hashable)
Number = TypeVar("Number", int, Numbers)

FRAME = 0
"""The number of the stem that all texts begin and end with; that of a known stem is higher."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The features of a collection, in three blocks, and where they stand."""

    keys: tuple[Sequence[Hashable], ...]
    """Of each block: the stems, the pairs of stem numbers as `pair` writes them, the trigrams."""
    texts: Numbers
    """The text of each entry; rising."""
    places: Numbers
    """The feature of each entry: its place among the keys, counted through all blocks."""
    times: Numbers


def numbered(keys: Iterable[Key], first: int) -> dict[Key, int]:
    """Number what is different among the keys, in order."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys), first)}


def pair(left: Number, right: Number, stems: int) -> Number:
    """Write two stem numbers as one."""
    return left * (stems + 1) + right


def count(
    documents: Sequence[Sequence[str]], stems: Mapping[str, int], trigrams: Mapping[str, Sequence[str]]
) -> Counts:
    """Count the features of every text.

    Args:
        documents: The texts, as stems.
        stems: All stems with their numbers, from `FRAME` + 1 and without a gap.
        trigrams: The trigrams of every stem, in the order of the stems.
    """
    said = np.array([stems[stem] for stem in chain.from_iterable(documents)], np.intp)
    texts = np.repeat(np.arange(len(documents)), np.array(list(map(len, documents)), np.intp))
    pairs, pair_texts = _pairs(said, texts, len(stems))
    pair_keys, pair_places = np.unique(pairs, return_inverse=True)
    letters = numbered(chain.from_iterable(trigrams.values()), 0)
    letter_places, letter_counts = _letters(said - 1, trigrams, letters)
    keys = (list(stems), pair_keys.tolist(), list(letters))
    before = np.cumsum([0, *map(len, keys)])
    places = np.concatenate([said - 1, pair_places + before[1], letter_places + before[2]])
    every = np.concatenate([texts, pair_texts, np.repeat(texts, letter_counts)])
    cells, times = np.unique(every * before[-1] + places, return_counts=True)
    texts, places = np.divmod(cells, max(before[-1], 1))
    return Counts(keys, texts, places, times)


def _pairs(said: Numbers, texts: Numbers, stems: int) -> tuple[Numbers, Numbers]:
    """Pair each stem with the next; one frame ends a text and begins the one after it."""
    starts = np.flatnonzero(np.diff(texts, prepend=-1))
    framed = np.append(np.insert(said, starts, FRAME), FRAME)
    return pair(framed[:-1], framed[1:], stems), np.insert(texts, starts, texts[starts])


def _letters(
    said: Numbers, trigrams: Mapping[str, Sequence[str]], letters: Mapping[str, int]
) -> tuple[Numbers, Numbers]:
    """Put its trigrams in the place of each stem; say how many they are."""
    flat = np.array([letters[each] for each in chain.from_iterable(trigrams.values())], np.intp)
    sizes = np.array(list(map(len, trigrams.values())), np.intp)
    starts, counts = (np.cumsum(sizes) - sizes)[said], sizes[said]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return flat[np.repeat(starts, counts) + within], counts
