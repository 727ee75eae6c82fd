"""Slips of the finger: an unknown word → the known word that was meant."""

from collections.abc import Mapping
from itertools import chain
from zlib import crc32

import numpy as np

_SHORTEST = 5
"""Letters from which a word is corrected; shorter ones have too many neighbours."""
_SHORTEST_FOR_TWO = 8
"""Letters from which two slips are forgiven."""
_SLIPS = 2
_END = 3
"""Letters at either end of a word of which one set must be right for two slips to be found."""
_LETTERS_OF_TWO = 4
"""Letters that two slips can add to or take from those that occur: two replaced ones change four."""
_LONGEST = 24
"""Longer strings are not words, and trying their deletions would cost more than it could find."""


class Speller:
    """Finds the nearest known word without a comparison with every word.

    Two words one edit apart share a form in which one letter is missing from either or both: those are
    indexed. Words two edits apart are looked for among those of the same beginning or end.

    Built from the known words with the number of documents that hold each. Deterministic: the
    nearest word wins, then the more frequent, then the alphabetically first.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = dict(frequencies)
        longest = _LONGEST + _SLIPS
        self._words = tuple(word for word in self._frequencies if _is_word(word, _SHORTEST - 1, longest))
        forms = [(_mark(form), place) for place, word in enumerate(self._words) for form in _forms(word)]
        # Two arrays, because a dictionary of strings would take ten times the room. Where two forms
        # have the same mark, the count of edits tells them apart.
        marks, places = np.array(sorted(forms), np.uint32).reshape(-1, 2).T.copy()
        self._marks, self._places = marks, places
        ends: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            for end in _ends(word):
                ends.setdefault(end, []).append(place)
        self._ends = {end: np.array(places, np.int32) for end, places in ends.items()}
        self._sizes = np.array(list(map(len, self._words)), np.int32)
        self._letters = np.array(list(map(_letters, self._words)), np.uint64)

    def correct(self, word: str) -> str:
        """Give the known word that was meant, or the word itself where none is near enough."""
        if word in self._frequencies or not _is_word(word, _SHORTEST, _LONGEST):
            return word
        found = self._nearest(word, self._one_away(word), 1)
        if found is None and len(word) >= _SHORTEST_FOR_TWO:
            found = self._nearest(word, self._two_away(word), _SLIPS)
        return word if found is None else found

    def _one_away(self, word: str) -> set[str]:
        marks = np.array([_mark(form) for form in _forms(word)], np.uint32)
        starts = np.searchsorted(self._marks, marks, "left").tolist()
        ends = np.searchsorted(self._marks, marks, "right").tolist()
        places = (self._places[start:end].tolist() for start, end in zip(starts, ends, strict=True))
        return {self._words[place] for place in chain.from_iterable(places)}

    def _two_away(self, word: str) -> set[str]:
        found = [self._ends[end] for end in _ends(word) if end in self._ends]
        if not found:
            return set()
        places = np.concatenate(found)
        differing = np.bitwise_count(self._letters[places] ^ np.uint64(_letters(word)))
        near = np.abs(self._sizes[places] - len(word)) <= _SLIPS
        return {self._words[place] for place in places[near & (differing <= _LETTERS_OF_TWO)].tolist()}

    def _nearest(self, word: str, candidates: set[str], most: int) -> str | None:
        near = [known for known in candidates if _edits(word, known, most) <= most]
        return min(near, key=lambda known: (-self._frequencies[known], known), default=None)


def _ends(word: str) -> tuple[str, str]:
    return f"{word[:_END]}-", f"-{word[-_END:]}"


def _letters(word: str) -> int:
    """Fold the letters that occur into the bits of one number."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _is_word(word: str, shortest: int, longest: int) -> bool:
    return shortest <= len(word) <= longest and word.isalpha()


def _forms(word: str) -> set[str]:
    """The word, and what is left of it when any one letter is missing."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _mark(form: str) -> int:
    return crc32(form.encode("utf-8", "surrogatepass"))


def _edits(one: str, other: str, most: int) -> int:
    """Count the letters to insert, delete, replace or swap with a neighbour; stops above the most."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, above, row = row, before, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            break
    return max(row[-1], min(row))
