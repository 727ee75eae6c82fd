"""The elements that blocks hold, and the objects that elements are made of, as shapes with their limits."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.blockkit import limits
from bot.blockkit.rules import Flag, Items, OneOf, Rule, Shape, Whole, Words, exactly_one

ID: Final = Words(limits.ID_CHARACTERS)
WEB_ADDRESS: Final = Words(limits.URL_CHARACTERS, pattern=r"https?://[^\s]+$")
ADDRESS: Final = Words(limits.URL_CHARACTERS, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$")


def _plain_shape(most: int) -> Shape:
    return Shape({"text": Words(most), "emoji": Flag()}, ("text",))


def plain(most: int) -> OneOf:
    """Make the rule for a plain_text object of at most so many characters."""
    return OneOf({"plain_text": _plain_shape(most)})


def text(most: int) -> OneOf:
    """Make the rule for a text object, plain_text or mrkdwn, of at most so many characters."""
    mrkdwn = Shape({"text": Words(most), "verbatim": Flag()}, ("text",))
    return OneOf({"plain_text": _plain_shape(most), "mrkdwn": mrkdwn})


def _initial_is_offered(value: Mapping[str, object], at: str) -> Iterator[str]:
    """A choice made beforehand must be among the options, word for word."""
    initial = value.get("initial_option")
    groups = value.get("option_groups", [])
    options = value.get("options", [])
    offered = list(options) if isinstance(options, list) else []
    for group in groups if isinstance(groups, list) else []:
        inner = group.get("options", []) if isinstance(group, dict) else []
        offered.extend(inner if isinstance(inner, list) else [])
    if initial is not None and initial not in offered:
        yield f"{at}/initial_option: is not among the options"


def _option(text: Rule, extra: Mapping[str, Rule] | None = None) -> Shape:
    return Shape(
        {
            "text": text,
            "value": Words(limits.OPTION_VALUE_CHARACTERS),
            "description": plain(limits.OPTION_TEXT_CHARACTERS),
            **(extra or {}),
        },
        ("text", "value"),
    )


_PLAIN_OPTION: Final = _option(plain(limits.OPTION_TEXT_CHARACTERS))
_RICH_OPTION: Final = _option(text(limits.OPTION_TEXT_CHARACTERS))
_LINK_OPTION: Final = _option(plain(limits.OPTION_TEXT_CHARACTERS), {"url": ADDRESS})
_GROUP: Final = Shape(
    {"label": plain(limits.OPTION_TEXT_CHARACTERS), "options": Items(_PLAIN_OPTION, limits.OPTIONS)},
    ("label", "options"),
)
_CONFIRM: Final = Shape(
    {
        "title": plain(limits.CONFIRM_TITLE_CHARACTERS),
        "text": plain(limits.CONFIRM_TEXT_CHARACTERS),
        "confirm": plain(limits.CONFIRM_BUTTON_CHARACTERS),
        "deny": plain(limits.CONFIRM_BUTTON_CHARACTERS),
        "style": Words(limits.ID_CHARACTERS, choices=("primary", "danger")),
    },
    ("title", "text", "confirm", "deny"),
)
_ACTION: Final[Mapping[str, Rule]] = {"action_id": ID, "confirm": _CONFIRM}
IMAGE_FIELDS: Final[Mapping[str, Rule]] = {
    "image_url": WEB_ADDRESS,
    "slack_file": Shape({"id": ID, "url": WEB_ADDRESS}, checks=(exactly_one("id", "url"),)),
    "alt_text": Words(limits.ALT_CHARACTERS),
}
IMAGE: Final = Shape(IMAGE_FIELDS, ("alt_text",), (exactly_one("image_url", "slack_file"),))
_BUTTON: Final = Shape(
    {
        **_ACTION,
        "text": plain(limits.BUTTON_TEXT_CHARACTERS),
        "value": Words(limits.BUTTON_VALUE_CHARACTERS),
        "url": ADDRESS,
        "style": Words(limits.ID_CHARACTERS, choices=("primary", "danger")),
        "accessibility_label": Words(limits.BUTTON_TEXT_CHARACTERS),
        "agent_prompt": Words(limits.BUTTON_PROMPT_CHARACTERS),
    },
    ("text",),
)
_SELECT: Final = Shape(
    {
        **_ACTION,
        "placeholder": plain(limits.PLACEHOLDER_CHARACTERS),
        "options": Items(_PLAIN_OPTION, limits.OPTIONS),
        "option_groups": Items(_GROUP, limits.OPTIONS),
        "initial_option": _PLAIN_OPTION,
        "focus_on_load": Flag(),
    },
    (),
    (exactly_one("options", "option_groups"), _initial_is_offered),
)
_OVERFLOW: Final = Shape(
    {**_ACTION, "options": Items(_LINK_OPTION, limits.OVERFLOW_MOST, limits.OVERFLOW_LEAST)}, ("options",)
)
_RADIO: Final = Shape(
    {
        **_ACTION,
        "options": Items(_RICH_OPTION, limits.CHOICES),
        "initial_option": _RICH_OPTION,
        "focus_on_load": Flag(),
    },
    ("options",),
    (_initial_is_offered,),
)
_CHECKBOXES: Final = Shape(
    {
        **_ACTION,
        "options": Items(_RICH_OPTION, limits.CHOICES),
        "initial_options": Items(_RICH_OPTION, limits.CHOICES),
        "focus_on_load": Flag(),
    },
    ("options",),
)
_TIME: Final = Shape(
    {
        **_ACTION,
        "placeholder": plain(limits.PLACEHOLDER_CHARACTERS),
        "initial_time": Words(len("23:59"), pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]$"),
        "timezone": Words(limits.ID_CHARACTERS),
        "focus_on_load": Flag(),
    }
)
_TRIGGERS: Final = Words(limits.ID_CHARACTERS, choices=("on_enter_pressed", "on_character_entered"))
TEXT_INPUT: Final = Shape(
    {
        "action_id": ID,
        "placeholder": plain(limits.PLACEHOLDER_CHARACTERS),
        "initial_value": Words(limits.INPUT_CHARACTERS, least=0),
        "multiline": Flag(),
        "min_length": Whole(0, limits.INPUT_CHARACTERS),
        "max_length": Whole(1, limits.INPUT_CHARACTERS),
        "dispatch_action_config": Shape({"trigger_actions_on": Items(_TRIGGERS, 2)}),
        "focus_on_load": Flag(),
    }
)
_FEEDBACK_BUTTON: Final = Shape(
    {
        "text": plain(limits.BUTTON_TEXT_CHARACTERS),
        "value": Words(limits.BUTTON_VALUE_CHARACTERS),
        "accessibility_label": Words(limits.BUTTON_TEXT_CHARACTERS),
    },
    ("text", "value"),
)
FEEDBACK: Final = Shape(
    {"action_id": ID, "positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON},
    ("positive_button", "negative_button"),
)

CHOOSERS: Final = {
    "static_select": _SELECT,
    "radio_buttons": _RADIO,
    "checkboxes": _CHECKBOXES,
    "timepicker": _TIME,
}
PRESSABLE: Final = {"button": _BUTTON, "overflow": _OVERFLOW, **CHOOSERS}
