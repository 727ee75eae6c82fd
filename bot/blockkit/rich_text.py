"""What a rich_text block is made of."""

from collections.abc import Mapping
from typing import Final

from bot.blockkit import limits
from bot.blockkit.elements import ADDRESS, ID
from bot.blockkit.rules import Flag, Items, OneOf, Rule, Shape, Whole, Words

_STYLE: Final = Shape({name: Flag() for name in ("bold", "italic", "strike", "code", "underline")})
_LONG: Final = Words(limits.MESSAGE_BLOCKS_CHARACTERS)
_RUNS: Final = OneOf(
    {
        "text": Shape({"text": _LONG, "style": _STYLE}, ("text",)),
        "link": Shape({"url": ADDRESS, "text": _LONG, "style": _STYLE, "unsafe": Flag()}, ("url",)),
        "emoji": Shape({"name": ID, "unicode": ID, "style": _STYLE}, ("name",)),
        "user": Shape({"user_id": ID, "style": _STYLE}, ("user_id",)),
        "channel": Shape({"channel_id": ID, "style": _STYLE}, ("channel_id",)),
        "usergroup": Shape({"usergroup_id": ID, "style": _STYLE}, ("usergroup_id",)),
        "broadcast": Shape({"range": Words(9, choices=("here", "channel", "everyone"))}, ("range",)),
    }
)
_RUN_LIST: Final[Mapping[str, Rule]] = {"elements": Items(_RUNS, limits.MESSAGE_BLOCKS_CHARACTERS, 0)}
_RICH_SECTION: Final = Shape(_RUN_LIST, ("elements",))
_BORDERED: Final = Shape({**_RUN_LIST, "border": Whole(0, 1)}, ("elements",))
_RICH_LIST: Final = Shape(
    {
        "elements": Items(OneOf({"rich_text_section": _RICH_SECTION}), limits.MESSAGE_BLOCKS_CHARACTERS),
        "style": Words(7, choices=("bullet", "ordered")),
        "indent": Whole(0, 8),
        "offset": Whole(0, limits.MESSAGE_BLOCKS_CHARACTERS),
        "border": Whole(0, 1),
    },
    ("elements", "style"),
)
PARTS: Final = OneOf(
    {
        "rich_text_section": _RICH_SECTION,
        "rich_text_list": _RICH_LIST,
        "rich_text_preformatted": _BORDERED,
        "rich_text_quote": _BORDERED,
    }
)
