"""What a question turned out to be about."""

from dataclasses import dataclass
from enum import StrEnum

from bot.coach.question import Aspect, Role


class MatchKind(StrEnum):
    """The outcomes; the values are the `kind` of `lvm ask --json`."""

    ANSWER = "answer"
    CHOICES = "choices"
    DECLINE = "decline"
    REFER = "refer"
    TOOL = "tool"
    FOLLOWUP = "followup"


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic and how well it fits, from 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """One outcome; which fields are set follows from `kind`."""

    kind: MatchKind
    topic: str | None = None
    """The topic of an ANSWER or a FOLLOWUP (None there: no thread to follow)."""
    aspect: Aspect = Aspect.FULL
    role: Role | None = None
    tool: str | None = None
    referral: str | None = None
    task: str | None = None
    """The number, from 0, of one of the topic's tasks: an ANSWER about that task."""
    quote: str | None = None
    """An ANSWER about a well-known line; the topic is the one it belongs to."""
    thanks: bool = False
    """A DECLINE of what asks for nothing: thank you, okay, goodbye."""
    score: float = 0.0
    language: str | None = None
    """The language of the question, where it is not the content's own."""
    off_topic: bool = False
    """A DECLINE because the question is on another subject, and not because nothing is written on it."""
    choices: tuple[str, ...] = ()
    """Topics to choose from; for a DECLINE, the nearest ones."""
    runners_up: tuple[Scored, ...] = ()
