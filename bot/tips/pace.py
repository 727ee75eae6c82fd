"""How often tips come, by how people take them: five without a word halve the pace, ten make it weekly.

Pure. The planner asks `plan` once for each tip that falls due, and keeps the state that it gives.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.tips.schedule import Pace, local_day, local_time

HALVED_AFTER = 5
"""Tips in a row without a reaction."""
WEEKLY_AFTER = 10
"""Tips in a row without a reaction."""
TRIAL_DAYS = 14
LATER_MS = 3 * 3_600_000
LATEST_HOUR = 20
"""Nothing is put off to this local hour or beyond."""


class Notice(StrEnum):
    """What to say once, together with a tip."""

    HALVED = "halved"
    WEEKLY = "weekly"
    """Tips are weekly from now on, and the question whether that is right."""


class Send(StrEnum):
    """What to send when a tip falls due."""

    TIP = "tip"
    TRIAL_QUESTION = "trial-question"
    """How to go on, in place of a tip."""
    NOTHING = "nothing"
    """The question is out and not answered."""


@dataclass(frozen=True, slots=True)
class State:
    """How a subscription goes, as it is stored."""

    pace: Pace = Pace.DAILY
    unanswered: int = 0
    """Tips since the last reaction."""
    until_on: date | None = None
    """The last day of the trial; None after it was answered, and where there is none."""
    asked: bool = False
    """Whether the question after the trial is out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a tip that falls due."""

    send: Send
    state: State
    """To be kept; its pace already counts for the next tip."""
    notice: Notice | None = None


def trial_end(first_on: date) -> date:
    """The last day of a trial that begins on a day: two weeks, both days counted."""
    return first_on + timedelta(days=TRIAL_DAYS - 1)


def plan(state: State, due_on: date, days: int) -> Plan:
    """Decide what to send on a nominal date, and how to go on from there.

    Args:
        state: As it was kept after the tip before.
        due_on: The nominal date.
        days: The schedule's days, as a mask: they tell which pace is slower.
    """
    if state.until_on is not None and due_on > state.until_on:
        if state.asked:
            return Plan(Send.NOTHING, state)
        return Plan(Send.TRIAL_QUESTION, replace(state, asked=True))
    notice = None
    pace = state.pace
    if state.unanswered == HALVED_AFTER and tips_a_fortnight(days, Pace.HALF) < tips_a_fortnight(days, pace):
        notice, pace = Notice.HALVED, Pace.HALF
    elif state.unanswered == WEEKLY_AFTER:
        notice, pace = Notice.WEEKLY, slower(pace, days, to=Pace.WEEKLY)
    return Plan(Send.TIP, replace(state, pace=pace, unanswered=state.unanswered + 1), notice)


def slower(pace: Pace, days: int, to: Pace | None = None) -> Pace:
    """The next slower pace, or a certain one if that is slower; the same pace where none is.

    For someone with tips on one day a week it is every other week that is slower, not every week.
    """
    now = tips_a_fortnight(days, pace)
    less = [other for other in (Pace.HALF, Pace.WEEKLY) if tips_a_fortnight(days, other) < now]
    if to is not None:
        less = [other for other in less if other is to]
    return less[0] if less else pace


def tips_a_fortnight(days: int, pace: Pace = Pace.DAILY) -> int:
    """How many tips come in two weeks."""
    scheduled = days.bit_count()
    return {Pace.DAILY: 2 * scheduled, Pace.HALF: scheduled, Pace.WEEKLY: 2}[pace]


def later_today(zone: str, now: int) -> int | None:
    """The instant to which "later today" puts a tip off: 3 hours on, if that is before 20:00.

    Args:
        zone: The zone of the schedule.
        now: UTC milliseconds.

    Returns:
        UTC milliseconds of the same local day, or None where it is too late for that.
    """
    then = now + LATER_MS
    if local_day(zone, then) != local_day(zone, now) or local_time(zone, then).hour >= LATEST_HOUR:
        return None
    return then
