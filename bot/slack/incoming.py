"""What people write in Slack, freed of Slack's markup."""

import re
from html import unescape

_MARKUP = re.compile(r"<([^<>]*)>")


def plain(text: str) -> str:
    """The words of a message: links and channels by their label, mentions and calls dropped.

    Linear in the length of the text. The result is for reading only, never for showing.
    """
    return unescape(_MARKUP.sub(_spoken, text)).strip()


def _spoken(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target.startswith(("@", "!")):
        return " "
    if target.startswith("#"):
        return label
    return label or target
