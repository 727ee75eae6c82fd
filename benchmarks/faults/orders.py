"""What reaches us of a workspace that leaves, in every order, and what must have become of it each time."""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations

from bot.store.records import WorkspaceStatus


class Event(StrEnum):
    """What reaches us."""

    UNINSTALLED = "uninstalled"
    REVOKED = "revoked"
    INSTALLED = "installed anew"
    OLD_UNINSTALLED = "uninstalled, from before"
    OLD_REVOKED = "revoked, from before"
    COMMAND = "a command"
    BUTTON = "a button"


EVENTS = (*Event, Event.UNINSTALLED, Event.REVOKED)
"""Slack says things twice."""
Order = tuple[Event, ...]


def orders(length: int) -> list[Order]:
    """Every order of so many of the events."""
    return sorted(set(permutations(EVENTS, length)))


@dataclass(frozen=True, slots=True)
class Expected:
    """A workspace as it must be."""

    status: WorkspaceStatus = WorkspaceStatus.ACTIVE
    is_anew: bool = False
    """Installed after the events from before came about."""
    is_erased: bool = False
    """Of those who were there at the beginning."""
    has_newcomer: bool = False
    """Whether the command's tips are kept."""

    def after(self, event: Event) -> "Expected":
        """As it must be after one more event."""
        match event:
            case Event.INSTALLED:
                return replace(self, status=WorkspaceStatus.ACTIVE, is_anew=True)
            case Event.COMMAND:
                return replace(self, has_newcomer=self.has_newcomer or self.takes_changes)
            case Event.OLD_UNINSTALLED | Event.OLD_REVOKED if self.is_anew:
                return self
            case Event.UNINSTALLED | Event.OLD_UNINSTALLED:
                return replace(self, status=WorkspaceStatus.GONE, is_erased=True, has_newcomer=False)
            case Event.REVOKED | Event.OLD_REVOKED if self.takes_changes:
                return replace(self, status=WorkspaceStatus.STOPPED)
        return self

    @property
    def takes_changes(self) -> bool:
        """Whether anything new is kept of it."""
        return self.status is WorkspaceStatus.ACTIVE

    @property
    def is_empty(self) -> bool:
        """Whether no row may be left of it."""
        return self.is_erased and not self.has_newcomer
