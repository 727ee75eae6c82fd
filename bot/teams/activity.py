"""What Teams sends us, read into what we go by; everything else it holds is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Scope(StrEnum):
    """Which sort of conversation it is: Teams' own words."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and what it takes to send there."""

    tenant: str
    conversation: str
    """Its id, without the thread that Teams may hang on to it."""
    scope: Scope
    service_url: str
    """Where to send; may change at any time, so the newest one counts."""
    thread: str = ""
    """In a channel: the id of the message that a thread begins with."""
    team: str = ""
    """In a channel: the team it belongs to."""

    @property
    def address(self) -> str:
        """The conversation's id as it is sent to: with its thread, where there is one."""
        return f"{self.conversation};messageid={self.thread}" if self.thread else self.conversation


class Sort(StrEnum):
    """What happened."""

    MESSAGE = "message"
    """Somebody wrote to us, or used a command."""
    PRESS = "press"
    """Somebody pressed a button that is answered within the request."""
    FEEDBACK = "feedback"
    """Somebody judged an answer."""
    INVOKE = "invoke"
    """Something else that Teams waits to be answered."""
    ADDED = "added"
    RENEWED = "renewed"
    REMOVED = "removed"
    """We were installed, brought to a new version, uninstalled."""
    CHANNEL_GONE = "channel-gone"
    TEAM_GONE = "team-gone"
    """One that we were in is no more."""
    OTHER = "other"
    """Nothing that we have anything to say to; Teams may send new ones at any time."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened in Teams."""

    sort: Sort
    id: str
    """Unique within its conversation."""
    place: Place
    person: str = ""
    """Who did it: their id in Entra, or Teams' own where they have none."""
    account: str = ""
    """The same person as Teams addresses them, for answers that only they see."""
    bot: str = ""
    """We, as Teams addresses us here."""
    text: str = field(default="", repr=False)
    """What they wrote, free of markup and of our own name."""
    value: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What a button carried, with what stood in the fields beside it."""
    zone: str | None = None
    """Their time zone, of the time zone data."""
    is_private: bool = False
    """Whether only they see what they wrote, and are to see the answer alone: a slash command."""
    reply_to: str = ""
    """The message that was pressed or judged."""
