"""Words → stems that the content knows: slips mended, and one word for all that mean the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.coach.spelling import Speller
from bot.coach.wording import stem, words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as."""

    stems: tuple[str, ...]
    guessed: float
    """The share of its words whose spelling had to be guessed, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Synonym:
    phrase: tuple[str, ...]
    meaning: tuple[str, ...]


class Reader:
    """Reads words as the phrasings and synonyms that it was built from know them."""

    def __init__(self, documents: Sequence[Sequence[str]], synonyms: Mapping[str, Sequence[str]]) -> None:
        frequencies = Counter(chain.from_iterable(map(set, documents)))
        named = chain.from_iterable(words(phrase) for phrase in chain(synonyms, *synonyms.values()))
        frequencies.update(set(named) - frequencies.keys())
        self._speller = Speller(frequencies)
        self._stems = {word: stem(word) for word in frequencies}
        self._known = frozenset(self._stems.values())
        self._synonyms = _by_first_stem(synonyms)

    def read(self, found: Sequence[str]) -> Reading:
        """Read the words of one text."""
        stems: list[str] = []
        guesses = 0
        for word in found:
            stemmed = self._stems.get(word) or stem(word)
            if stemmed not in self._known:
                meant = self._speller.correct(word)
                guesses += meant != word
                stemmed = self._stems.get(meant, stemmed)
            stems.append(stemmed)
        return Reading(self._unified(stems), guesses / max(len(stems), 1))

    def _unified(self, stems: list[str]) -> tuple[str, ...]:
        unified: list[str] = []
        place = 0
        while place < len(stems):
            for synonym in self._synonyms.get(stems[place], ()):
                end = place + len(synonym.phrase)
                if tuple(stems[place:end]) == synonym.phrase:
                    unified += synonym.meaning
                    place = end
                    break
            else:
                unified.append(stems[place])
                place += 1
        return tuple(unified)


def _by_first_stem(synonyms: Mapping[str, Sequence[str]]) -> dict[str, list[_Synonym]]:
    table: dict[str, list[_Synonym]] = {}
    for meaning, phrases in synonyms.items():
        meant = tuple(map(stem, words(meaning)))
        for phrase in phrases:
            said = tuple(map(stem, words(phrase)))
            if said and meant and said != meant:
                table.setdefault(said[0], []).append(_Synonym(said, meant))
    for entries in table.values():
        entries.sort(key=lambda synonym: -len(synonym.phrase))
    return table
