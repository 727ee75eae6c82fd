"""Where faults are written down, and how what people wrote is shown in them."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

from bot.content.rulebook import Rule
from bot.errors import Fault

_SHOWN_CHARACTERS = 60
_CHOICES_NAMED = 12


class Placed(Protocol):
    """Anything that stands at a line of a file."""

    @property
    def file(self) -> str:
        """The path, as the owner would type it."""

    @property
    def line(self) -> int:
        """The first line is 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file."""

    file: str
    line: int = 1


@dataclass(slots=True)
class Report:
    """Collects the faults of all files; reading goes on after each."""

    faults: list[Fault] = field(default_factory=list)

    def add(self, place: Placed, rule: Rule, message: str) -> None:
        """Write down one fault."""
        self.faults.append(Fault(place.file, place.line, rule, message))


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
