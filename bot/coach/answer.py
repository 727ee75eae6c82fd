"""What the coach says, as meaning: which platform shows it, and how, is decided elsewhere."""

from dataclasses import dataclass

from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role
from bot.coach.topics import Sides


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph under a heading of its own."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to go on with, shown as a button or an entry of a menu."""

    label: str
    """At most 75 characters: the shortest limit of the platforms."""
    ask: Ask


@dataclass(frozen=True, slots=True)
class Menu:
    """Steps of one sort, too many for buttons."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes along with an answer, to its asker alone."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply, in the order it is to be shown. Every text is plain."""

    kind: MatchKind
    headline: str
    lead: str
    topic: str | None = None
    """What a thread goes on from; None leaves the thread as it was."""
    aspect: Aspect = Aspect.FULL
    role: Role | None = None
    sides: Sides | None = None
    points: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    menus: tuple[Menu, ...] = ()
    shared_as: Ask | None = None
    """What brings back this very answer, where it makes sense to others."""
    document: Document | None = None
    is_personal: bool = False
    """Tells of who asked: shown to them alone, and remembered by nobody."""
