"""Which aspect, and whose role, the words of a question ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.coach.handbook import Vocabulary
from bot.coach.phrases import Phrases
from bot.coach.question import Aspect, Role

Choice = TypeVar("Choice")

LONGEST_FOLLOW_UP = 12
"""Words; what is longer says what it is about."""

_SIDES = (Aspect.LEADERSHIP, Aspect.MANAGEMENT)


class Cues:
    """The vocabulary's phrases, ready to be looked for in a question's words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._alone = Phrases(_pairs(vocabulary.aspects))
        self._of_aspect = {
            aspect: Phrases((text, aspect) for text in texts) for aspect, texts in vocabulary.aspects.items()
        }
        self._within = Phrases(_pairs(vocabulary.aspects_within))
        self._roles = Phrases(_pairs(vocabulary.roles))
        self._other_side = Phrases((text, True) for text in vocabulary.other_side)
        self._new_topic = Phrases((text, True) for text in vocabulary.new_topic)
        self._fillers = frozenset(vocabulary.fillers)

    def find_role(self, said: Sequence[str]) -> Role | None:
        """The role people give away by their words; the longest phrase decides."""
        return self._roles.find(said)

    def find_aspect(self, said: Sequence[str]) -> Aspect | None:
        """The aspect a whole question asks for, besides its topic."""
        return self._within.find(said)

    def find_hint(self, said: Sequence[str]) -> Aspect | None:
        """The aspect that a short question in a thread hints at, whatever else it says."""
        return self._alone.find(said) if len(said) <= LONGEST_FOLLOW_UP else None

    def find_follow_up(self, said: Sequence[str], shown: Aspect) -> Aspect | None:
        """The aspect of the thread's topic, where the words ask for nothing else.

        Args:
            said: The words of the question.
            shown: The aspect that was shown last; "the other side" turns it over.
        """
        if self._other_side.find(said) and not self._other_side.left_over(said) - self._fillers:
            return Aspect.LEADERSHIP if shown is Aspect.MANAGEMENT else Aspect.MANAGEMENT
        aspect = self.find_hint(said)
        if aspect is None or self._of_aspect[aspect].left_over(said) - self._fillers:
            return None
        return None if aspect in _SIDES and self._new_topic.find(said) else aspect


def _pairs(texts: Mapping[Choice, Iterable[str]]) -> Iterator[tuple[str, Choice]]:
    return ((text, choice) for choice, group in texts.items() for text in group)
