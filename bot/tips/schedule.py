"""A schedule → the instants of its tips. Pure: every instant and date is a parameter.

A tip belongs to a *nominal* date, the one its schedule names. Where a clock change moves the hour, even
past midnight, the date stays; so it is the key of a delivery, and is never derived from the instant.
"""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (1 << weekday for weekday in range(7))
WEEKDAYS = MONDAY | TUESDAY | WEDNESDAY | THURSDAY | FRIDAY
WEEKEND = SATURDAY | SUNDAY
EVERY_DAY = WEEKDAYS | WEEKEND

MINUTES_A_DAY = 24 * 60
LATEST_MS = 4 * 3_600_000
"""A tip that is later than this is not sent any more."""
SPREAD_MS = 300_000
"""The longest that a tip waits for its turn among others of the same instant."""

_DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
_CACHED = 1 << 16
"""Entries: every minute of the day in 24 zones, and room to spare; about 15 MiB when all are used."""


class Pace(IntEnum):
    """Which of the scheduled days count, most first."""

    DAILY = 0
    """All of them."""
    HALF = 1
    """Every other one."""
    WEEKLY = 2
    """The first one of a week; a week begins on Monday."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """At which hour of which days someone wants a tip.

    Raises:
        ValueError: The minute or the days are out of range.
    """

    zone: str
    """An IANA name; one that is not known here is taken for UTC, see `is_known`."""
    minute: int
    """Of the local day, from 0 to 1439."""
    days: int = WEEKDAYS
    """A bit a day, Monday is 1, Sunday 64; at least one."""

    def __post_init__(self) -> None:
        if not 0 <= self.minute < MINUTES_A_DAY or not 0 < self.days <= EVERY_DAY:
            raise ValueError(f"no schedule: minute {self.minute}, days {self.days}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One tip's turn."""

    due_on: date
    """The nominal date."""
    at: int
    """UTC milliseconds."""


def is_known(zone: str) -> bool:
    """Whether a zone is in the time zone data of this machine; if not, its schedules go by UTC."""
    return isinstance(_find(zone), ZoneInfo)


def next_occurrence(
    schedule: Schedule, now: int, after: date | None = None, pace: Pace = Pace.DAILY
) -> Occurrence:
    """Find the first tip that comes after an instant and whose nominal date is after a day.

    What was missed is passed over: there is never a burst. Which days count at a slower pace depends on
    the calendar alone, so it is the same after a restart.

    Args:
        schedule: The schedule.
        now: UTC milliseconds.
        after: The last nominal date that had its tip; after a change of zone see `last_day`.
        pace: Which of the scheduled days count.
    """
    first = _EPOCH + now // _DAY_MS - 2
    day = after if after is not None and after.toordinal() > first else date.fromordinal(first)
    while True:
        found = _following(schedule.zone, schedule.minute, schedule.days, pace, day)
        if found.at > now:
            return found
        day = found.due_on


def slowed(schedule: Schedule, following: Occurrence, pace: Pace) -> Occurrence:
    """Find the first tip at a pace that has just become slower: later than the one before it would have been.

    Which days count depends on the calendar, so the very next one may well be among them; but whoever is
    told that there will be fewer is to see it at once.

    Args:
        schedule: The schedule.
        following: The tip that would have come next at the pace before, and is left out.
        pace: The slower one.
    """
    return next_occurrence(schedule, following.at, following.due_on, pace)


def last_day(zone: str, due_on: date, at: int) -> date:
    """Give the last day that had its tip, as seen from a zone that someone has moved to.

    A local day has one tip, whatever its zone is called. So whoever moves east across the date line, where
    the day begins that they have had already, waits until it is over: from Kiritimati to Honolulu two tips
    of 8:00 are 48 hours apart, and that is the shortest there is. Within a zone it is 22 to 26 hours.

    Args:
        zone: The new zone.
        due_on: The last tip's nominal date.
        at: Its instant, in UTC milliseconds.
    """
    return max(due_on, local_day(zone, at))


def is_too_late(zone: str, due_at: int, now: int) -> bool:
    """Whether a tip has missed its time: by more than 4 hours, or its local day is over."""
    return now - due_at > LATEST_MS or local_day(zone, now) > local_day(zone, due_at)


def send_after(subscription: int | str, due: Occurrence, receivers: int, rate: float) -> int:
    """Spread the tips of one instant, by chance but always alike, so that nobody is always last.

    Args:
        subscription: Whose tip it is.
        due: Its turn.
        receivers: How many of the same workspace are due at this instant.
        rate: Messages a second that the workspace takes, above 0.

    Returns:
        UTC milliseconds: at most 5 minutes, and no more than sending to all takes, after the instant.
    """
    window = min(SPREAD_MS, int(receivers / rate * 1000))
    drawn = zlib.crc32(f"{subscription} {due.due_on.isoformat()}".encode())
    return due.at + (drawn % window if window else 0)


def counting_days(days: int, pace: Pace) -> int | None:
    """The days of every week that have a tip at this pace, or None where weeks differ."""
    if pace is Pace.HALF and days.bit_count() % 2:
        return None
    return sum(1 << weekday for weekday in range(7) if _counts(days, pace, weekday + 1))


def local_time(zone: str, at: int) -> datetime:
    """What the clocks of a zone show at an instant given in UTC milliseconds."""
    return datetime.fromtimestamp(at / 1000, _find(zone))


def local_day(zone: str, at: int) -> date:
    """What the calendars of a zone show at an instant given in UTC milliseconds."""
    return local_time(zone, at).date()


@lru_cache(_CACHED)
def _following(zone: str, minute: int, days: int, pace: Pace, day: date) -> Occurrence:
    """The first tip on a day after this one."""
    while True:
        day += timedelta(days=1)
        if _counts(days, pace, day.toordinal()) and _exists(zone, day):
            return Occurrence(day, _at(zone, minute, day))


def _counts(days: int, pace: Pace, ordinal: int) -> bool:
    """Whether a day has a tip; the day with the ordinal 1 was a Monday."""
    week, weekday = divmod(ordinal - 1, 7)
    if not days >> weekday & 1:
        return False
    rank = (days & ((1 << weekday) - 1)).bit_count()
    if pace is Pace.HALF:
        return (week * days.bit_count() + rank) % 2 == 0
    return pace is Pace.DAILY or rank == 0


@lru_cache(_CACHED)
def _exists(zone: str, day: date) -> bool:
    """False for a day that a place left out, moving across the date line, as Apia did in 2011."""
    noon = MINUTES_A_DAY // 2
    return _at(zone, noon, day) < _at(zone, noon, day + timedelta(days=1))


@lru_cache(_CACHED)
def _at(zone: str, minute: int, day: date) -> int:
    """The instant at which a local day has an hour.

    One that a clock change leaves out comes as much later as the clocks were moved; of one that comes twice
    the first counts.
    """
    wall = datetime.combine(day, time(*divmod(minute, 60)), _find(zone))
    return int(wall.timestamp()) * 1000


@lru_cache(1 << 10)
def _find(zone: str) -> tzinfo:
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder
        return UTC
