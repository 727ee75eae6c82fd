"""Who speaks to the coach, as far as their platform tells: what the daily tip goes by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Who:
    """A person who writes or presses something, and where."""

    platform: str
    workspace: str
    """The platform's own name for it, as for the two below."""
    person: str
    channel: str | None
    """Where they are, if others read there too; None in a direct message and in a tab of their own."""
    zone: str | None
    """The time zone of their profile; None where it is not known, or no zone of the time zone data."""
    is_admin: bool
    """Of the workspace."""
    may_get_tips: bool
    """False for guests, bots and deactivated people."""

    @property
    def owner(self) -> str:
        """By what name the places of a conversation that are theirs alone belong to them."""
        return f"{self.platform}:{self.workspace}:{self.person}"
