"""What people wish about their tips, as a value; the words for it, and what it makes of a schedule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.tips.hours import write_hour
from bot.tips.lexicon import MONTHS
from bot.tips.pieces import DAY_NAMES
from bot.tips.schedule import EVERY_DAY, MONDAY, Pace, Schedule

LONGEST_PAUSE_DAYS = 365


class Act(StrEnum):
    """What to do; the values of all but the first are words that people type."""

    SET = ""
    """Subscribe, or change what is named: whichever there is to do."""
    PAUSE = "pause"
    RESUME = "resume"
    OFF = "off"
    SHOW = "show"
    LESS = "less often"
    """The next slower pace."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish; what is None was not said, and stays as it is."""

    act: Act = Act.SET
    minute: int | None = None
    """Of the local day, from 0 to 1439."""
    days: int | None = None
    """These and no others, as in `Schedule.days`."""
    also: int = 0
    """Days to add; nothing where `days` is given."""
    without: int = 0
    """Days to take away; nothing where `days` is given. It shares no day with `also`."""
    zone: str | None = None
    """A zone of the time zone data."""
    pace: Pace | None = None
    pause_days: int | None = None
    """From 1 to 365, today being the first. A pause with no end lasts until `RESUME`."""
    pause_until: int | None = None
    """The weekday on which to go on, from 0 for Monday."""
    pause_date: tuple[int, int] | None = None
    """The month and the day, both from 1, on which to go on: the next such day."""
    here: bool = False
    """For the channel it was said in."""


class Matter(StrEnum):
    """What was not understood."""

    HOUR = "hour"
    ZONE = "zone"
    DAYS = "days"
    PAUSE = "pause"
    LENGTH = "length"
    """For how long tips are to come, which they cannot be told."""
    CLASH = "clash"
    """Two things that do not go together."""
    COMPLAINT = "complaint"
    """That there is something wrong with the tips, and not what is to be done."""
    WORDS = "words"
    """Something else."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A wish of which a part is wrong or unclear; nothing is to be changed."""

    kind: Matter
    text: str
    """The part, as it was read; at most 60 characters."""
    nearest: tuple[str, ...]
    """One to three valid parts: all that it may mean, else those most like it."""
    wishes: tuple[Wish, ...]
    """The whole wish with each of them in its place."""


def say(wish: Wish) -> str:
    """Write a wish as it may be typed behind `/lvm daily`; reading that gives the same wish."""
    return " ".join(_words(wish))


def changed(wish: Wish, schedule: Schedule, pace: Pace) -> tuple[Schedule, Pace] | None:
    """Apply a wish to a schedule; None where no day would be left, so that nothing may change.

    Whoever names days without a pace wants a tip on each of them.
    """
    days = (schedule.days if wish.days is None else wish.days) & ~wish.without | wish.also
    if not days:
        return None
    minute = schedule.minute if wish.minute is None else wish.minute
    if wish.pace is not None:
        pace = wish.pace
    elif wish.days is not None:
        pace = Pace.DAILY
    return Schedule(wish.zone or schedule.zone, minute, days), pace


def pause_end(wish: Wish, today: date) -> date | None:
    """The day on which tips go on after a pause that begins today; None where it has no end."""
    if wish.pause_until is not None:
        return today + timedelta(days=(wish.pause_until - today.weekday() - 1) % 7 + 1)
    if wish.pause_date is not None:
        return next_date(*wish.pause_date, today)
    return None if wish.pause_days is None else today + timedelta(days=wish.pause_days)


def next_date(month: int, day: int, today: date) -> date:
    """The next such day after today; in a year without a 29 February the day after it."""
    for year in (today.year, today.year + 1):
        found = date(year, month, 1) + timedelta(days=day - 1)
        if found > today:
            break
    return found


def write_date(month: int, day: int) -> str:
    """Write a day of the year as it may be typed: "5 december"."""
    return f"{day} {MONTHS[month - 1]}"


def write_days(days: int) -> str:
    """Write days by their short names, in the order of the week."""
    return ",".join(name for weekday, name in enumerate(DAY_NAMES) if days & MONDAY << weekday)


_PACES = {Pace.DAILY: "daily", Pace.HALF: "every other day", Pace.WEEKLY: "weekly"}

_FIRST = "first of a week"
"""Once a week where several days are named: who types both may want a tip on each."""


def _words(wish: Wish) -> Iterator[str]:
    if wish.act:
        yield wish.act
    if wish.pause_days is not None:
        yield f"{wish.pause_days} days"
    if wish.pause_until is not None:
        yield f"until {DAY_NAMES[wish.pause_until]}"
    if wish.pause_date is not None:
        yield f"until {write_date(*wish.pause_date)}"
    if wish.here:
        yield "here"
    if wish.minute is not None:
        yield f"at {write_hour(wish.minute)}"
    yield from _days(wish)
    if wish.zone is not None:
        yield f"in {wish.zone}"


def _days(wish: Wish) -> Iterator[str]:
    if wish.days is not None:
        yield "every day" if wish.days == EVERY_DAY else f"on {write_days(wish.days)}"
    if wish.also:
        yield f"also on {write_days(wish.also)}"
    if wish.without:
        yield f"except {write_days(wish.without)}"
    if wish.pace is not None:
        several = wish.pace is Pace.WEEKLY and (wish.days or 0).bit_count() > 1
        yield _FIRST if several else _PACES[wish.pace]
