"""Which tip comes next: pure, and for one subscription and day always the same.

A tip that someone read comes back as its question after about 2, 7, 21 and 60 days. A question whose time
went by is left out, so that it is really asked after *about* that long, and no heap of them grows.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.coach.handbook import Side, Tip

REST_DAYS = 90
"""No tip comes again within these."""
AVOID_DAYS = 365
"""What was not for someone is avoided for so long: the tip, and all tips of its topic."""
RECALL_DAYS = (2, 7, 21, 60)
"""Days after a tip on which its question comes back, step by step."""
RECALL_REST_DAYS = 3
"""One question at most in as many days."""
TIPS_BETWEEN = 2
"""Tips at least between two questions: someone with one tip a week gets more than questions."""
COUNTED = 20
"""Tips over which is counted what was tried."""

_LEAST_GRACE = 3
"""Days that a question may be late; the later steps half of their own time."""


class Reaction(StrEnum):
    """The button that was pressed on a tip; see `keep`."""

    TRIED = "tried"
    LATER = "later"
    NOT_FOR_ME = "not-for-me"
    LESS_OFTEN = "less-often"
    MORE = "more"
    """More on this."""


_LASTING = frozenset({Reaction.TRIED, Reaction.NOT_FOR_ME})
"""What a later button about when or what to read does not take back."""
_READ = frozenset({Reaction.TRIED, Reaction.LATER, Reaction.MORE})
"""What shows that a tip was read and wanted."""


def keep(before: Reaction | None, now: Reaction) -> Reaction:
    """The reaction to store where one was stored before: of what was tried or unwanted, the latest stays."""
    return before if before in _LASTING and now not in _LASTING else now


@dataclass(frozen=True, slots=True)
class Seen:
    """A tip that was sent to a subscription; sent again after 90 days it begins anew."""

    tip: str
    """Its id; the content may hold it no more."""
    seen_on: date
    """The nominal date."""
    reaction: Reaction | None = None
    recall_step: int = 0
    """From 0 to 4: the place in `RECALL_DAYS` behind the question that was asked last; 0 before the first."""
    recall_on: date | None = None
    """When its question was asked last."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A tip's question, in place of a tip."""

    tip: Tip
    recall_step: int
    """To be kept with what was seen once the question is asked."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How many of the last tips someone tried; never in a row, so that a missed day costs nothing."""

    count: int
    of: int
    """At most 20; 0 before the first tip."""


def choose(
    tips: Sequence[Tip],
    history: Sequence[Seen],
    today: date,
    side_last: Side | None,
    subscription: int | str,
) -> Tip | Recall | None:
    """Choose what to send on a day; None where everything was sent within 90 days or is not wanted.

    Args:
        tips: All of the content; in the same order, the same is chosen.
        history: What the subscription got, one entry a tip, in any order.
        today: The nominal date to choose for.
        side_last: The side of the last tip, not of the last question; the other one comes first.
        subscription: Whose choice it is; two people get different tips.
    """
    by_id = {tip.id: tip for tip in tips} if history else {}
    unwanted = {by_id[seen.tip].topic for seen in history if seen.tip in by_id and _is_avoided(seen, today)}
    recall = _recall(by_id, history, today, unwanted)
    if recall is not None:
        return recall
    last = {seen.tip: seen.seen_on for seen in history}
    fresh = [
        tip for tip in tips if tip.id not in last and tip.side is not side_last and tip.topic not in unwanted
    ] or _rested(tips, last, today, side_last, unwanted)
    if not fresh:
        return None
    return fresh[zlib.crc32(f"{subscription} {today.isoformat()}".encode()) % len(fresh)]


def _rested(
    tips: Sequence[Tip],
    last: Mapping[str, date],
    today: date,
    side_last: Side | None,
    unwanted: AbstractSet[str],
) -> list[Tip]:
    """With nothing new on the other side: what has rested longest, of the other side first."""

    def rank(tip: Tip) -> tuple[bool, date]:
        return tip.side is side_last, last.get(tip.id, date.min)

    resting = {id_ for id_, day in last.items() if (today - day).days < REST_DAYS}
    open_tips = [tip for tip in tips if tip.id not in resting and tip.topic not in unwanted]
    first = min(map(rank, open_tips), default=None)
    return [tip for tip in open_tips if rank(tip) == first]


def tried(history: Iterable[Seen]) -> Tried:
    """Count what was tried of the last 20 tips."""
    last = sorted(history, key=lambda seen: (seen.seen_on, seen.tip), reverse=True)[:COUNTED]
    return Tried(sum(seen.reaction is Reaction.TRIED for seen in last), len(last))


def _is_avoided(seen: Seen, today: date) -> bool:
    day = max(seen.seen_on, seen.recall_on or seen.seen_on)
    return seen.reaction is Reaction.NOT_FOR_ME and (today - day).days < AVOID_DAYS


def _recall(tips: dict[str, Tip], history: Sequence[Seen], today: date, unwanted: set[str]) -> Recall | None:
    """The question to ask: of those that are due the one that came furthest, then the oldest."""
    asked = max((seen.recall_on for seen in history if seen.recall_on), default=None)
    if asked is not None:
        since = sum(seen.seen_on > asked for seen in history)
        if (today - asked).days < RECALL_REST_DAYS or since < TIPS_BETWEEN:
            return None
    due = [
        (step, seen.seen_on, tips[seen.tip])
        for seen in history
        if seen.tip in tips and tips[seen.tip].topic not in unwanted and (step := _step(seen, today))
    ]
    step, _, tip = max(
        due, key=lambda one: (one[0], -one[1].toordinal(), one[2].id), default=(0, today, None)
    )
    return Recall(tip, step) if tip else None


def _step(seen: Seen, today: date) -> int:
    """The step that a question asked today would complete, from 1; 0 where none is due."""
    if seen.reaction not in _READ:
        return 0
    for step, days in enumerate(RECALL_DAYS[seen.recall_step :], start=seen.recall_step + 1):
        due = seen.seen_on + timedelta(days=days)
        if due <= today <= due + timedelta(days=max(_LEAST_GRACE, days // 2)):
            return step
    return 0
