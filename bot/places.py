"""Places in the conversation, as one text each: where something was said, and whose that place is."""

from urllib.parse import quote, unquote

SHARED = "thread"
"""The sort of place that everybody there has in common."""
_PARTS = 5
"""Of a place, at least: platform, workspace, channel, sort and key."""


def name_place(platform: str, workspace: str, channel: str, sort: str, *key: str) -> str:
    """A place that no other shares.

    Args:
        platform: What the database calls it.
        workspace: The platform's own name for it, as for the channel.
        channel: Empty in a tab or window of somebody's own.
        sort: `SHARED`, or else a word for a place that is one person's alone.
        key: Where it is one person's, the person first.
    """
    return ":".join(quote(part, safe="") for part in (platform, workspace, channel, sort, *key))


def owner(place: str) -> str:
    """Whom a place belongs to, as `Who.owner` says it; empty where to nobody alone.

    Args:
        place: One of ours, or one person's seat in it, which is the place, a space and the person.
    """
    place, _, person = place.partition(" ")
    parts = [unquote(part) for part in place.split(":")]
    if len(parts) < _PARTS:
        return ""
    platform, workspace, _, sort, key, *_ = parts
    person = person or ("" if sort == SHARED else key)
    return f"{platform}:{workspace}:{person}" if person else ""
