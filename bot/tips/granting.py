"""A wish and how things stand → what to say and what to store. Pure, so that every case can be tried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.coach.daily_texts import DailyText
from bot.store.records import Status, Subscription, TargetKind
from bot.tips.pace import slower, trial_end
from bot.tips.schedule import WEEKDAYS, Pace, Schedule, is_known, local_day, slowed
from bot.tips.standing import Standing, is_paused, schedule_of
from bot.tips.who import Who
from bot.tips.wish import Act, Wish, changed, pause_end

USUAL_MINUTE = 10 * 60
"""When a tip comes to who names no hour."""
_UNKNOWN_ZONE = "UTC"
_LONGEST_TO_A_DATE = 300
"""Days; a date that is farther away has more likely just gone by."""
_MORE = frozenset({Act.SET, Act.RESUME})
"""What makes tips come."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What becomes of a wish."""

    text: DailyText | None
    """What to say first; None where it is enough to say what happens next."""
    wanted: Subscription | None = None
    """What to store; None leaves all as it is."""
    zone_guessed: bool = False
    taken_over: bool = False
    """Whether nobody looked after a channel's tips, and now somebody does."""


def grant(wish: Wish, who: Who, standing: Standing) -> Grant:
    """Decide on a wish of somebody who may not wish everything."""
    live = standing.live
    if live is not None and wish.act is not Act.SHOW and not may_change(who, live):
        return Grant(DailyText.NOT_YOURS)
    granted = (None if who.may_get_tips else _refuse(wish, live)) or _follow(wish, who, standing)
    if standing.is_stopped and granted.wanted is not None and granted.wanted.status is Status.ON:
        return Grant(DailyText.STOPPED)
    return granted


def may_change(who: Who, known: Subscription) -> bool:
    """A person's tips are theirs alone; a channel's are for who set them up, and for admins.

    Where who set them up was forgotten they are for anybody in the channel.
    """
    if known.target_kind is TargetKind.PERSON:
        return known.target_id == who.person
    return known.target_id == who.channel and (who.is_admin or known.set_up_by in {who.person, ""})


def _refuse(wish: Wish, live: Subscription | None) -> Grant | None:
    """What becomes of a guest's wish; None where it is followed like anybody's.

    Tips of their own end whatever they wish: they are from before, and nobody told us that it is over.
    """
    if live is None:
        return Grant(DailyText.GUEST)
    if live.target_kind is TargetKind.PERSON:
        return None if wish.act is Act.OFF else Grant(DailyText.GUEST, _ended(live))
    return Grant(DailyText.GUEST) if wish.act in _MORE else None


def _follow(wish: Wish, who: Who, standing: Standing) -> Grant:
    if standing.live is not None:
        return _owned(who, _BY_ACT[wish.act](wish, standing, standing.live))
    if wish.act not in _MORE:
        return Grant(None)
    # Guests get none, and a zone that is guessed gives the wrong hour: better to ask once more.
    return _begin(wish, who, standing) if who.is_known else Grant(DailyText.NOT_KNOWN)


def _owned(who: Who, granted: Grant) -> Grant:
    """The same, where nobody looks after what is changed, with somebody who does."""
    wanted = granted.wanted
    if wanted is None or wanted.set_up_by or wanted.status is Status.ENDED:
        return granted
    return replace(granted, wanted=replace(wanted, set_up_by=who.person), taken_over=True)


def _begin(wish: Wish, who: Who, standing: Standing) -> Grant:
    zone = who.zone if who.zone and is_known(who.zone) else None
    before = _before(standing.known)
    usual = before or Schedule(zone or _UNKNOWN_ZONE, USUAL_MINUTE, WEEKDAYS)
    found = changed(wish, usual, Pace.DAILY)
    if found is None:
        return Grant(DailyText.NO_DAY)
    schedule, pace = found
    due = standing.next(schedule, pace)
    known = standing.known or Subscription(
        standing.workspace_id, standing.kind, standing.target, "", 0, 0, who.person
    )
    wanted = replace(
        known,
        tz=schedule.zone,
        minute=schedule.minute,
        days_mask=schedule.days,
        pace=pace,
        set_up_by=who.person,
        status=Status.ON,
        paused_until=None,
        until_on=None if _has_said(wish) else trial_end(due.due_on),
        asked=False,
        next_at=due.at,
        next_on=due.due_on,
    )
    here = standing.kind is TargetKind.CHANNEL
    text = DailyText.SIGNED_UP_HERE if here else DailyText.SIGNED_UP
    guessed = before is None and zone is None and wish.zone is None
    return Grant(text, wanted, zone_guessed=guessed)


def _before(known: Subscription | None) -> Schedule | None:
    """When tips came that have ended, as they do again; None where there were none, or their zone is gone."""
    return schedule_of(known) if known is not None and is_known(known.tz) else None


