"""What happens next with someone's tips, in words."""

from datetime import date

from bot.tips.choice import Tried
from bot.tips.hours import write_hour
from bot.tips.pace import Notice, Send
from bot.tips.pieces import visible
from bot.tips.schedule import (
    EVERY_DAY,
    MONDAY,
    WEEKDAYS,
    WEEKEND,
    Occurrence,
    Pace,
    Schedule,
    counting_days,
    is_known,
    local_time,
)
from bot.tips.wish import Matter, Misread

TEXTS = {
    "next": "Next tip {day}, {hour}, {place}.",
    "summary": "{days} at {hour}, {place}",
    "unknown_zone": "I no longer know the zone {zone} and go by UTC. To choose another: /lvm daily in Lisbon",
    "trial-question": "Your two weeks of tips are over. How shall we go on? I send nothing until you choose.",
    "halved": "Five tips without a word from you, which is fine: I will write half as often from now on.",
    "weekly": "I will write once a week at most from now on. Is that right for you? Write me a yes or a no.",
    "later": "I will come back to it today at {hour}.",
    "too_late": "It is too late for later today. The next tip comes as usual.",
    "tried": "You tried {count} of your last {of} tips.",
}
"""Sentences; `{…}` places are filled in here."""
DISCREET = {"next": "Next tip {day}.", "summary": "{days}"}
"""The same where others read them: at which hour and in which place somebody works is theirs alone."""
MISREAD = {
    Matter.HOUR: 'I cannot tell which hour "{text}" is. Do you mean one of these?',
    Matter.ZONE: 'I cannot tell which time zone "{text}" is. Do you mean one of these?',
    Matter.DAYS: 'I cannot tell which days "{text}" are. Do you mean one of these?',
    Matter.PAUSE: (
        'I cannot tell how long "{text}" is. I know days, weeks, weekdays and dates such as 5 december, up '
        "to a year. Do you mean one of these?"
    ),
    Matter.LENGTH: (
        'I cannot send tips "{text}" and then end by myself. After two weeks I ask how to go on, and you can '
        "stop or pause them at any time."
    ),
    Matter.CLASH: '"{text}" does not go together. Do you mean one of these?',
    Matter.COMPLAINT: "I am sorry that they are a bother. What shall I do?",
    Matter.WORDS: 'I do not understand "{text}". Do you mean one of these?',
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_SETS = {WEEKDAYS: ("Weekdays", "weekday"), EVERY_DAY: ("Every day", "day"), WEEKEND: ("Weekends", "")}
_ONE_LEFT_OUT = 6
"""Days a week for which the missing one is named."""


def say_next(schedule: Schedule, due: Occurrence, *, discreet: bool = False) -> str:
    """Say when the next tip comes, by the clocks of the place: "Next tip Monday 23 November, 08:30, …".

    Args:
        schedule: Whose tip it is.
        due: When it comes.
        discreet: Whether hour and place are left out.
    """
    there = local_time(schedule.zone, due.at)
    if discreet:
        return DISCREET["next"].format(day=say_day(there.date()))
    minute = there.hour * 60 + there.minute
    said = TEXTS["next"].format(
        day=say_day(there.date()), hour=write_hour(minute), place=say_place(schedule.zone)
    )
    return said if is_known(schedule.zone) else f"{said} {TEXTS['unknown_zone'].format(zone=schedule.zone)}"


def say_summary(schedule: Schedule, pace: Pace = Pace.DAILY, *, discreet: bool = False) -> str:
    """Sum up a subscription: "Weekdays at 08:30, Lisbon time", or discreetly "Weekdays"."""
    if discreet:
        return DISCREET["summary"].format(days=say_days(schedule.days, pace).rstrip(","))
    return TEXTS["summary"].format(
        days=say_days(schedule.days, pace), hour=write_hour(schedule.minute), place=say_place(schedule.zone)
    )


def say_days(days: int, pace: Pace = Pace.DAILY) -> str:
    """Say on which days tips come: "Weekdays", "Every other weekday", "Once a week, on Mondays,"."""
    counting = counting_days(days, pace)
    if counting is None:
        return _say_every_other(days)
    if counting.bit_count() == 1 and pace is not Pace.DAILY:
        return f"Once a week, on {_listed(counting)},"
    if counting in _SETS:
        return _SETS[counting][0]
    if counting.bit_count() == _ONE_LEFT_OUT:
        return f"Every day but {_name(EVERY_DAY & ~counting)}"
    return _listed(counting)


def say_place(zone: str) -> str:
    """Name a zone by its city: "Lisbon time"; UTC stands for a zone that is not known here."""
    if not is_known(zone) or zone in {"UTC", "Etc/UTC"}:
        return "UTC"
    if zone.startswith("Etc/GMT"):  # whose sign is the other way round
        ahead = -int(zone.removeprefix("Etc/GMT") or 0)
        return f"UTC{ahead:+}" if ahead else "UTC"
    city = zone.rpartition("/")[2].replace("_", " ")
    return city if city.isupper() else f"{city} time"


def say_day(day: date) -> str:
    """Write a date as it is said: "Monday 23 November"."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def say_notice(notice: Notice | Send) -> str:
    """What goes along with a tip, or takes its place."""
    return TEXTS[notice]


def say_later(zone: str, then: int | None) -> str:
    """Say when a tip that was put off comes, or that it is too late for that."""
    if then is None:
        return TEXTS["too_late"]
    there = local_time(zone, then)
    return TEXTS["later"].format(hour=write_hour(there.hour * 60 + there.minute))


def say_tried(counted: Tried) -> str:
    """Say how many of the last tips were tried: "12 of your last 20", never a streak; "" before the first."""
    return TEXTS["tried"].format(count=counted.count, of=counted.of) if counted.of > 1 else ""


def say_misread(misread: Misread) -> str:
    """Ask back what was meant; the choices stand beside it."""
    return MISREAD[misread.kind].format(text=visible(misread.text))


def _say_every_other(days: int) -> str:
    if days.bit_count() == 1:
        return f"Every other {_name(days)}"
    one = _SETS.get(days, ("", ""))[1]
    return f"Every other {one}" if one else f"Every other one of {_listed(days)}"


def _name(day: int) -> str:
    return _DAYS[day.bit_length() - 1]


def _listed(days: int) -> str:
    names = [f"{name}s" for weekday, name in enumerate(_DAYS) if days & MONDAY << weekday]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
