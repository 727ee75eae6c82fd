"""What someone wants to know, whatever platform it came from."""

from dataclasses import dataclass
from enum import StrEnum

MAX_CHARACTERS = 500
"""Longer questions are cut; see `wording.shorten`."""


class Role(StrEnum):
    """Who asks, where that changes the advice."""

    INDIVIDUAL = "individual"
    FIRST_TIME_MANAGER = "first-time-manager"
    MANAGER_OF_MANAGERS = "manager-of-managers"
    EXECUTIVE = "executive"


class Aspect(StrEnum):
    """Which side of a topic was asked for."""

    FULL = "full"
    """The whole answer, in one screen."""
    SHORT = "short"
    EXAMPLE = "example"
    TOMORROW = "tomorrow"
    """How to do it, starting tomorrow."""
    WHY = "why"
    LEADERSHIP = "leadership"
    MANAGEMENT = "management"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Question:
    """One question in its asker's words, with the thread it was asked in."""

    text: str
    """Free of platform markup; may be of any length and hold any character."""
    role: Role | None = None
    """What is known of the asker; words in the text overrule it."""
    topic: str | None = None
    """The thread's topic so far."""
    aspect: Aspect = Aspect.FULL
    """The aspect of it that was shown last."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a button asks for, without any matching: a topic, or a tool, or with neither all topics."""

    topic: str | None = None
    aspect: Aspect = Aspect.FULL
    role: Role | None = None
    tool: str | None = None
    item: str | None = None
    """A certain tip or quote of a tool, a certain task of a topic."""


_SEPARATOR = "|"


def write_ask(ask: Ask) -> str:
    """What a button carries, on any platform: at most 150 characters, since ids are at most 50."""
    return _SEPARATOR.join((ask.topic or "", ask.aspect, ask.role or "", ask.tool or "", ask.item or ""))


def read_ask(value: str) -> Ask:
    """Read what a button carries; anything forged or outdated becomes an empty Ask."""
    parts = value.split(_SEPARATOR)
    if len(parts) != len(write_ask(Ask()).split(_SEPARATOR)):
        return Ask()
    topic, aspect, role, tool, item = parts
    try:
        return Ask(topic or None, Aspect(aspect), Role(role) if role else None, tool or None, item or None)
    except ValueError:
        return Ask()
