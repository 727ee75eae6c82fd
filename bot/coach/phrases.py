"""Phrases to look for in what was said, each standing for something."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from bot.coach.wording import words

Meaning = TypeVar("Meaning")
Phrase = tuple[str, ...]


class Phrases(Generic[Meaning]):
    """Finds phrases by their words.

    Args:
        meanings: Each phrase, as owners write it, with what it stands for; its first meaning counts.
        form: What is done to every word before words are compared, such as stemming.
    """

    def __init__(self, meanings: Iterable[tuple[str, Meaning]], form: Callable[[str], str] = str) -> None:
        self._form = form
        self._meanings: dict[Phrase, Meaning] = {}
        for text, meaning in meanings:
            phrase = self._formed(words(text))
            if phrase:
                self._meanings.setdefault(phrase, meaning)
        self._longest = max(map(len, self._meanings), default=0)
        sizes: dict[str, set[int]] = {}
        for phrase in self._meanings:
            sizes.setdefault(phrase[0], set()).add(len(phrase))
        self._sizes = {first: sorted(found, reverse=True) for first, found in sizes.items()}
        """How long the phrases are that begin with a word, the longest first."""

    def find(self, said: Sequence[str]) -> Meaning | None:
        """What the longest phrase in the words stands for; the first in them among equals."""
        spoken = self._formed(said)
        longest, best = 0, None
        for start, first in enumerate(spoken):
            for size in self._sizes.get(first, ()):
                if size <= longest:
                    break
                meaning = self._meanings.get(spoken[start : start + size])
                if meaning is not None:
                    longest, best = size, meaning
        return best

    def left_over(self, said: Sequence[str]) -> frozenset[str]:
        """The words that are part of no phrase."""
        spoken = self._formed(said)
        covered: set[str] = set()
        for size in range(1, min(len(spoken), self._longest) + 1):
            for start in range(len(spoken) - size + 1):
                phrase = spoken[start : start + size]
                if phrase in self._meanings:
                    covered.update(phrase)
        return frozenset(spoken) - covered

    def _formed(self, said: Sequence[str]) -> Phrase:
        return tuple(map(self._form, said))
