"""The parts of blocks that a person can press, choose from or type into: finding them and reading them."""

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.playground.model import Json

_HOUR: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_STATELESS: Final = ("button", "overflow", "feedback_buttons", "image", "mrkdwn", "plain_text")


@dataclass(frozen=True, slots=True)
class Press:
    """One thing that a person does to one element."""

    block: Json
    element: Json
    value: str | None
    """A button's value, the chosen option's value, or the typed text."""


def with_ids(blocks: Sequence[Json], make_id: Callable[[], str]) -> list[Json]:
    """Copy blocks and fill in each block_id and action_id that was left out, as Slack does."""
    copied = copy.deepcopy(list(blocks))
    for block in copied:
        if "block_id" not in block:
            block["block_id"] = make_id()
        for element in _elements(block):
            if "action_id" not in element and element["type"] not in {"image", "mrkdwn", "plain_text"}:
                element["action_id"] = make_id()
    return copied


def _elements(block: Json) -> Iterator[Json]:
    if block["type"] == "rich_text":
        return
    for name in ("accessory", "element"):
        if name in block:
            yield block[name]
    yield from block.get("elements", [])


def options(element: Json) -> list[Json]:
    """List what can be chosen, whether grouped or not."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def find_element(blocks: Sequence[Json], block_id: str | None, action_id: str) -> tuple[Json, Json] | None:
    """Find an element by its ids; any block will do where `block_id` is None."""
    for block in blocks:
        for element in _elements(block):
            if element.get("action_id") == action_id and block_id in {None, block["block_id"]}:
                return block, element
    return None


def find_press(blocks: Sequence[Json], wanted: str) -> Press | None:
    """Find what a person would press who reads `wanted` on it: a label first, else an action_id."""
    presses = [
        press for block in blocks for element in _elements(block) for press in _presses(block, element)
    ]
    for label, press in presses:
        if label == wanted:
            return press
    for _, press in presses:
        if press.element.get("action_id") == wanted:
            return press
    return None


def _presses(block: Json, element: Json) -> Iterator[tuple[str, Press]]:
    if element["type"] == "button":
        yield element["text"]["text"], Press(block, element, element.get("value"))
    if element["type"] == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            yield element[side]["text"]["text"], Press(block, element, element[side]["value"])
    for option in options(element):
        yield option["text"]["text"], Press(block, element, option["value"])


def action(press: Press, ts: str) -> Json | None:
    """Say in Slack's words what was done; None where the element offers no such value."""
    element = press.element
    said: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": press.block["block_id"],
        "action_ts": ts,
    }
    if element["type"] == "button":
        return said | {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
    if element["type"] == "plain_text_input":
        return said | {"value": press.value}
    if element["type"] == "feedback_buttons":
        sides = (element["positive_button"], element["negative_button"])
        chosen = next((side for side in sides if side["value"] == press.value), None)
        return said | {"value": press.value, "text": chosen["text"]} if chosen else None
    held = _held(element, press.value or "")
    return said | held if _is_choice(held) else None


def _is_choice(held: Json) -> bool:
    """Whether something is chosen; checkboxes may all be empty."""
    return bool(held.get("selected_option") or held.get("selected_time") or "selected_options" in held)


def state_values(blocks: Sequence[Json], typed: Mapping[str, Mapping[str, str]]) -> Json:
    """Build `state.values`: what was typed or chosen, else what stood there from the start.

    Args:
        blocks: The surface's blocks, with their ids.
        typed: Texts and options' values by block_id and action_id; several values are parted by commas.
    """
    values: Json = {}
    for block in blocks:
        for element in _elements(block):
            if element["type"] not in _STATELESS:
                text = typed.get(block["block_id"], {}).get(element["action_id"])
                held = _held(element, text) if text is not None else _initial(element)
                values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def _held(element: Json, text: str) -> Json:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": text or None}
    if element["type"] == "timepicker":
        return {"type": element["type"], "selected_time": text if _HOUR.fullmatch(text) else None}
    if element["type"] == "checkboxes":
        chosen = text.split(",")
        return {
            "type": element["type"],
            "selected_options": [option for option in options(element) if option["value"] in chosen],
        }
    found = next((option for option in options(element) if option["value"] == text), None)
    return {"type": element["type"], "selected_option": found}


def _initial(element: Json) -> Json:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": element.get("initial_value") or None}
    if element["type"] == "timepicker":
        return {"type": element["type"], "selected_time": element.get("initial_time")}
    if element["type"] == "checkboxes":
        return {"type": element["type"], "selected_options": element.get("initial_options", [])}
    return {"type": element["type"], "selected_option": element.get("initial_option")}


def missing_answers(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """Say which inputs Slack's own form would not let pass, by block_id."""
    wrong: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            held = values[block["block_id"]][block["element"]["action_id"]]
            fault = _answer_fault(block, next(value for name, value in held.items() if name != "type"))
            if fault:
                wrong[block["block_id"]] = fault
    return wrong


def _answer_fault(block: Json, held: object) -> str:
    if not held:
        return "" if block.get("optional") else "Please fill this in."
    element = block["element"]
    length = len(held) if isinstance(held, str) else 0
    if length and length < element.get("min_length", 0):
        return f"Please write at least {element['min_length']} characters."
    if length > element.get("max_length", length):
        return f"Please write at most {element['max_length']} characters."
    return ""