def _set(wish: Wish, standing: Standing, live: Subscription) -> Grant:
    if wish == Wish(here=wish.here):
        return _resume(wish, standing, live)
    found = changed(wish, schedule_of(live), Pace(live.pace))
    if found is None:
        return Grant(DailyText.NO_DAY)
    wanted = _with(_answered(live, wish), *found)
    if wanted == live:
        return Grant(DailyText.UNCHANGED)
    return Grant(DailyText.CHANGED, _planned(standing, wanted))


def _resume(wish: Wish, standing: Standing, live: Subscription) -> Grant:
    rests = is_paused(live, standing.now) or live.asked
    found = changed(wish, schedule_of(live), Pace(live.pace))
    if found is None:
        return Grant(DailyText.NO_DAY)
    wanted = _with(_answered(live, wish), *found)
    if not rests and wanted == live:
        return Grant(DailyText.UNCHANGED)
    until = _trial_end(wanted, standing)
    resumed = replace(wanted, status=Status.ON, paused_until=None, until_on=until)
    return Grant(DailyText.RESUMED if rests else DailyText.CHANGED, _planned(standing, resumed))


def _pause(wish: Wish, standing: Standing, live: Subscription) -> Grant:
    today = local_day(live.tz, standing.now)
    end = pause_end(wish, today)
    if end is not None and wish.pause_date and (end - today).days > _LONGEST_TO_A_DATE:
        return Grant(DailyText.DAY_GONE)
    until = _trial_end(live, standing)
    paused = replace(live, status=Status.PAUSED, paused_until=end, until_on=until)
    if end is None:
        missed = standing.next(schedule_of(live), Pace(live.pace)).due_on
        return Grant(None, _planned(standing, replace(paused, next_on=missed)))
    if until is not None and not live.asked:
        paused = replace(paused, until_on=until + (end - today))
    return Grant(None, _planned(standing, paused))


def _off(_: Wish, __: Standing, live: Subscription) -> Grant:
    here = live.target_kind is TargetKind.CHANNEL
    return Grant(DailyText.ENDED_HERE if here else DailyText.ENDED, _ended(live))


def _ended(live: Subscription) -> Subscription:
    return replace(
        live, status=Status.ENDED, paused_until=None, until_on=None, asked=False, next_at=None, next_on=None
    )


def _show(_: Wish, __: Standing, ___: Subscription) -> Grant:
    return Grant(DailyText.SHOWN)


def _less(wish: Wish, standing: Standing, live: Subscription) -> Grant:
    pace = slower(Pace(live.pace), live.days_mask)
    if pace == live.pace:
        return Grant(DailyText.SLOWEST)
    less = _planned(standing, replace(_answered(live, wish), pace=pace))
    if less.next_at is None:
        return Grant(DailyText.SLOWER, less)
    regular = standing.next(schedule_of(live), Pace(live.pace), live.paused_until)
    due = slowed(schedule_of(live), regular, pace)
    return Grant(DailyText.SLOWER, replace(less, next_at=due.at, next_on=due.due_on))


_BY_ACT: Mapping[Act, Callable[[Wish, Standing, Subscription], Grant]] = {
    Act.SET: _set,
    Act.RESUME: _resume,
    Act.PAUSE: _pause,
    Act.OFF: _off,
    Act.SHOW: _show,
    Act.LESS: _less,
}


def _with(live: Subscription, schedule: Schedule, pace: Pace) -> Subscription:
    return replace(live, tz=schedule.zone, minute=schedule.minute, days_mask=schedule.days, pace=pace)


def _has_said(wish: Wish) -> bool:
    """Whether a wish says how to go on after the trial: by a pace that is slower."""
    return wish.act is Act.LESS or wish.pace not in {None, Pace.DAILY}


def _answered(live: Subscription, wish: Wish) -> Subscription:
    """The same without a trial, once the question after it is answered: any wish does that when it is out."""
    return replace(live, asked=False, until_on=None) if live.asked or _has_said(wish) else live


def _trial_end(known: Subscription, standing: Standing) -> date | None:
    """The trial's last day if a pause ended today: it has moved by the days really paused, and no more.

    A pause with an end moves it by all of its days at once, one without by those from the first tip missed.
    """
    until, today = known.until_on, local_day(known.tz, standing.now)
    if until is None or known.asked or known.status is not Status.PAUSED:
        return until
    if known.paused_until is not None:
        return until - max(known.paused_until - today, timedelta(0))
    last = standing.last.due_on + timedelta(days=1) if standing.last else today
    missed = known.next_on or last  # what a platform refused to take is paused from that very tip on
    return until + max(today - missed, timedelta(0))


def _planned(standing: Standing, wanted: Subscription) -> Subscription:
    """The same with its next tip; a pause without an end has none, and keeps the day of the first missed."""
    if wanted.status is Status.PAUSED and wanted.paused_until is None:
        return replace(wanted, next_at=None)
    due = standing.next(schedule_of(wanted), Pace(wanted.pace), wanted.paused_until)
    return replace(wanted, next_at=due.at, next_on=due.due_on)
