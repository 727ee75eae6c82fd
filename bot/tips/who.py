"""Who speaks to the coach, as far as their platform tells: what the daily tip goes by."""

import re
from dataclasses import dataclass

from bot.coach.commands import Verb, parse_command
from bot.tips.hearing import hear

_TELLING = re.compile(r"tip|daily|remind", re.IGNORECASE)


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
    is_known: bool = True
    """Whether the platform told who they are, or never will; else the three above are taken for granted."""
    has_chat: bool = True
    """Whether a message to them alone would arrive; in Teams not before they added us for themselves."""

    @property
    def owner(self) -> str:
        """By what name the places of a conversation that are theirs alone belong to them."""
        return f"{self.platform}:{self.workspace}:{self.person}"


def needs_profile(text: str) -> bool:
    """Whether a text may be about its writer's own tips, so that more is to be known: rather too often."""
    verb = parse_command(text).verb
    named = verb is not Verb.TIP and _TELLING.search(text) is not None
    return verb is Verb.DAILY or named or hear(text) is not None
