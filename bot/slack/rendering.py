"""Answer → Slack message. Pure: the same answer gives the same blocks."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.blockkit.limits import (
    BUTTON_TEXT_CHARACTERS,
    CONFIRM_BUTTON_CHARACTERS,
    CONFIRM_TEXT_CHARACTERS,
    CONFIRM_TITLE_CHARACTERS,
    HEADER_CHARACTERS,
    OPTION_TEXT_CHARACTERS,
    OPTIONS,
    PLACEHOLDER_CHARACTERS,
    TEXT_CHARACTERS,
)
from bot.coach.answer import Answer, Menu, Step
from bot.coach.question import Ask, write_ask
from bot.slack.actions import MENU, SHARE, STEP

Block = dict[str, Any]
Message = Mapping[str, Any]

SHARE_WARNING = "Everyone in this channel will see it, with your name."


class Surface(StrEnum):
    """Where an answer is shown."""

    EPHEMERAL = "ephemeral"
    """Only to who asked; may be shared."""
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


def render_message(answer: Answer, surface: Surface) -> Message:
    """The message: blocks, and a text for notifications and screen readers. Nobody may change it."""
    return _compose(answer, surface) if answer.is_personal else _remembered(answer, surface)


def _compose(answer: Answer, surface: Surface) -> Message:
    return {"text": _fallback(answer), "blocks": render_blocks(answer, surface), **NO_PREVIEWS}


_remembered = lru_cache(maxsize=1024)(_compose)
"""For what is given again and again."""


NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}


def render_acknowledgement(answer: Answer, surface: Surface) -> str:
    """The JSON that answers a command, for its asker alone."""
    return _acknowledge(answer, surface) if answer.is_personal else _known_acknowledgement(answer, surface)


def _acknowledge(answer: Answer, surface: Surface) -> str:
    return json.dumps({"response_type": "ephemeral", **render_message(answer, surface)})


_known_acknowledgement = lru_cache(maxsize=256)(_acknowledge)


def render_blocks(answer: Answer, surface: Surface) -> list[Block]:
    """The answer's blocks, in reading order, within Slack's limits."""
    blocks: list[Block] = [header(answer.headline), section(escape(answer.lead))]
    if answer.sides is not None:
        sides = (("Leading", answer.sides.leadership), ("Managing", answer.sides.management))
        blocks.append({"type": "section", "fields": [_mrkdwn(_titled(*side)) for side in sides]})
        blocks.append(section(_titled("Together", answer.sides.together)))
    if answer.points:
        blocks.append(section("\n".join(f"• {escape(point)}" for point in answer.points)))
    blocks.extend(section(_titled(part.heading, part.text)) for part in answer.parts)
    return blocks + _controls(answer, surface)


def shared(answer: Answer, user: str) -> Message:
    """The message that everyone in a channel sees once somebody shares an answer."""
    message = render_message(answer, Surface.MESSAGE)
    by = {"type": "context", "elements": [_mrkdwn(f"Shared by <@{user}>")]}
    return {**message, "blocks": [by, *message["blocks"]]}


def notice(text: str) -> Message:
    """A plain sentence, without buttons."""
    return {"text": escape(text), "blocks": [section(escape(text))]}


def escape(text: str) -> str:
    """Keep Slack from reading mentions, channels and links into a text.

    https://docs.slack.dev/messaging/formatting-message-text (read 2026-11-21)
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain_text(text, HEADER_CHARACTERS)}


def section(text: str) -> Block:
    """A paragraph; the text is Slack's markup, escaped by the caller."""
    return {"type": "section", "text": _mrkdwn(cut(text, TEXT_CHARACTERS))}


def plain_text(text: str, limit: int) -> Block:
    """A text in which Slack reads no markup, cut to a limit in characters."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def cut(text: str, limit: int) -> str:
    """At most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def menu(choices: Menu, action_id: str) -> Block:
    """A drop-down of steps."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(choices.label, PLACEHOLDER_CHARACTERS),
        "options": [
            {"text": plain_text(step.label, OPTION_TEXT_CHARACTERS), "value": write_ask(step.ask)}
            for step in choices.steps[:OPTIONS]
        ],
    }


def _controls(answer: Answer, surface: Surface) -> list[Block]:
    rows = [buttons(answer.steps)] if answer.steps else []
    menus = [menu(choices, f"{MENU}:{number}") for number, choices in enumerate(answer.menus)]
    if surface is Surface.EPHEMERAL and answer.shared_as is not None:
        menus.append(_share(answer.shared_as))
    return rows + ([{"type": "actions", "elements": menus}] if menus else [])


def buttons(steps: Iterable[Step]) -> Block:
    """A row of steps."""
    return {"type": "actions", "elements": [_button(step, number) for number, step in enumerate(steps)]}


def _button(step: Step, number: int) -> Block:
    return {
        "type": "button",
        "action_id": f"{STEP}:{number}",
        "text": plain_text(step.label, BUTTON_TEXT_CHARACTERS),
        "value": write_ask(step.ask),
    }


def _share(ask: Ask) -> Block:
    return {
        "type": "button",
        "action_id": SHARE,
        "text": plain_text("Share in channel", BUTTON_TEXT_CHARACTERS),
        "value": write_ask(ask),
        "confirm": {
            "title": plain_text("Share this answer?", CONFIRM_TITLE_CHARACTERS),
            "text": plain_text(SHARE_WARNING, CONFIRM_TEXT_CHARACTERS),
            "confirm": plain_text("Share", CONFIRM_BUTTON_CHARACTERS),
            "deny": plain_text("Keep it to myself", CONFIRM_BUTTON_CHARACTERS),
        },
    }


def _titled(heading: str, text: str) -> str:
    return f"*{escape(heading)}*\n{escape(text)}"


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def _fallback(answer: Answer) -> str:
    lines: Iterable[str] = (answer.headline, answer.lead, *answer.points, *(p.text for p in answer.parts))
    return cut(escape("\n".join(lines)), TEXT_CHARACTERS)
