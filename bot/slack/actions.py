"""The names of our buttons and menus, and what they carry."""

from bot.coach.question import Ask, Aspect, Role

PREFIX = "lvm"
STEP = f"{PREFIX}:step"
"""A button of an answer; a number follows, because action ids are unique in a message."""
MENU = f"{PREFIX}:menu"
"""A menu of an answer; a number follows."""
SHARE = f"{PREFIX}:share"
QUESTION = f"{PREFIX}:question"
"""The question box, in the Home tab and in a modal."""
ANSWER_VIEW = f"{PREFIX}:answer"
"""The modal that shows an answer."""

DAILY = f"{PREFIX}:daily"
"""A picker or button of the daily tip in the Home tab; its name follows. It carries words as typed behind
`/lvm daily`."""

_SEPARATOR = "|"


def encode(ask: Ask) -> str:
    """What a button carries: at most 150 characters, since ids are at most 50."""
    return _SEPARATOR.join((ask.topic or "", ask.aspect, ask.role or "", ask.tool or "", ask.item or ""))


def decode(value: str) -> Ask:
    """Read what a button carries; anything forged or outdated becomes an empty Ask."""
    parts = value.split(_SEPARATOR)
    if len(parts) != len(encode(Ask()).split(_SEPARATOR)):
        return Ask()
    topic, aspect, role, tool, item = parts
    try:
        return Ask(topic or None, Aspect(aspect), Role(role) if role else None, tool or None, item or None)
    except ValueError:
        return Ask()
