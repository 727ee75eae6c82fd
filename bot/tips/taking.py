"""What was heard, and how things stand → what is to be done about it. Pure."""

from datetime import timedelta
from enum import Enum, auto

from bot.coach.daily_texts import DailyText
from bot.store.records import Subscription, TargetKind
from bot.tips.hearing import Heard
from bot.tips.pace import WEEKLY_AFTER
from bot.tips.schedule import Pace, local_day
from bot.tips.standing import Standing, is_paused
from bot.tips.wish import Act, Wish


class Take(Enum):
    """What becomes of what was heard."""

    FOLLOW = auto()
    WHICH = auto()
    """Ask whether the channel's tips are meant."""
    NOTHING = auto()
    """Say that no tips come, and ask what it is about."""
    LEAVE = auto()
    """It is about something else."""


def take(heard: Heard, standing: Standing, *, typed: bool) -> Take:
    """Decide what becomes of what was heard.

    Args:
        heard: What was said.
        standing: How things stand for the channel where others read the answer, else for who said it.
        typed: Whether it was said behind the slash.
    """
    if standing.kind is TargetKind.CHANNEL:
        return _in_channel(heard, standing)
    live = standing.live
    if live is None:
        return _without(heard, standing, typed=typed)
    if heard.reply:
        return Take.FOLLOW if live.asked or is_asked_pace(live) else Take.LEAVE
    if heard.press:
        return Take.FOLLOW if _has_tip(standing, live) else Take.LEAVE
    goes_on = heard.is_bare and heard.act is Act.RESUME and not typed
    rests = is_paused(live, standing.now) or live.asked
    return Take.LEAVE if goes_on and not rests else Take.FOLLOW


def is_asked_pace(live: Subscription) -> bool:
    """Whether the last tip asked if once a week is right, and nothing was pressed since."""
    return live.unanswered == WEEKLY_AFTER + 1


def reply_to(reply: str, live: Subscription) -> Wish | DailyText:
    """What a `yes` or a `no` to our question wishes, or else what there is to say."""
    agrees = reply == "yes"
    if live.asked:
        return Wish(Act.RESUME, pace=Pace.DAILY) if agrees else Wish(Act.OFF)
    return DailyText.KEPT if agrees else DailyText.HOW_ELSE


def _in_channel(heard: Heard, standing: Standing) -> Take:
    if heard.press or heard.reply:
        return Take.LEAVE
    if standing.live is not None:
        return Take.WHICH
    if heard.stops and (heard.is_bare or heard.complains):
        return Take.NOTHING
    return Take.LEAVE if heard.is_bare else Take.FOLLOW


def _without(heard: Heard, standing: Standing, *, typed: bool) -> Take:
    """Where there is no subscription, or an ended one."""
    if heard.press or heard.reply:
        return Take.LEAVE
    if heard.stops and (heard.is_bare or heard.complains):
        return Take.NOTHING
    again = heard.act is Act.RESUME and standing.known is not None
    return Take.FOLLOW if typed or not heard.is_bare or again or heard.wish == Wish() else Take.LEAVE


def _has_tip(standing: Standing, live: Subscription) -> bool:
    """Whether the last tip came today or yesterday."""
    last = standing.last
    if last is None or last.due_at > standing.now:
        return False
    return last.due_on >= local_day(live.tz, standing.now) - timedelta(days=1)
