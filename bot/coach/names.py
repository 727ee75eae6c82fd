"""Topics called by name: a number, a pole, an alias, or any of these misspelt."""

from collections.abc import Iterable

from bot.coach.spelling import Speller
from bot.coach.topics import Topic
from bot.coach.wording import stem, words

_JOINERS = frozenset({"vs", "versus", "and", "or", "the", "a", "of", "between", "in", "to", "number", "no"})


class Names:
    """An index of what some topics are called."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._ids: dict[frozenset[str], str] = {}
        self._numbers: dict[str, str] = {}
        frequencies: dict[str, int] = {}
        for topic in topics:
            if topic.number is not None:
                self._numbers[str(topic.number)] = topic.id
            for name in (*topic.names, topic.title, topic.id):
                spoken = words(name)
                self._ids.setdefault(_key(spoken), topic.id)
                self._ids.setdefault(_key(("".join(spoken),)), topic.id)
                frequencies |= dict.fromkeys(spoken, 1)
        self._speller = Speller(frequencies)

    def find(self, name: str) -> str | None:
        """The id of the topic that goes by this name, or None."""
        spoken = words(name)
        if (number := self._find_number(name)) is not None:
            return number
        if (topic := self._ids.get(_key(spoken))) is not None:
            return topic
        return self._ids.get(_key(tuple(self._speller.correct(word) for word in spoken)))

    def _find_number(self, name: str) -> str | None:
        digits = name.strip().removeprefix("#").removesuffix(".").lstrip("0")
        return self._numbers.get(digits)


def _key(spoken: tuple[str, ...]) -> frozenset[str]:
    """The words that count, in any order; all of them where none does."""
    return frozenset(stem(word) for word in spoken if word not in _JOINERS) or frozenset(spoken)
