"""What a tenant is made of: frozen values, in Teams' own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

Json = dict[str, Any]

TENANT_ID: Final = "7e9a0000-0000-4000-8000-00000000001a"
CLIENT_ID: Final = "c0ac4000-0000-4000-8000-00000000002b"
"""The app's id with Microsoft."""
BOT_ACCOUNT: Final = f"28:{CLIENT_ID}"
BOT_NAME: Final = "Coach"


class Scope(StrEnum):
    """Which sort of conversation it is."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


class Role(StrEnum):
    """What somebody is in the tenant."""

    USER = "user"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the tenant."""

    name: str
    entra_id: str
    zone: str = "Europe/Madrid"
    """The time zone's name, as in the tz database."""
    role: Role = Role.USER

    @property
    def account(self) -> str:
        """How the Bot Connector addresses them."""
        return f"29:1{self.entra_id.replace('-', '')}"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation."""

    id: str
    """Without any thread."""
    scope: Scope
    name: str
    person: Person | None = None
    """Whose personal chat with the app it is."""
    team: str = ""
    """The team that a channel belongs to."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; every change gives a new value with the same id."""

    place: str
    id: str
    """Milliseconds since 1970, as text; unique in the tenant."""
    account: str
    """Who sent it."""
    text: str = ""
    card: Json | None = None
    summary: str = ""
    """What a notification says."""
    thread: str = ""
    """In a channel, in replies: the id of the message that the thread begins with."""
    audience: str | None = None
    """The one account that sees it."""
    is_mention: bool = False
    """Whether the app is mentioned before the text."""
    can_be_judged: bool = False
    edited: bool = False
    cards_instead: Mapping[str, Json] = field(default_factory=dict)
    """By account: the card that took the place of `card` for who pressed one of its buttons."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By account: what the app said to who pressed a button last, where it left the card as it is."""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    """By account: like or dislike."""

    @property
    def is_bot(self) -> bool:
        """Whether the app sent it."""
        return self.account == BOT_ACCOUNT

    @property
    def root(self) -> str:
        """The message that the thread begins with: in a channel, its own where it is no reply."""
        return self.thread or self.id

    def card_for(self, person: Person) -> Json | None:
        """The card as somebody sees it."""
        return self.cards_instead.get(person.account, self.card)


class ChangeKind(StrEnum):
    """What happened; the values are the `type` in the page's events."""

    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in the tenant."""

    kind: ChangeKind
    message: Message | None = None
    now: float = 0.0
    """The time, where the clock was put forward."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the app's, as its manifest has it."""

    title: str
    description: str
