"""What a workspace is made of: frozen values, in Slack's own words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal

Json = dict[str, Any]
Clock = Callable[[], float]
"""Gives seconds since 1970, as `time.time` does."""

Jump = Callable[[], Awaitable[str]]
"""Puts the clock forward; gives a sentence that says why not, empty where it did."""

TEAM_ID: Final = "T0LOCAL001"
TEAM_DOMAIN: Final = "local"
APP_ID: Final = "A0COACH001"
BOT_ID: Final = "B0COACH001"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the workspace, or a bot."""

    id: str
    name: str
    """The handle, typed after @."""
    real_name: str
    zone: str = "Europe/Madrid"
    """The time zone's name, as in the tz database."""
    bot: bool = False
    admin: bool = False
    guest: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A public channel, or somebody's direct messages with the coach."""

    id: str
    name: str
    kind: Literal["channel", "im"] = "channel"
    user: str | None = None
    """Whose direct messages these are."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, as the app's manifest has it."""

    command: str
    """With its slash."""
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    """Whether names and channels in its text are sent as ids."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; an edit gives a new value with the same `ts`."""

    channel: str
    ts: str
    """Slack's timestamp, which is also the id within the channel."""
    user: str
    text: str
    """As Slack stores it: &, < and > escaped, mentions as <@U…>."""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    """The root's `ts`, in replies only."""
    bot: bool = False
    audience: str | None = None
    """The one person who sees an ephemeral message."""
    edited: bool = False
    metadata: Json | None = None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.audience is not None


@dataclass(frozen=True, slots=True)
class View:
    """A modal or a Home tab that one person sees."""

    id: str
    user: str
    payload: Json
    """As the app gave it, with the ids filled in that it left out."""
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with a submission, by `block_id`."""

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """A modal's title; empty for a Home tab."""
        return str(self.payload.get("title", {}).get("text", ""))


class ChangeKind(StrEnum):
    """What happened; the values are the `type` in the page's events."""

    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_DELETED = "message_deleted"
    HOME = "home"
    MODAL = "modal"
    PROMPTS = "prompts"
    STATUS = "status"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in the workspace; which fields are set follows from `kind`."""

    kind: ChangeKind
    audience: str | None = None
    """The one person who notices; None for everyone."""
    message: Message | None = None
    before: Message | None = None
    """The message as it was, where it was changed or deleted."""
    view: View | None = None
    """None for MODAL: the last one was closed."""
    detail: Json | None = None
    """The prompts, the status or the clock."""


Announce = Callable[[Change], None]
