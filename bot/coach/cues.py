"""Which aspect, and whose role, the words of a question ask for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.coach.handbook import Vocabulary
from bot.coach.phrases import Phrase, Phrases
from bot.coach.question import Aspect, Role
from bot.coach.wording import without_small_talk, words

Choice = TypeVar("Choice")

LONGEST_FOLLOW_UP = 12
"""Words; what is longer says what it is about."""

SIDES = frozenset({Aspect.LEADERSHIP, Aspect.MANAGEMENT})
_GAP = "…"
_WIDEST_GAP = 8
"""Words between the parts of a phrase."""
_MOST_BETWEEN = 4
"""Words between an opening and a title."""


class Cues:
    """The vocabulary's phrases, ready to be looked for in a question's words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._alone = Phrases(_pairs(vocabulary.aspects))
        self._of_aspect = {
            aspect: Phrases((text, aspect) for text in texts) for aspect, texts in vocabulary.aspects.items()
        }
        self._within = _Patterns(_pairs(vocabulary.aspects_within))
        self._skipped = frozenset(vocabulary.asker.skipped)
        self._askers = _Askers(vocabulary, self._skipped)
        self._tellings = _Patterns(_pairs(vocabulary.tellings), self._skipped)
        self._other_side = Phrases((text, True) for text in vocabulary.other_side)
        self._new_topic = Phrases((text, True) for text in vocabulary.new_topic)
        self._fillers = frozenset(vocabulary.fillers)

    def find_role(self, said: Sequence[str]) -> Role | None:
        """The role that people say they have; somebody else's tells nothing. The longest phrase decides."""
        spoken = _without(self._skipped, without_small_talk(said))
        found = [each for each in (self._askers.find(spoken), self._tellings.find(spoken)) if each]
        return max(found, key=lambda each: each.size).choice if found else None

    def find_aspect(self, said: Sequence[str]) -> tuple[Aspect | None, tuple[str, ...]]:
        """The aspect a whole question asks for, besides its topic; and the words that are left for that."""
        found = self._within.find(without_small_talk(said))
        if found is None or found.choice is Aspect.FULL:
            return None, tuple(said)
        return found.choice, found.rest

    def find_hint(self, said: Sequence[str]) -> Aspect | None:
        """The aspect that a short question in a thread hints at, whatever else it says."""
        return self._alone.find(said) if len(said) <= LONGEST_FOLLOW_UP else None

    def content(self, said: Sequence[str], aspect: Aspect | None = None) -> frozenset[str]:
        """The words that say what a question is about, beside those that ask for an aspect."""
        left_over = self._of_aspect[aspect].left_over(said) if aspect else frozenset(said)
        return left_over - self._fillers

    def find_follow_up(self, said: Sequence[str], shown: Aspect) -> Aspect | None:
        """The aspect of the thread's topic, where the words ask for nothing else.

        Args:
            said: The words of the question.
            shown: The aspect that was shown last; "the other side" turns it over.
        """
        if self._other_side.find(said) and not self._other_side.left_over(said) - self._fillers:
            return turned(shown)
        aspect = self.find_hint(said)
        if aspect is None or self.content(said, aspect):
            return None
        return None if aspect in SIDES and self._new_topic.find(said) else aspect


@dataclass(frozen=True, slots=True)
class _Found(Generic[Choice]):
    choice: Choice
    size: int
    """Words of the phrase."""
    rest: Phrase = ()
    """The words around and within the phrase."""


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[Choice]):
    choice: Choice
    needed: frozenset[str]
    written: str
    """A regular expression, compiled when it is first needed: most never are."""
    size: int


class _Patterns(Generic[Choice]):
    """Phrases that may have gaps: "why is … important"; at an end, a gap stands for all the rest.

    So "… for example" is found where it closes the question, "briefly …" where it opens it.
    """

    def __init__(self, meanings: Iterable[tuple[str, Choice]], skipped: frozenset[str] = frozenset()) -> None:
        self._by_word: dict[str, list[_Pattern[Choice]]] = {}
        for text, choice in meanings:
            parts = [_without(skipped, words(part)) for part in text.split(_GAP)]
            spoken = [word for part in parts for word in part]
            if spoken:
                pattern = _Pattern(choice, frozenset(spoken), _written(parts), len(spoken))
                self._by_word.setdefault(max(spoken, key=len), []).append(pattern)

    def find(self, said: Sequence[str]) -> _Found[Choice] | None:
        """The phrase with the most words; the first in the vocabulary among equals."""
        spoken = frozenset(said)
        near = [
            pattern
            for word in dict.fromkeys(said)
            for pattern in self._by_word.get(word, ())
            if pattern.needed <= spoken
        ]
        text = f" {' '.join(said)}"
        for pattern in sorted(near, key=lambda each: -each.size):
            found = re.search(pattern.written, text)
            if found:
                rest = (text[: found.start()], *found.groups(), text[found.end() :])
                return _Found(pattern.choice, pattern.size, tuple(" ".join(rest).split()))
        return None


class _Askers:
    """Titles, found where someone says that they are their own."""

    def __init__(self, vocabulary: Vocabulary, skipped: frozenset[str]) -> None:
        asker = vocabulary.asker
        self._titles = {_without(skipped, words(text)): role for text, role in _pairs(vocabulary.roles)}
        self._longest = max(map(len, self._titles), default=0)
        self._openings = frozenset(map(words, asker.openings))
        self._between = frozenset(asker.between)
        self._not_before = frozenset(map(words, asker.not_before))
        self._not_after = frozenset(map(words, asker.not_after))

    def find(self, said: Phrase) -> _Found[Role] | None:
        """The role whose title, with what stands before it, is the longest; the first among equals."""
        found = []
        for start in range(1, len(said)):
            for end in range(min(len(said), start + self._longest), start, -1):
                role = self._titles.get(said[start:end])
                if role is not None:
                    opening = self._opening(said, start)
                    if opening is not None and said[end : end + 1] not in self._not_after:
                        found.append(_Found(role, end - opening))
                    break
        return max(found, key=lambda each: each.size, default=None)

    def _opening(self, said: Phrase, title: int) -> int | None:
        """Where the words begin by which the asker claims a title; None where nobody does."""
        for end in range(title, max(0, title - _MOST_BETWEEN - 1), -1):
            for size in (4, 3, 2, 1):
                start = end - size
                if start >= 0 and said[start:end] in self._openings:
                    return None if self._is_about_another(said[:start]) else start
            if said[end - 1] not in self._between:
                return None
        return None

    def _is_about_another(self, before: Phrase) -> bool:
        return any(before[-size:] in self._not_before for size in (1, 2, 3))


def _written(parts: Sequence[Phrase]) -> str:
    """The parts in their order, each word with a space before it."""
    inner = [re.escape("".join(f" {word}" for word in part)) for part in parts if part]
    opens, closes = ("^" if parts[-1] == () else ""), ("$" if parts[0] == () else "(?= |$)")
    gap = rf"((?: \S+){{1,{_WIDEST_GAP}}}?)"
    return opens + gap.join(inner) + closes


def _without(skipped: frozenset[str], said: Sequence[str]) -> Phrase:
    return tuple(word for word in said if word not in skipped)


def turned(shown: Aspect) -> Aspect:
    """The other side of what was shown last."""
    return Aspect.LEADERSHIP if shown is Aspect.MANAGEMENT else Aspect.MANAGEMENT


def _pairs(texts: Mapping[Choice, Iterable[str]]) -> Iterator[tuple[str, Choice]]:
    return ((text, choice) for choice, group in texts.items() for text in group)
