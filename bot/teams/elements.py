"""The parts of a card, each a small function. No client reads markup into any of their texts.

Texts are TextRuns, which have no Markdown. A TextBlock has it, and web, Android and iOS undo its escapes
each in their own way: https://github.com/microsoft/AdaptiveCards/issues/5590, read 2026-11-22.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.coach.answer import Menu, Step
from bot.coach.question import Ask, read_ask, write_ask
from bot.teams.limits import ACTIONS, LABEL_CHARACTERS, PADDING_CHARACTERS, ROW_CHARACTERS

Element = dict[str, Any]

VERB: Final = "lvm"
"""Of every button."""

_ASK, _MENU, _ALONE = "ask", "menu", "alone"
_MARKUP = re.compile(r"[\\`*_\[\]<>~=@]|&#?\w+;|://|\w\.\w|^(?:[-+#]|\d+[.)])")
"""What a TextBlock could take for Markdown, a link or a mention."""
_HALVES = re.compile(r"[\ud800-\udfff]")
"""Of characters: no JSON in UTF-8 can hold them."""
_NOT_SHOWN = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f]|{_HALVES.pattern}")
"""Control characters, too: there is nothing of them to see."""
_DATE = re.compile(r"\{(?=\{)")
"""Begins `{{DATE(…)}}`, which even a TextRun shows as a date.

https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features, read 2026-11-22
"""
_WORD_JOINER = "\u2060"
"""Has no width, and keeps what stands around it apart."""


def plain(text: str) -> str:
    """A text as it may stand in a card: it looks the same, and nothing is read into it."""
    return _DATE.sub("{" + _WORD_JOINER, _NOT_SHOWN.sub("", text))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def paragraphs(text: str, *, spacing: str = "Default") -> list[Element]:
    """A text, with a block for each of its lines: clients differ in what they make of a line's end."""
    lines = [line for line in plain(text).splitlines() if line.strip()]
    blocks: list[Element] = [_line(line) for line in lines]
    for number, block in enumerate(blocks):
        block["spacing"] = "Small" if number else spacing
    return blocks


def heading(text: str, *, size: str = "Default") -> list[Element]:
    """A heading, marked as one for screen readers.

    Only a TextBlock can be marked so. Where markup could be read into it, it only looks like a heading.
    """
    text = " ".join(plain(text).split())
    look = {"size": size, "weight": "Bolder"}
    if not text:
        return []
    if _MARKUP.search(text):
        return [{**_line(text, **look), "spacing": "Medium"}]
    return [
        {"type": "TextBlock", "text": text, "style": "heading", "wrap": True, "spacing": "Medium", **look}
    ]


def titled(title: str, text: str) -> list[Element]:
    """A text under a heading."""
    head = heading(title)
    return [*head, *paragraphs(text, spacing="None" if head else "Medium")]


def columns(*parts: Sequence[Element]) -> Element:
    """Parts side by side; screen readers read one after the other."""
    return {
        "type": "ColumnSet",
        "spacing": "Medium",
        "columns": [{"type": "Column", "width": "stretch", "items": list(part)} for part in parts],
    }


def buttons(steps: Sequence[Step]) -> list[Element]:
    """Steps in rows that a phone shows whole; where one is too long for a button, each has one beside it."""
    if any(_width([step]) > ROW_CHARACTERS for step in steps):
        return [
            _beside(_show(_asking(step), step.label), paragraphs(_label(step.label)), "Center")
            for step in steps
        ]
    rows: list[list[Step]] = []
    for step in steps:
        if rows and len(rows[-1]) < ACTIONS and _width([*rows[-1], step]) <= ROW_CHARACTERS:
            rows[-1].append(step)
        else:
            rows.append([step])
    return [_row(row, "Small" if number else "Medium") for number, row in enumerate(rows)]


def menu(choices: Menu, number: int) -> Element:
    """A drop-down of steps, and beside it the button that takes the one that was chosen."""
    name = f"{_MENU}-{number}"
    field = {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": _label(choices.label),
        "placeholder": "Choose …",
        "choices": [{"title": _label(step.label), "value": write_ask(step.ask)} for step in choices.steps],
    }
    return _beside(_show({_MENU: name}, choices.label, reads_fields=True), [field], "Bottom")


def box(label: str, text: str) -> Element:
    """A text to copy, in a field that scrolls. Nothing sends what is changed in it."""
    return {
        "type": "Input.Text",
        "id": "copy",
        "label": plain(label),
        "isMultiline": True,
        "value": _HALVES.sub("", text),
    }


def mark_alone(elements: Iterable[Element]) -> None:
    """Note on every button that its card is shown to one person alone."""
    for element in elements:
        if element["type"] == "Action.Execute":
            element["data"][_ALONE] = True
        for parts in ("items", "columns", "actions"):
            mark_alone(element.get(parts, ()))


def was_alone(data: Mapping[str, Any]) -> bool:
    """Whether a button bears that note. Anybody can forge it: it may only ever hide more."""
    return _ALONE in data


def is_press(data: Mapping[str, Any]) -> bool:
    """Whether a message carries what a button of ours does."""
    return _ASK in data or _MENU in data


def read_press(data: Mapping[str, Any]) -> Ask | None:
    """What was asked for with a button; None where it was a menu's, and nothing was chosen."""
    menu_name = data.get(_MENU)
    value = data.get(menu_name) if isinstance(menu_name, str) else data.get(_ASK)
    return read_ask(value) if isinstance(value, str) and value else None


def _line(text: str, **look: str) -> Element:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}


def _label(text: str) -> str:
    return cut(" ".join(plain(text).split()), LABEL_CHARACTERS)


def _width(steps: Sequence[Step]) -> int:
    return sum(len(step.label) + PADDING_CHARACTERS for step in steps)


def _row(steps: Iterable[Step], spacing: str) -> Element:
    actions = [_execute(step.label, _asking(step)) for step in steps]
    return {"type": "ActionSet", "spacing": spacing, "actions": actions}


def _asking(step: Step) -> dict[str, str]:
    return {_ASK: write_ask(step.ask)}


def _beside(action: Element, items: list[Element], alignment: str) -> Element:
    """A button, on the right of what it is for."""
    button = {"type": "ActionSet", "actions": [action]}
    side = {"type": "Column", "width": "auto", "verticalContentAlignment": alignment, "items": [button]}
    what = {"type": "Column", "width": "stretch", "verticalContentAlignment": alignment, "items": items}
    return {"type": "ColumnSet", "columns": [what, side]}


def _show(data: Mapping[str, str], what: str, *, reads_fields: bool = False) -> Element:
    return {**_execute("Show", data, reads_fields=reads_fields), "tooltip": f"Show: {_label(what)}"}


def _execute(title: str, data: Mapping[str, str], *, reads_fields: bool = False) -> Element:
    inputs = "auto" if reads_fields else "none"
    action = {"type": "Action.Execute", "title": _label(title), "verb": VERB, "data": dict(data)}
    return {**action, "associatedInputs": inputs}
