"""Where faults are written down, and how what people wrote is shown in them."""

import difflib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.content.rulebook import Rule
from bot.errors import Fault

MAX_FAULTS = 100
"""Written down of one file."""

_SHOWN_CHARACTERS = 60
_CHOICES_NAMED = 16


class Placed(Protocol):
    """Anything that stands at a line of a file."""

    @property
    def file(self) -> str:
        """The path, as the owner would type it."""

    @property
    def line(self) -> int:
        """The first line is 1."""


class Named(Placed, Protocol):
    """A word that stands at a line of a file."""

    @property
    def value(self) -> str:
        """The word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: str
    line: int = 1


class Report:
    """Collects the faults of all files; reading goes on after each, up to `MAX_FAULTS` in one file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._in_file: Counter[str] = Counter()

    def add(self, place: Placed, rule: Rule, message: str) -> None:
        """Write down one fault."""
        self._in_file[place.file] += 1
        count = self._in_file[place.file]
        if count <= MAX_FAULTS:
            self.faults.append(Fault(place.file, place.line, rule, message))
        elif count == MAX_FAULTS + 1:
            message = f"there is more wrong than these {MAX_FAULTS} faults; mend them and check again"
            self.faults.append(Fault(place.file, place.line, Rule.MANY_FAULTS, message))

    def add_unknown(self, place: Named, rule: Rule, message: str, choices: Collection[str]) -> None:
        """Write down that `place` is none of the choices, with the one that was probably meant."""
        # To find it takes its time, which a file full of nonsense could stretch to minutes.
        nearest = suggestion(place.value, choices) if self._in_file[place.file] < MAX_FAULTS else ""
        self.add(place, rule, f"{message}; {nearest}")


def visible(text: str) -> str:
    """Escape what would not print, so that no file can forge lines of a log or a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(text: str) -> str:
    """Show a value in double quotes: its first 60 characters, escaped."""
    cut = "…" if len(text) > _SHOWN_CHARACTERS else ""
    return f'"{visible(text[:_SHOWN_CHARACTERS])}{cut}"'


def suggestion(word: str, choices: Collection[str]) -> str:
    """Say which of the choices was probably meant, or, if they are few, what they are."""
    nearest = difflib.get_close_matches(word[:_SHOWN_CHARACTERS], sorted(choices), n=1)
    if nearest:
        return f"did you mean {nearest[0]}?"
    if len(choices) <= _CHOICES_NAMED:
        return f"choose from {', '.join(choices)}" if choices else "there is none yet"
    return "see the names already in use"
