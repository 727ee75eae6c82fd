"""Topics, the largest part of the handbook: what the coach explains."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.question import Aspect, Role


class Kind(StrEnum):
    """A topic's kind, in the order to browse; the value is also its folder in `responses/`."""

    OVERVIEW = "overview"
    DIFFERENCE = "differences"
    SITUATION = "situations"
    ASKED_OFTEN = "asked-often"
    FAQ = "faq"
    WHY_BOTH = "why-both"
    INTERPLAY = "interplay"
    ATTRIBUTE = "attributes"
    SKILL = "skills"
    TERM = "terms"
    THEORY = "theory"


class Evidence(StrEnum):
    """How well a source is supported, strongest first."""

    META_ANALYSIS = "meta-analysis"
    STUDY = "study"
    EXPERT_VIEW = "expert-view"
    COMPANY_PRACTICE = "company-practice"
    ARTICLES = "articles"


class Section(StrEnum):
    """A part that every topic of a kind has; the value is its key in the files."""

    GOING_ON = "going_on"
    LEADING_MOVE = "leading"
    MANAGING_MOVE = "managing"
    SAY = "say"
    AVOID = "avoid"
    WHO = "who"
    SAYS = "says"
    SUPPORT = "support"
    BEWARE = "beware"


class TaskSide(StrEnum):
    """Where a task belongs."""

    LEADING = "leading"
    MANAGING = "managing"
    BOTH = "both"


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
class Task:
    """Something people do at work, and the side it belongs to."""

    title: str
    side: TaskSide
    why: str
    names: tuple[str, ...]
    """Words by which people name it, in lower case."""


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
    sections: Mapping[Section, str] | None = None
    """The parts that belong to a situation or a theory, in the order to read."""
    tasks: tuple[Task, ...] = ()
    """Everyday tasks, told apart by side; only one topic has any."""
    roles: Mapping[Role, str] | None = None
    """A line for each role whose advice differs."""
    see_also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Short names for `/lvm difference NAME` and `/lvm define NAME`: poles and aliases."""
    number: int | None = None
    """A difference's place in the list, from 1."""
    not_phrasings: tuple[str, ...] = ()
    """Golden negatives: questions close to this topic that it must not answer."""
