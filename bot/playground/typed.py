"""What a person types, turned into what Slack stores: escaped, with names and addresses marked; pure."""

import re
from collections.abc import Mapping
from typing import Final

from bot.playground.model import Channel, Person

_MARKED: Final = re.compile(r"(https?://[^\s<>|]+)|(?<![\w@])@([\w-]+)|(?<![\w#])#([\w-]+)")
_BROADCASTS: Final = ("here", "channel", "everyone")


def escape(text: str) -> str:
    """Escape the three characters that Slack's markup is made of."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode(
    text: str, people: Mapping[str, Person], channels: Mapping[str, Channel], *, label: bool = False
) -> str:
    """Encode a text as it is stored. Linear in its length.

    Args:
        text: As it was typed.
        people: Who can be mentioned, by id.
        channels: What can be named, by id.
        label: Whether a mention also carries the name, as in the text of slash commands.
    """
    handles = {person.name.lower(): person for person in people.values()}
    names = {channel.name: channel for channel in channels.values() if channel.kind == "channel"}

    def mark(found: re.Match[str]) -> str:
        address, handle, name = found.groups()
        if address:
            return f"<{address}>"
        if name:
            return f"<#{names[name].id}|{name}>" if name in names else found[0]
        if handle in _BROADCASTS:
            return f"<!{handle}>"
        person = handles.get(handle.lower())
        if person is None:
            return found[0]
        return f"<@{person.id}|{person.name}>" if label else f"<@{person.id}>"

    return _MARKED.sub(mark, escape(text))
