"""What the coach knows: the content as frozen values, built by `bot.content` and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.question import Aspect, Role


class Kind(StrEnum):
    """A topic's kind; the value is also its folder in `responses/`."""

    OVERVIEW = "overview"
    DIFFERENCE = "differences"
    FAQ = "faq"
    WHY_BOTH = "why-both"


class Evidence(StrEnum):
    """How well a source is supported, strongest first."""

    META_ANALYSIS = "meta-analysis"
    STUDY = "study"
    EXPERT_VIEW = "expert-view"
    COMPANY_PRACTICE = "company-practice"
    ARTICLES = "articles"


class Side(StrEnum):
    """Which of the two a tip trains."""

    LEADING = "leading"
    MANAGING = "managing"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from."""

    id: str
    text: str
    """Who, what and when, as it would be cited."""
    evidence: Evidence
    note: str = ""
    """What it really says, or its caveat, in one sentence."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a topic and where they meet."""

    leadership: str
    management: str
    together: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the inventory, written out. Every text is plain: no markup of any platform."""

    id: str
    kind: Kind
    title: str
    lead: str
    """Answers the question by itself; at most 60 words."""
    aspects: Mapping[Aspect, str]
    """A text for each aspect but FULL and SOURCE."""
    if_then: str
    """Something to try: "When …, I will …"."""
    phrasings: tuple[str, ...]
    """How people ask for it."""
    sources: tuple[Source, ...]
    sides: Sides | None = None
    points: tuple[str, ...] = ()
    """What belongs to it beyond the lead, where there are no two sides."""
    roles: Mapping[Role, str] | None = None
    """A line for each role whose advice differs."""
    see_also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Short names for `/lvm difference NAME` and `/lvm define NAME`: poles and aliases."""
    number: int | None = None
    """A difference's place in the list, from 1."""
    not_phrasings: tuple[str, ...] = ()
    """Golden negatives: questions close to this topic that it must not answer."""


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
    """Words that are enough by themselves, whatever stands around them."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are particular to the content; data, so that owners can mend them."""

    aspects: Mapping[Aspect, tuple[str, ...]]
    """Words and phrases that ask for an aspect when nothing else is said: a follow-up."""
    aspects_within: Mapping[Aspect, tuple[str, ...]]
    """Phrases that ask for an aspect inside a whole question."""
    other_side: tuple[str, ...]
    """Phrases that ask for the side that was not shown last."""
    new_topic: tuple[str, ...]
    """Openings that make even a follow-up's words a question of their own."""
    roles: Mapping[Role, tuple[str, ...]]
    """Words and phrases by which people say who they are."""
    synonyms: Mapping[str, tuple[str, ...]]
    """A word, and the words that mean the same to us."""
    fillers: tuple[str, ...]
    """Words that carry no topic of their own in a follow-up."""
    off_topic: tuple[str, ...]
    """Questions on other subjects, near and far."""


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
    vocabulary: Vocabulary
    replies: Replies
    digest: str
    """Changes when any of the content does."""
