"""Slips of the finger: an unknown word → the known word that was meant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

_SHORTEST = 5
"""Letters from which a word is corrected; shorter ones have too many neighbours."""
_SHORTEST_FOR_TWO = 8
"""Letters from which two slips are forgiven."""
_LONGEST = 24
"""Longer strings are not words, and trying their deletions would cost more than it could find."""


class Speller:
    """Finds the nearest known word through an index of single deletions.

    Two words one edit apart share a form in which one letter is missing from either or both, so a
    handful of look-ups replaces a comparison with every word. Of two slips, those are found that
    leave such a form in common: all but two letters replaced by others.

    Built from the known words with the number of documents that hold each. Deterministic: the
    nearest word wins, then the more frequent, then the alphabetically first.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = dict(frequencies)
        sources: dict[str, list[str]] = defaultdict(list)
        for word in self._frequencies:
            if _SHORTEST - 1 <= len(word) <= _LONGEST + 1 and word.isalpha():
                for form in {word, *_deletions(word)}:
                    sources[form].append(word)
        self._sources = dict(sources)

    def correct(self, word: str) -> str:
        """Give the known word that was meant, or the word itself where none is near enough."""
        if word in self._frequencies or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return word
        once = {word, *_deletions(word)}
        found = self._nearest(word, once, 1)
        if found is None and len(word) >= _SHORTEST_FOR_TWO:
            found = self._nearest(word, {twice for form in once for twice in _deletions(form)}, 2)
        return word if found is None else found

    def _nearest(self, word: str, forms: set[str], most: int) -> str | None:
        candidates = {source for form in forms for source in self._sources.get(form, ())}
        near = [other for other in candidates if _edits(word, other) <= most]
        return min(near, key=lambda other: (-self._frequencies[other], other), default=None)


def _deletions(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _edits(one: str, other: str) -> int:
    """Count the letters to insert, delete, replace or swap with a neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, above, row = row, before, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
    return row[-1]
