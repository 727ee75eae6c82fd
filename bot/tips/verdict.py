"""What follows from how a send went: for its delivery, and for the lane it was in. Pure."""

import zlib
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.errors import DeliveryError, Refusal
from bot.store.ledger import MAYBE, Result
from bot.store.records import Delivery, State
from bot.tips.chosen import Card

FIRST_WAIT_MS = 1_000
LONGEST_WAIT_MS = 300_000
LONGEST_PAUSE_MS = 3_600_000
"""A platform that asks for more is asked again after this."""
RESEND_AFTER_MS = 10 * 60_000
"""What may have arrived is sent once more after this; sooner where sends in its lane go well again."""
REST_MS = 60_000
"""A lane in which nothing but doubts come about is left alone for this long."""
_NAME_CHARACTERS = 200
_FIRST_ATTEMPTS = 9
"""Attempts after which the wait is the longest anyway."""


class Went(StrEnum):
    """How a send went."""

    WELL = "well"
    TOLD_TO_WAIT = "told-to-wait"
    NOT_SENT = "not-sent"
    """It certainly did not arrive, and may another time."""
    UNKNOWN = "unknown"
    REFUSED = "refused"
    """It never will."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows."""

    went: Went
    result: Result
    wait_ms: int = 0
    """How long its lane is left alone, should the lane wait."""
    refusal: Refusal | None = None


def arrived(delivery: Delivery, card: Card, token: str, name: str) -> Verdict:
    """The platform took the message, and calls it so."""
    result = Result(
        delivery.key,
        token,
        State.SENT,
        external_ts=_clean(name),
        error=_mark(delivery, None),
        seen=card.seen,
        asked=card.asked,
    )
    return Verdict(Went.WELL, result)


def judge(delivery: Delivery, card: Card, token: str, error: DeliveryError, now: int) -> Verdict:
    """The platform did not take it, or it is not known whether it did.

    Args:
        delivery: As it was before the attempt.
        card: What was to be sent.
        token: The attempt's.
        error: What was raised.
        now: UTC milliseconds.
    """
    if error.outcome_unknown:
        return doubt(replace(delivery, attempt_token=token), card, now + RESEND_AFTER_MS)
    if error.permanent is not None:
        failed = Result(delivery.key, token, State.FAILED, error=error.permanent.value)
        return Verdict(Went.REFUSED, failed, refusal=error.permanent)
    if error.retry_after_seconds is not None:
        wait_ms = _milliseconds(error.retry_after_seconds)
        told = _mark(delivery, Went.TOLD_TO_WAIT)
        back = Result(delivery.key, token, State.PENDING, error=told, counted=False)
        return Verdict(Went.TOLD_TO_WAIT, back, wait_ms)
    wait_ms = back_off(delivery)
    reason = _mark(delivery, Went.NOT_SENT)
    again = Result(delivery.key, token, State.PENDING, send_after=now + wait_ms, error=reason)
    return Verdict(Went.NOT_SENT, again, wait_ms)


def doubt(delivery: Delivery, card: Card | None, again_at: int | None) -> Verdict:
    """Its latest attempt may have arrived: it is made once more, unless it was before.

    Then it counts as arrived, because a tip that nobody saw costs less than one that comes too often.

    Args:
        delivery: With the token of that attempt.
        card: What was sent, where it is known.
        again_at: When to make it once more, in UTC milliseconds; None for never.
    """
    token = delivery.attempt_token or ""
    if delivery.error == MAYBE or again_at is None:
        seen, asked = (card.seen, card.asked) if card else (None, False)
        given_up = Result(delivery.key, token, State.UNKNOWN, error=MAYBE, seen=seen, asked=asked)
        return Verdict(Went.UNKNOWN, given_up, RESEND_AFTER_MS)
    again = Result(delivery.key, token, State.PENDING, send_after=again_at, error=MAYBE)
    return Verdict(Went.UNKNOWN, again, REST_MS)


def back_off(delivery: Delivery) -> int:
    """Milliseconds before the next attempt: twice as long each time, half of it drawn but always alike."""
    longest = min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(delivery.attempts, _FIRST_ATTEMPTS))
    drawn = zlib.crc32(f"{delivery.key.subscription_id} {delivery.key.due_on} {delivery.attempts}".encode())
    return longest // 2 + drawn % (longest // 2)


def _mark(delivery: Delivery, reason: str | None) -> str | None:
    """The reason, unless the mark of an earlier doubt has to stay."""
    return MAYBE if delivery.error == MAYBE else reason


def _milliseconds(seconds: float) -> int:
    if not seconds > 0:  # nor if it is no number
        return FIRST_WAIT_MS
    return int(min(seconds * 1000, LONGEST_PAUSE_MS))


def _clean(name: str) -> str:
    """What both databases can hold, whatever a platform said."""
    return "".join(each for each in name if each.isprintable() and not "\ud800" <= each <= "\udfff")[
        :_NAME_CHARACTERS
    ]
