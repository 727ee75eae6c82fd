"""Which language a question is in, told by its commonest words and by its letters."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.coach.wording import words

_FEWEST_TELLING = 2
"""Words of another language that are enough."""
_TELLING_ALONE = 5
"""Letters from which one such word is enough where it is half of the text: shorter ones are names too."""
_FIRST_OTHER_LETTER = "\u0370"
"""Before it in Unicode, every letter is Latin."""
_LETTERS_LOOKED_AT = 24
"""At least, spread over the text; a script shows in a few."""

SCRIPTS = (
    *(
        "arabic",
        "armenian",
        "bengali",
        "cjk",
        "cyrillic",
        "devanagari",
        "ethiopic",
        "georgian",
        "greek",
        "gujarati",
    ),
    *(
        "gurmukhi",
        "hangul",
        "hebrew",
        "hiragana",
        "kannada",
        "katakana",
        "khmer",
        "lao",
        "malayalam",
        "myanmar",
    ),
    *("sinhala", "tamil", "telugu", "thai"),
)
"""Those that are told by their letters: the first words of the letters' names in Unicode, in lower case."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language, and what the coach says in it to someone who asks in it."""

    name: str
    words: tuple[str, ...] = ()
    """Common ones that tell it apart."""
    scripts: tuple[str, ...] = ()
    """Those of `SCRIPTS` that it is written in; none for a language in Latin letters."""
    says: str = ""
    """In this language: in which one the coach answers. Empty only for the content's own."""
    asks: str = ""
    """In this language: please put the question in that one."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The content's own language, and those that are told from it."""

    own: str
    how_to_ask: str
    """In the content's own language: how a question in it may look."""
    languages: tuple[Language, ...]
    """The own one among them. Among equals the first counts."""

    def get(self, name: str) -> Language:
        """The language of this name; one without any words where there is none."""
        return next((each for each in self.languages if each.name == name), Language(name))


class Languages:
    """Tells the content's own language from others. Deterministic."""

    def __init__(self, spoken: Spoken) -> None:
        self._own = spoken.own
        self._latin = tuple(each.name for each in spoken.languages if not each.scripts)
        self._of_script: dict[str, list[str]] = {}
        self._of_word: dict[str, tuple[str, ...]] = {}
        for language in spoken.languages:
            for script in language.scripts:
                self._of_script.setdefault(script, []).append(language.name)
            for word in dict.fromkeys(word for text in language.words for word in words(text)):
                self._of_word[word] = (*self._of_word.get(word, ()), language.name)
        self._own_words = frozenset(word for word, names in self._of_word.items() if spoken.own in names)
        self._telling = self._of_word.keys() - self._own_words
        self._order = {each.name: place for place, each in enumerate(spoken.languages)}

    def find_language(self, said: Sequence[str]) -> str | None:
        """Name the language of these words, or None for the content's own and for what cannot be told.

        Args:
            said: What `wording.words` reads in a text.
        """
        written = self._written(said)
        if written and self._own not in written:
            return max(written, key=self._count(said).__getitem__)
        telling = [word for word in said if word in self._telling]
        if not telling:
            return None
        counts = self._count(telling)
        best = max(written or self._latin, key=counts.__getitem__, default="")
        enough = counts[best] >= _FEWEST_TELLING or self._tells_alone(said, best)
        against = sum(best not in self._of_word[word] for word in said if word in self._own_words)
        return best if enough and counts[best] > against else None

    def _count(self, said: Sequence[str]) -> Counter[str]:
        """How many of the words each language has."""
        return Counter(name for word in said for name in self._of_word.get(word, ()))

    def _tells_alone(self, said: Sequence[str], name: str) -> bool:
        return len(said) <= _FEWEST_TELLING and any(
            len(word) >= _TELLING_ALONE and name in self._of_word.get(word, ()) for word in said
        )

    def _written(self, said: Sequence[str]) -> Collection[str] | None:
        """The languages in whose scripts half of the words are or more; None for Latin ones."""
        others = [word for word in said if word >= _FIRST_OTHER_LETTER]
        if not others or 2 * len(others) < len(said):
            return None
        letters = "".join(others)
        looked_at = letters[:: max(1, len(letters) // _LETTERS_LOOKED_AT)]
        scripts = {unicodedata.name(letter, "").partition(" ")[0].lower() for letter in looked_at}
        found = {name for script in scripts for name in self._of_script.get(script, ())}
        return sorted(found, key=self._order.__getitem__)
