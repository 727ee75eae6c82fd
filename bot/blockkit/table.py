"""The table: every block and view that we know, as shapes with their limits."""

from collections.abc import Mapping
from typing import Final

from bot.blockkit import limits
from bot.blockkit.elements import (
    CHOOSERS,
    FEEDBACK,
    ID,
    IMAGE,
    IMAGE_FIELDS,
    PRESSABLE,
    TEXT_INPUT,
    plain,
    text,
)
from bot.blockkit.limits import Surface
from bot.blockkit.rich_text import PARTS
from bot.blockkit.rules import Flag, Items, OneOf, Rule, Shape, Words, at_least_one


def _block(fields: Mapping[str, Rule], *required: str) -> Shape:
    return Shape({"block_id": ID, **fields}, required)


_SECTION: Final = Shape(
    {
        "block_id": ID,
        "text": text(limits.TEXT_CHARACTERS),
        "fields": Items(text(limits.FIELD_CHARACTERS), limits.SECTION_FIELDS),
        "accessory": OneOf({"image": IMAGE, **PRESSABLE}),
        "expand": Flag(),
    },
    (),
    (at_least_one("text", "fields"),),
)
_IMAGE_BLOCK: Final = Shape(
    {**IMAGE_FIELDS, "block_id": ID, "title": plain(limits.LABEL_CHARACTERS)},
    IMAGE.required,
    IMAGE.checks,
)
_CONTEXT_PART: Final = OneOf({"image": IMAGE, **text(limits.TEXT_CHARACTERS).shapes})
_INPUT: Final = _block(
    {
        "label": plain(limits.LABEL_CHARACTERS),
        "element": OneOf({"plain_text_input": TEXT_INPUT, **CHOOSERS}),
        "hint": plain(limits.LABEL_CHARACTERS),
        "optional": Flag(),
        "dispatch_action": Flag(),
    },
    "label",
    "element",
)
_EVERYWHERE: Final = {
    "section": _SECTION,
    "header": _block({"text": plain(limits.HEADER_CHARACTERS)}, "text"),
    "divider": _block({}),
    "context": _block({"elements": Items(_CONTEXT_PART, limits.CONTEXT_ELEMENTS)}, "elements"),
    "actions": _block({"elements": Items(OneOf(PRESSABLE), limits.ACTIONS_ELEMENTS)}, "elements"),
    "input": _INPUT,
    "image": _IMAGE_BLOCK,
    "rich_text": _block({"elements": Items(PARTS, limits.MESSAGE_BLOCKS_CHARACTERS)}, "elements"),
}
_FEEDBACK_ROW: Final = Items(OneOf({"feedback_buttons": FEEDBACK}), limits.CONTEXT_ACTIONS_ELEMENTS)
_MESSAGES_ONLY: Final = {
    "markdown": _block({"text": Words(limits.MARKDOWN_CHARACTERS)}, "text"),
    "context_actions": _block({"elements": _FEEDBACK_ROW}, "elements"),
}
BLOCKS: Final[Mapping[Surface, OneOf]] = {
    Surface.MESSAGE: OneOf({**_EVERYWHERE, **_MESSAGES_ONLY}),
    Surface.MODAL: OneOf(_EVERYWHERE),
    Surface.HOME: OneOf(_EVERYWHERE),
}
_VIEW: Final[Mapping[str, Rule]] = {
    "private_metadata": Words(limits.VIEW_METADATA_CHARACTERS, least=0),
    "callback_id": Words(limits.ID_CHARACTERS, least=0),
    "external_id": Words(limits.ID_CHARACTERS, least=0),
}
_MODAL_WORDS: Final = {name: plain(limits.VIEW_TITLE_CHARACTERS) for name in ("title", "submit", "close")}
_MODAL_FLAGS: Final = {name: Flag() for name in ("clear_on_close", "notify_on_close", "submit_disabled")}
VIEWS: Final = OneOf(  # their `blocks` are looked at by themselves
    {
        "home": Shape(_VIEW),
        "modal": Shape({**_VIEW, **_MODAL_WORDS, **_MODAL_FLAGS}, ("title",)),
    }
)
