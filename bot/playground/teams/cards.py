"""What an app wants to say, looked at as Teams looks at it; and the buttons on its cards."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.playground.teams.limits import CARD_TYPE, CARD_VERSION, MESSAGE_BYTES
from bot.playground.teams.model import Json
from bot.playground.teams.refusals import RefusedError

EXECUTE: Final = "Action.Execute"
_VERSION: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})", re.ASCII)


def check_size(body: Json) -> None:
    """Refuse what is too long.

    Raises:
        RefusedError: The whole message is more than Teams takes.
    """
    if len(json.dumps(body, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) > MESSAGE_BYTES:
        raise RefusedError(413, "MessageSizeTooBig", "The message is larger than 100 KB.")


def read_card(body: Json) -> Json | None:
    """Give the card of a message; None where there is none.

    Raises:
        RefusedError: Teams would not show it. Of more cards than one, which Teams takes, too: this
            emulator has no carousel.
    """
    attachments = body.get("attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise _malformed("attachments must be a list of objects")
    if len(attachments) > 1:
        raise _malformed("the emulator takes one card a message")
    if not attachments:
        return None
    if attachments[0].get("contentType") != CARD_TYPE:
        raise _malformed(f"the emulator takes no attachments but {CARD_TYPE}")
    return check_card(attachments[0].get("content"))


def check_card(card: object) -> Json:
    """Refuse what is no Adaptive Card of a version that Teams shows.

    Raises:
        RefusedError: It is none.
    """
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        raise _malformed("the card is no AdaptiveCard")
    version = _VERSION.fullmatch(str(card.get("version")))
    if version is None or (int(version[1]), int(version[2])) > CARD_VERSION:
        raise _malformed(f"the card's version must be at most {'.'.join(map(str, CARD_VERSION))}")
    if not isinstance(card.get("body"), list):
        raise _malformed("the card has no body")
    return card


def find_action(card: Json, label: str) -> Json:
    """Get the button that says so, or whose tooltip does.

    Raises:
        LookupError: There is none.
    """
    for action in actions(card):
        if label in (action.get("title"), action.get("tooltip")):
            return action
    raise LookupError(f"there is no button that says {label!r}")


def labels(card: Json) -> list[str]:
    """List what the buttons say, in order."""
    return [action["title"] for action in actions(card)]


def actions(card: Json) -> Iterator[Json]:
    """All buttons, wherever in the card they stand, in order."""
    return (each for each in _walk(card) if str(each.get("type")).startswith("Action."))


def inputs(card: Json) -> Iterator[Json]:
    """All fields, in order."""
    return (each for each in _walk(card) if str(each.get("type")).startswith("Input."))


def texts(card: Json) -> str:
    """All that is read on a card, in order, a line for each text."""
    return "\n".join(str(each["text"]) for each in _walk(card) if "text" in each)


def fill(card: Json, action: Json, typed: Mapping[str, str]) -> Json:
    """Give what a button sends: its own data, and where it reads the card's fields, what stands in them.

    Args:
        card: Which.
        action: The button.
        typed: By the field's id; what a choice says stands for its value.

    Raises:
        LookupError: There is no such field or choice.
    """
    fields = {str(each["id"]): each for each in inputs(card)}
    if unknown := typed.keys() - fields.keys():
        raise LookupError(f"there is no field {min(unknown)!r}")
    data = action.get("data")
    own: Json = dict(data) if isinstance(data, dict) else {}
    if action.get("associatedInputs") == "none":
        return own
    standing = {name: str(field["value"]) for name, field in fields.items() if "value" in field}
    chosen = {name: _choose(fields[name], text) for name, text in typed.items()}
    return standing | chosen | own


def _choose(field: Json, text: str) -> str:
    if field["type"] != "Input.ChoiceSet":
        return text
    values = {choice["title"]: choice["value"] for choice in field["choices"]}
    value = str(values.get(text, text))
    if value not in values.values():
        raise LookupError(f"there is no choice {text!r}")
    return value


def _walk(part: Any) -> Iterator[Json]:  # noqa: ANN401  any JSON value
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from _walk(value)


def _malformed(message: str) -> RefusedError:
    return RefusedError(400, "BadSyntax", message)
