"""What the coach says about the daily tip: the names of its texts, and what is filled in there."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class DailyText(StrEnum):
    """One text; where there is one for channels too, it ends in `_here`."""

    HEADLINE = "headline"
    HEADLINE_HERE = "headline_here"
    SIGNED_UP = "signed_up"
    SIGNED_UP_HERE = "signed_up_here"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SHOWN = "shown"
    RESUMED = "resumed"
    SLOWER = "slower"
    SLOWEST = "slowest"
    TRIAL = "trial"
    ZONE_GUESSED = "zone_guessed"
    NO_CHAT = "no_chat"
    """In Teams, to who signs up before we can write to them alone."""
    PAUSED = "paused"
    PAUSED_HERE = "paused_here"
    PAUSED_UNTIL = "paused_until"
    PAUSED_UNTIL_HERE = "paused_until_here"
    ASKED = "asked"
    """The question after the trial is out."""
    ASKED_HERE = "asked_here"
    ASKS_NEXT = "asks_next"
    """That question is what comes next."""
    ASKS_NEXT_HERE = "asks_next_here"
    ENDED = "ended"
    ENDED_HERE = "ended_here"
    NONE = "none"
    """There is no subscription."""
    NONE_HERE = "none_here"
    NOTHING_TO_STOP = "nothing_to_stop"
    """To who says "stop" and gets nothing."""
    NOTHING_TO_STOP_HERE = "nothing_to_stop_here"
    MEANT_ELSE = "meant_else"
    """To who says "stop" and did not say what."""
    WHICH = "which"
    """Whether a channel's tips are meant, or somebody's own."""
    KEPT = "kept"
    HOW_ELSE = "how_else"
    """To who answered no."""
    GUEST = "guest"
    NOT_KNOWN = "not_known"
    """The platform did not tell in time whether somebody is a guest."""
    NO_CHANNEL = "no_channel"
    NOT_YOURS = "not_yours"
    NOBODYS = "nobodys"
    """Who set up a channel's tips was forgotten."""
    TAKEN_OVER = "taken_over"
    NO_DAY = "no_day"
    DAY_GONE = "day_gone"
    UNCLEAR = "unclear"
    """Behind the question what was meant."""
    NO_PLATFORM = "no_platform"
    NOT_STORED = "not_stored"
    STOPPED = "stopped"
    """Nothing can be sent in the whole workspace."""
    NOT_SURE = "not_sure"
    """Whether it was stored is not known."""
    NOT_READ = "not_read"
    NOT_COUNTED = "not_counted"
    """In place of what is stored about somebody."""
    TRIED = "tried"
    NOT_FOR_ME = "not_for_me"
    COMES_ALREADY = "comes_already"
    OLD_BUTTON = "old_button"
    STORED = "stored"
    STORED_NOTHING = "stored_nothing"
    STORED_SUBSCRIPTION = "stored_subscription"
    STORED_CHANNELS = "stored_channels"
    STORED_DELIVERY = "stored_delivery"
    STORED_TIP_SEEN = "stored_tip_seen"
    STORED_PERSON = "stored_person"
    STORED_REFERENCE = "stored_reference"
    STORED_THREAD = "stored_thread"
    EXPORTED = "exported"
    NOTHING_TO_EXPORT = "nothing_to_export"
    FORGET_SURE = "forget_sure"
    """Asked before all is erased, unless it was said in full behind the slash."""
    FORGOTTEN = "forgotten"
    FORGOTTEN_CHANNELS = "forgotten_channels"
    NOTHING_TO_FORGET = "nothing_to_forget"
    MEMORY_ONLY = "memory_only"
    """To who asks for their data where there is no database."""


PLACES: Mapping[DailyText, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *(DailyText.SIGNED_UP, DailyText.SIGNED_UP_HERE, DailyText.CHANGED, DailyText.UNCHANGED),
                *(DailyText.SHOWN, DailyText.RESUMED, DailyText.SLOWER, DailyText.KEPT),
            ),
            ("summary",),
        ),
        **dict.fromkeys(
            (
                *(DailyText.TRIAL, DailyText.PAUSED_UNTIL, DailyText.PAUSED_UNTIL_HERE),
                *(DailyText.ASKS_NEXT, DailyText.ASKS_NEXT_HERE),
            ),
            ("day",),
        ),
        **dict.fromkeys(
            (
                *(DailyText.STORED_SUBSCRIPTION, DailyText.STORED_CHANNELS, DailyText.STORED_DELIVERY),
                *(DailyText.STORED_TIP_SEEN, DailyText.STORED_PERSON, DailyText.STORED_REFERENCE),
                DailyText.STORED_THREAD,
                *(DailyText.EXPORTED, DailyText.FORGET_SURE, DailyText.FORGOTTEN),
            ),
            ("count",),
        ),
    }
)
"""The places in braces that a text has; the others have none."""
