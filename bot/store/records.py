"""What the tables hold, as frozen values. Instants are UTC milliseconds, days are local to who is meant."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from bot.coach.handbook import Side
from bot.coach.question import Role


class WorkspaceStatus(StrEnum):
    """Whether anything may be sent in a workspace."""

    ACTIVE = "active"
    STOPPED = "stopped"
    """The platform refuses our token: nothing is sent until it is installed anew."""
    GONE = "gone"
    """Uninstalled; nothing of it is kept but this."""


class TargetKind(StrEnum):
    """Who gets the tips of a subscription."""

    PERSON = "person"
    CHANNEL = "channel"


class Status(StrEnum):
    """What a subscription does."""

    ON = "on"
    PAUSED = "paused"
    ENDED = "ended"


class State(IntEnum):
    """How far a delivery has come."""

    PENDING = 0
    SENDING = 1
    """It was written down that it is being sent; whether it was is not known before the result is."""
    SENT = 2
    FAILED = 3
    SKIPPED = 4
    """Too late, or not wanted any more."""
    UNKNOWN = 5
    """It may have arrived, and is not sent again."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation of the coach."""

    id: int
    platform: str
    external_id: str
    """The platform's own name for it."""
    status: WorkspaceStatus
    generation: int
    """Counts installations: whatever was begun for an earlier one is void."""
    installed_at: int
    token_ct: bytes | None
    """The token, encrypted; None where the settings hold it."""
    key_id: str | None
    rate: float
    """Messages a second."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who gets a tip, and when. One that was never stored has no id and version 0."""

    workspace_id: int
    target_kind: TargetKind
    target_id: str
    tz: str
    """An IANA name."""
    minute: int
    """Of the local day, from 0 to 1439."""
    days_mask: int
    """A bit a day, Monday is 1."""
    set_up_by: str
    """The person; empty once they had themselves forgotten."""
    status: Status = Status.ON
    pace: int = 0
    """0 every scheduled day, 1 every other, 2 weekly."""
    paused_until: date | None = None
    """The first day that counts again; None when a pause has no end."""
    until_on: date | None = None
    """The trial's last day."""
    asked: bool = False
    """Whether the question how to go on is out."""
    next_side: Side | None = None
    """Which side the next tip trains."""
    next_at: int | None = None
    """When it is due next; None while it is not."""
    next_on: date | None = None
    """The day that tip counts for; in a pause without an end the one that it would have counted for."""
    cursor: int = 0
    """Tips sent so far."""
    unanswered: int = 0
    """Tips without a reaction, in a row."""
    version: int = 0
    """Counts the changes of its settings."""
    id: int = 0


class Key(NamedTuple):
    """One tip: a subscription gets one a day."""

    subscription_id: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """A tip on its way, with whom it is for."""

    key: Key
    workspace_id: int
    target_kind: TargetKind
    target_id: str
    due_at: int
    """When it was due."""
    send_after: int
    """When its turn comes: spread behind `due_at`, or put back by a failure."""
    state: State
    attempts: int
    attempt_token: str | None
    """Names the latest attempt."""
    started_at: int | None
    """When the latest attempt began."""
    content_id: str | None
    """What is sent; None while it is not chosen."""
    error: str | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One workspace, leased: for as long as the lease lasts, nobody else sends there."""

    workspace_id: int
    platform: str
    external_id: str
    generation: int
    rate: float
    """Messages a second."""
    owner: str
    epoch: int
    """Counts the leases of this workspace."""
    lease_until: int
    """By the database's time; how long it is still good here goes by a monotonic clock."""


@dataclass(frozen=True, slots=True)
class Person:
    """What someone told the coach about themselves."""

    workspace_id: int
    external_id: str
    role: Role | None = None
    tz: str | None = None
    """An IANA name, where it is other than in their profile."""


@dataclass(frozen=True, slots=True)
class SeenTip:
    """A tip that a subscription has got."""

    tip_id: str
    seen_on: date
    reaction: str | None = None
    recall_step: int = 0
    """Recall questions sent so far."""
    recall_on: date | None = None
    """The day that its recall question was sent last; None before the first."""
