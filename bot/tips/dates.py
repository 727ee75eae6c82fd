"""What people call a day of the year → month and day; the year is the next that has it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tips.lexicon import MONTHS

_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTEST = 3
"""Letters to which the name of a month is cut at most."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of the year, and how many words name it."""

    month: int
    """From 1."""
    day: int
    """From 1; 29 in February."""
    size: int


def read_date(said: Sequence[str], start: int) -> Dated | None:
    """Read the date that begins at a word, such as "5 december", "dec 5th", "the 5th of december"."""
    skipped = 1 if list(said[start : start + 1]) == ["the"] else 0
    words = list(said[start + skipped : start + skipped + 3])
    if words[1:2] == ["of"]:
        words, skipped = [words[0], *words[2:]], skipped + 1
    if len(words) < len(("5", "december")):
        return None
    for day, month in ((words[0], words[1]), (words[1], words[0])):
        found, number = _DAY.fullmatch(day), _month(month)
        if found and number and 0 < int(found[1]) <= _LENGTHS[number - 1]:
            return Dated(number, int(found[1]), skipped + 2)
    return None


def _month(word: str) -> int | None:
    """Its number from 1; "sept" is one, "ma" is none."""
    if len(word) < _SHORTEST:
        return None
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(word)), None)
