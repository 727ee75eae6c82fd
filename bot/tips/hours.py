"""What people call an hour → minutes of the day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tips.lexicon import BEFORE_HOURS, HOURS, MINUTES, NUMBERS

_NOON, _DAY = 12, 24
_EARLIEST, _LATEST = 6, 12
"""From six to eleven an hour without a half of the day is taken as written; one to five may be either."""
_LAST_SLIP = 27
"""Up to here an hour beyond midnight may be counted on from the day before."""
_LONGEST = 3
"""Words that name an hour or lead to one."""
_DIGITS = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::00)?|([0-9]{2})|h)?(am|pm|a|p)?")
_NUMBER = re.compile(r"[0-9]+(?:[:.][0-9]*)*[a-z]{0,3}")


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour as it was said."""

    hour: int
    minute: int
    """May lie outside 0 to 59: a quarter to."""
    half: str = ""
    """`am`, `pm` or nothing."""
    is_bare: bool = False
    """Nothing but a number: it may count something else."""
    is_clear: bool = False
    """Written as on a clock of 24 hours."""

    def minutes(self, part: str = "") -> tuple[int, ...]:
        """Give the minutes of the day that it may mean: one, two where it is unclear, none where it is wrong.

        Args:
            part: The part of the day that was named with it, or nothing.
        """
        if not 0 <= self.hour < _DAY or self.minute >= 60:  # noqa: PLR2004  an hour has 60 minutes
            return ()
        told = _half(part, self.hour)
        if part == "morning" and self.hour > _NOON:
            return (self._total(self.hour - _NOON), self._total(self.hour))
        if self.half and told and told != self.half and self.hour <= _NOON:
            return tuple(minute for half in (self.half, told) for minute in self._of_half(half))
        half = self.half or (told if self.hour <= _NOON else "")
        if half:
            return self._of_half(half)
        if 0 < self.hour < _EARLIEST and not self.is_clear:
            return (self._total(self.hour + _NOON), self._total(self.hour))
        return (self._total(self.hour),)

    def nearest(self) -> tuple[int, ...]:
        """Give the three half hours that are nearest to one that is wrong; none where it is far from any."""
        if self.hour > _LAST_SLIP:
            return ()
        total = self.hour * 60 + min(max(self.minute, 0), 59)
        halves = sorted(range(0, 24 * 60, 30), key=lambda half: _apart(half, total))
        return tuple(halves[:3])

    def _of_half(self, half: str) -> tuple[int, ...]:
        if half == "am":
            return (self._total(self.hour % _NOON),) if self.hour <= _NOON else ()
        if not self.hour:
            return ()
        return (self._total(self.hour % _NOON + _NOON if self.hour <= _NOON else self.hour),)

    def _total(self, hour: int) -> int:
        return (hour * 60 + self.minute) % (24 * 60)


def write_hour(minute: int) -> str:
    """Write a minute of the day as a clock of 24 hours shows it."""
    return f"{minute // 60:02}:{minute % 60:02}"


def read_hour(said: Sequence[str], start: int) -> tuple[Hour, int] | None:
    """Read the hour that begins at a word.

    Returns:
        The hour, which may be wrong, and the number of its words; None where no hour begins.
    """
    for size in range(_LONGEST, 0, -1):
        named = HOURS.get(" ".join(said[start : start + size]))
        if named is not None and start + size <= len(said):
            return Hour(named // 60, named % 60, is_clear=True), size
    for size in range(_LONGEST, 0, -1):
        added = BEFORE_HOURS.get(" ".join(said[start : start + size]))
        hour = _plain_hour(said, start + size)
        if added is not None and hour is not None:
            return _with_half(Hour(hour, added), said, start, size + 1)
    return _read_number(said, start)


def _read_number(said: Sequence[str], start: int) -> tuple[Hour, int] | None:
    word = said[start]
    if digits := _DIGITS.fullmatch(word):
        minute = digits[2] or digits[3]
        half = {"a": "am", "p": "pm"}.get(digits[4] or "", digits[4] or "")
        clear = bool(minute) and len(digits[1]) > 1
        found = Hour(int(digits[1]), int(minute or 0), half, word.isdecimal(), clear or word.startswith("0"))
        return _with_half(found, said, start, 1)
    if _NUMBER.fullmatch(word):
        return Hour(int(re.split(r"[^0-9]", word)[0][:2]), 99), 1
    if (hour := _plain_hour(said, start)) is None or word.isdecimal() or len(word) < 3:  # noqa: PLR2004  "a", "an"
        return None
    for size in (2, 1):
        minutes = MINUTES.get(" ".join(said[start + 1 : start + 1 + size]))
        if minutes is not None and start + size < len(said):
            return _with_half(Hour(hour, minutes), said, start, 1 + size)
    return _with_half(Hour(hour, 0, is_bare=True), said, start, 1)


def _with_half(hour: Hour, said: Sequence[str], start: int, size: int) -> tuple[Hour, int]:
    """Take in "am", "pm" and "o'clock" behind an hour."""
    for _ in range(2):
        after = said[start + size] if start + size < len(said) else ""
        if after in {"am", "pm"} and not hour.half:
            hour, size = Hour(hour.hour, hour.minute, after), size + 1
        elif after == "oclock":
            hour, size = Hour(hour.hour, hour.minute, hour.half, is_clear=hour.is_clear), size + 1
    return hour, size


def _plain_hour(said: Sequence[str], at: int) -> int | None:
    word = said[at] if at < len(said) else ""
    return int(word) if word.isdecimal() and len(word) <= 2 else NUMBERS.get(word)  # noqa: PLR2004  two digits


def _apart(one: int, other: int) -> int:
    """Minutes between two, around the clock."""
    return min((one - other) % (24 * 60), (other - one) % (24 * 60))


def _half(part: str, hour: int) -> str:
    if part == "night":
        return "pm" if _EARLIEST <= hour < _LATEST else "am"
    return {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(part, "")
