"""What the coach knows: the content as frozen values, built by `bot.content` and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.daily_texts import DailyText
from bot.coach.languages import Spoken
from bot.coach.question import Aspect, Role
from bot.coach.topics import Topic


class Side(StrEnum):
    """Which of the two a tip trains."""

    LEADING = "leading"
    MANAGING = "managing"


OTHER_SIDE = "other-side"
"""Stands beside the aspects where a follow-up turns over what was shown last."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A line to carry into the day."""

    id: str
    line: str
    why: str
    action: str
    if_then: str
    topic: str
    side: Side
    recall: str
    """A question to remember it by, some days later."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something the coach does rather than explains, with the words that ask for it."""

    id: str
    headline: str
    text: str
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Referral:
    """A fixed, humane text for what is beyond coaching, and the doors to knock on."""

    id: str
    headline: str
    text: str
    doors: tuple[str, ...]
    phrasings: tuple[str, ...]
    signs: tuple[str, ...] = ()
    """Words that are enough by themselves, whatever stands around them; with a "=" before them, only where
    nothing does."""


class QuoteStatus(StrEnum):
    """How well a line is known to come from whom it is credited to."""

    SOURCED = "sourced"
    MISATTRIBUTED = "misattributed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quote:
    """A well-known line, and whether it was said."""

    id: str
    words: str
    said_by: str
    """To whom it is usually credited."""
    status: QuoteStatus
    verdict: str
    reference: str
    """Where it can be checked, or what is missing."""
    topic: str
    """The topic it belongs to."""
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """The words around a title by which people say that it is their own."""

    openings: tuple[str, ...]
    """Phrases of at most four words after which a title is the asker's."""
    between: tuple[str, ...]
    """Words that may stand between an opening and a title."""
    skipped: tuple[str, ...]
    """Words that change nothing, wherever they stand in a phrase."""
    not_before: tuple[str, ...]
    """Phrases of at most three words that make an opening somebody else's."""
    not_after: tuple[str, ...]
    """Words that make a title somebody else's."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are particular to the content; data, so that owners can mend them."""

    aspects: Mapping[Aspect, tuple[str, ...]]
    """Words and phrases that ask for an aspect when nothing else is said: a follow-up."""
    aspects_within: Mapping[Aspect, tuple[str, ...]]
    """Phrases that ask for an aspect inside a whole question; "…" stands for other words. Those of FULL
    only look as if they asked for another."""
    other_side: tuple[str, ...]
    """Phrases that ask for the side that was not shown last."""
    new_topic: tuple[str, ...]
    """Openings that make even a follow-up's words a question of their own."""
    roles: Mapping[Role, tuple[str, ...]]
    """Titles, which count where people say that they are their own."""
    tellings: Mapping[Role, tuple[str, ...]]
    """Phrases by which people say who they are without a title; "…" stands for other words."""
    asker: Asker
    synonyms: Mapping[str, tuple[str, ...]]
    """A word, and the words that mean the same to us."""
    kin: Mapping[str, tuple[str, ...]]
    """Words and phrases that lie close in meaning without being the same, by a name for the family."""
    fillers: tuple[str, ...]
    """Words that carry no topic of their own in a follow-up."""
    off_topic: tuple[str, ...]
    """Questions on other subjects, near and far."""
    follow_ups: Mapping[str, tuple[str, ...]]
    """Ways to go on with a topic without naming it, by the aspect they ask for or `OTHER_SIDE`."""


@dataclass(frozen=True, slots=True)
class Replies:
    """The coach's own words around the answers; `{…}` places are named in `bot.content.schema`."""

    welcome: str
    unsure: str
    off_topic: str
    which_topic: str
    """A follow-up without a thread."""
    no_special_case: str
    """A follow-up that asks for a case which the topic has no words for."""
    not_written: str
    """A name that there is nothing for."""
    empty: str
    thanks: str
    """To someone who only says thank you, okay or goodbye."""
    failed: str
    """Something broke; `{reference}` is the incident."""


@dataclass(frozen=True, slots=True)
class Handbook:
    """All of the content, whole and free of faults."""

    topics: Mapping[str, Topic]
    """By id, in the order to browse: by kind, then number, then title."""
    tips: tuple[Tip, ...]
    """The sides alternate as far as they can."""
    tools: Mapping[str, Tool]
    referrals: Mapping[str, Referral]
    quotes: Mapping[str, Quote]
    vocabulary: Vocabulary
    replies: Replies
    spoken: Spoken
    daily: Mapping[DailyText, str]
    """What is said about the daily tip."""
    digest: str
    """Changes when any of the content does."""
