"""Which aspect, and whose role, the words of a question ask for."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from bot.coach.handbook import Vocabulary
from bot.coach.question import Aspect, Role
from bot.coach.wording import words

Choice = TypeVar("Choice", bound=StrEnum)
Phrase = tuple[str, ...]

LONGEST_FOLLOW_UP = 12
"""Words; what is longer says what it is about."""
_SIDES = (Aspect.LEADERSHIP, Aspect.MANAGEMENT)


class Cues:
    """The vocabulary's phrases, ready to be looked for in a question's words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._alone = _index(vocabulary.aspects)
        self._within = _index(vocabulary.aspects_within)
        self._roles = _index(vocabulary.roles)
        self._other_side = _phrases(vocabulary.other_side)
        self._new_topic = _phrases(vocabulary.new_topic)
        self._fillers = frozenset(word for phrase in _phrases(vocabulary.fillers) for word in phrase)

    def find_role(self, spoken: Phrase) -> Role | None:
        """The role people give away by their words; the longest phrase decides."""
        return _longest(self._roles, spoken)

    def find_aspect(self, spoken: Phrase) -> Aspect | None:
        """The aspect a whole question asks for, besides its topic."""
        return _longest(self._within, spoken)

    def find_cue(self, spoken: Phrase) -> Aspect | None:
        """The aspect that a short question in a thread hints at, whatever else it says."""
        return _longest(self._alone, spoken) if len(spoken) <= LONGEST_FOLLOW_UP else None

    def find_follow_up(self, spoken: Phrase, shown: Aspect) -> Aspect | None:
        """The aspect of the thread's topic, where the words ask for nothing else.

        Args:
            spoken: The words of the question.
            shown: The aspect that was shown last; "the other side" turns it over.
        """
        if not spoken or len(spoken) > LONGEST_FOLLOW_UP:
            return None
        if _holds(self._other_side, spoken) and self._nothing_left(spoken, self._other_side):
            return Aspect.LEADERSHIP if shown is Aspect.MANAGEMENT else Aspect.MANAGEMENT
        aspect = _longest(self._alone, spoken)
        if aspect is None or not self._nothing_left(spoken, self._phrases_of(aspect)):
            return None
        if aspect in _SIDES and _holds(self._new_topic, spoken):
            return None
        return aspect

    def _phrases_of(self, aspect: Aspect) -> tuple[Phrase, ...]:
        return tuple(phrase for phrase, other in self._alone.items() if other is aspect)

    def _nothing_left(self, spoken: Phrase, phrases: Collection[Phrase]) -> bool:
        left = set(spoken) - self._fillers
        for phrase in phrases:
            if _contains(spoken, phrase):
                left -= set(phrase)
        return not left


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(phrase for text in texts if (phrase := words(text)))


def _index(cues: Mapping[Choice, tuple[str, ...]]) -> dict[Phrase, Choice]:
    return {phrase: choice for choice, texts in cues.items() for phrase in _phrases(texts)}


def _longest(index: Mapping[Phrase, Choice], spoken: Phrase) -> Choice | None:
    """The choice with the longest phrase in the words; the first in them among equals."""
    for size in range(min(len(spoken), max(map(len, index), default=0)), 0, -1):
        for start in range(len(spoken) - size + 1):
            choice = index.get(spoken[start : start + size])
            if choice is not None:
                return choice
    return None


def _holds(phrases: Iterable[Phrase], spoken: Phrase) -> bool:
    return any(_contains(spoken, phrase) for phrase in phrases)


def _contains(spoken: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return any(spoken[start : start + size] == phrase for start in range(len(spoken) - size + 1))
