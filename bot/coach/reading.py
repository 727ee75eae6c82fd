"""Words → stems that the content knows: slips mended, one word for all that mean the same, kin named."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import ne
from typing import TypeVar

from bot.coach.spelling import Speller
from bot.coach.wording import stem, words

Stems = tuple[str, ...]
Phrases = Mapping[str, Sequence[str]]
Entry = TypeVar("Entry")

_MOST_MENDED = 4
"""Words of a text that are looked up for a slip: with more of them it is another language, or noise."""
_FIRST_FAMILY = 0xE000
"""Each family of kin has a letter of Unicode's private use area for its name, which `words` drops."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as."""

    stems: Stems
    """In the order of the text; after them, the families that they belong to, a private letter each."""
    guessed: float
    """The share of its words whose spelling had to be guessed, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class CloseReading:
    """What was made of the words of a text, for people to read; each list in the order of the text."""

    mended: tuple[tuple[str, str], ...]
    """Words as they were written, and as they were read."""
    synonyms: tuple[tuple[str, str], ...]
    """What was said, and what was read in its place."""
    kin: tuple[tuple[str, str], ...]
    """What was said, and the name of a family it belongs to."""
    unknown: tuple[str, ...]
    """Words that the content does not hold."""


class _Phrases:
    """Phrases and what each means, to be found from a place in a text on."""

    def __init__(self, meanings: Iterable[tuple[str, Stems]]) -> None:
        """Take phrases with their meanings; one that stands twice has both."""
        self._meanings: dict[Stems, Stems] = {}
        self._sizes: dict[str, list[int]] = {}
        for text, meaning in meanings:
            phrase = _stemmed(text)
            if phrase and meaning and phrase != meaning:
                self._meanings[phrase] = (*self._meanings.get(phrase, ()), *meaning)
                self._sizes.setdefault(phrase[0], []).append(len(phrase))
        self._sizes = {first: sorted(set(sizes), reverse=True) for first, sizes in self._sizes.items()}

    def find(self, stems: Sequence[str], place: int) -> tuple[int, Stems] | None:
        """The longest phrase that begins at a place: its size and its meaning."""
        for size in self._sizes.get(stems[place], ()):
            meaning = self._meanings.get(tuple(stems[place : place + size]))
            if meaning is not None:
                return size, meaning
        return None


class Reader:
    """Reads words as the phrasings, the synonyms and the kin that it was built from know them.

    A synonym is read in the place of what was said; kin are read beside it.
    """

    def __init__(self, documents: Sequence[Sequence[str]], synonyms: Phrases, kin: Phrases) -> None:
        frequencies = Counter(chain.from_iterable(map(set, documents)))
        phrases = chain(synonyms, *synonyms.values(), *kin.values())
        named = chain.from_iterable(map(words, phrases))
        frequencies.update(set(named) - frequencies.keys())
        self._correct = Speller(frequencies).correct
        self._stems = {word: stem(word) for word in frequencies}
        self._known = frozenset(self._stems.values())
        self._meanings = {_stemmed(meaning): meaning for meaning in synonyms}
        self._family_names = tuple(kin)
        self._synonyms = _Phrases(
            (phrase, _stemmed(meaning)) for meaning, phrases in synonyms.items() for phrase in phrases
        )
        self._kin = _Phrases(
            (phrase, (chr(number),))
            for number, phrases in enumerate(kin.values(), _FIRST_FAMILY)
            for phrase in phrases
        )

    def read(self, found: Sequence[str]) -> Reading:
        """Read the words of one text."""
        spelt = self._spelt(found)
        unified = self._unified([self._stems.get(word) or stem(word) for word in spelt])
        guesses = sum(map(ne, found, spelt))
        return Reading((*unified, *self._families(unified)), guesses / max(len(found), 1))

    def read_closely(self, found: Sequence[str]) -> CloseReading:
        """Read the words of one text, and say what `read` makes of them. Takes longer."""
        spelt = self._spelt(found)
        stems = [self._stems.get(word) or stem(word) for word in spelt]
        unified: list[str] = []
        sources: list[str] = []
        synonyms: list[tuple[str, str]] = []
        place = 0
        while place < len(stems):
            hit = self._synonyms.find(stems, place)
            size, meaning = hit or (1, (stems[place],))
            said = " ".join(spelt[place : place + size])
            synonyms += [(said, self._meanings.get(meaning, " ".join(meaning)))] if hit else []
            unified += meaning
            sources += [said] * len(meaning)
            place += size
        return CloseReading(
            _distinct((word, read) for word, read in zip(found, spelt, strict=True) if word != read),
            _distinct(synonyms),
            _distinct(self._named_families(unified, sources)),
            _distinct(word for word, each in zip(found, stems, strict=True) if each not in self._known),
        )

    def _spelt(self, found: Sequence[str]) -> list[str]:
        """Mend the first words that nothing knows, each of them once."""
        strange = dict.fromkeys(word for word in found if not self._knows(word))
        mended = {word: self._correct(word) for word in islice(strange, _MOST_MENDED)}
        return [mended.get(word, word) for word in found]

    def _knows(self, word: str) -> bool:
        return word in self._stems or stem(word) in self._known

    def _named_families(self, stems: Sequence[str], sources: Sequence[str]) -> Iterator[tuple[str, str]]:
        for place in range(len(stems)):
            size, letters = self._kin.find(stems, place) or (0, ())
            said = " ".join(dict.fromkeys(sources[place : place + size]))
            for letter in letters:
                yield said, self._family_names[ord(letter) - _FIRST_FAMILY]

    def _unified(self, stems: Sequence[str]) -> Stems:
        unified: list[str] = []
        place = 0
        while place < len(stems):
            size, meaning = self._synonyms.find(stems, place) or (1, (stems[place],))
            unified += meaning
            place += size
        return tuple(unified)

    def _families(self, stems: Stems) -> Iterator[str]:
        for place in range(len(stems)):
            found = self._kin.find(stems, place)
            if found:
                yield from found[1]


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(entries))


def _stemmed(text: str) -> Stems:
    return tuple(map(stem, words(text)))
