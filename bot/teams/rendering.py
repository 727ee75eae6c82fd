"""Answer → Teams message. Pure: the same answer gives the same card.

Teams itself offers to share an answer that one person sees alone, so no button of ours does.
https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands, read 2026-11-22
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.coach.answer import Answer, Document, Menu, Part
from bot.coach.match import MatchKind
from bot.coach.topics import Sides
from bot.teams.elements import (
    Element,
    box,
    buttons,
    columns,
    cut,
    heading,
    mark_alone,
    menu,
    paragraphs,
    plain,
    titled,
)
from bot.teams.limits import (
    BUTTONS,
    CARD_BYTES,
    SCHEMA_VERSION,
    SPOKEN_CHARACTERS,
    SUMMARY_CHARACTERS,
)

Card = dict[str, Any]
Message = dict[str, Any]

CHOOSE_FIRST: Final = "Choose something from the list first. Then press the button beside it."
"""To who pressed a menu's button with nothing chosen."""

_CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_MORE = "More"
_COPY = "Copy it from here"
_HOW_TO_COPY = "Click in the box, select all of it, and copy it into a file of that name."
_HOW_TO_JOIN = "Put the parts one after another."
_TOO_OLD = "This Teams is too old to show it all."
_PIECE_CHARACTERS = 1_000
"""No line of a file stays whole that is longer."""
_BOX_BYTES = CARD_BYTES - 4 * 1024
"""Of a file's text, in one card: the rest is for what stands around it, and for a file's name."""
_MARKED_UP = re.compile(r"[\\`*_\[\]<>{}~|=#]+")
"""What speech or a fallback could take for markup, SSML in the one and Markdown in the other."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of an answer a card takes."""

    characters: int
    """Of one text."""
    rows: int
    """Lines of a text, points, parts, menus, and choices of a menu."""


_ROOMS = (_Room(8_000, 100), _Room(3_000, 50), _Room(1_000, 30), _Room(300, 12), _Room(80, 4))
"""Tried in turn. All that is shipped fits into the first one, anything at all into the last."""


def render_message(answer: Answer, *, alone: bool = False) -> Message:
    """The activity to send: a card, what a notification says of it, and buttons to judge an answer by.

    It has no `text`: Teams would make a second message of it, and tell the id of neither.
    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
    (read 2026-11-22)

    Args:
        answer: What to say.
        alone: Whether one person alone is to see it, as its buttons then tell, see `was_alone`.
    """
    message = _message(render_card(answer, alone=alone), _joined(answer.headline, answer.lead))
    if answer.topic is not None and answer.kind in {MatchKind.ANSWER, MatchKind.FOLLOWUP}:
        message["channelData"] = {"feedbackLoop": {"type": "default"}}
    return message


def render_card(answer: Answer, *, alone: bool = False) -> Card:
    """The card: all of the answer in reading order; of one that is too long, as much as there is room for."""
    for room in _ROOMS:
        card = _compose(_fit(answer, room))
        if alone:
            mark_alone(card["body"])
        if size_of(card) <= CARD_BYTES:
            break
    return card


def render_document(document: Document) -> tuple[Message, ...]:
    """The messages that hand over a file's text, in order, to its asker alone.

    In boxes to copy from, which need no permission and work on every client. A real file needs
    `supportsFiles`, the asker's OneDrive and a host of Microsoft's to upload to, only in a personal chat.
    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4, read 2026-11-22
    """
    texts = list(_in_parts(document.text))
    return tuple(
        _hand_over(document.name, text, number, len(texts)) for number, text in enumerate(texts, start=1)
    )


def notice(text: str) -> Message:
    """A plain sentence, without a card."""
    return {"type": "message", "textFormat": "plain", "text": plain(text)}


def in_its_place(card: Card) -> Message:
    """What a button is answered with where a card takes the place of the one it stands on.

    https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format
    (read 2026-11-22)
    """
    return {"statusCode": 200, "type": _CARD_TYPE, "value": card}


def beside_it(text: str) -> Message:
    """The same where the card stays, and a plain sentence is shown."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": plain(text)}


def size_of(card: Card) -> int:
    """A card's size, in bytes of UTF-8."""
    return len(json.dumps(card, ensure_ascii=False).encode())


def _compose(answer: Answer) -> Card:
    body = [*heading(answer.headline, size="Large"), *paragraphs(answer.lead)]
    if answer.sides is not None:
        leading = titled("Leading", answer.sides.leadership)
        managing = titled("Managing", answer.sides.management)
        body += [columns(leading, managing), *titled("Together", answer.sides.together)]
    for point in answer.points:
        body += paragraphs(f"• {point}", spacing="Small")
    for part in answer.parts:
        body += titled("" if part.heading == answer.headline else part.heading, part.text)
    if answer.document is not None:
        body += titled("Your file", answer.document.name)
    more = Menu(_MORE, answer.steps[BUTTONS:])
    body += buttons(answer.steps[:BUTTONS])
    body += [menu(each, number) for number, each in enumerate((more, *answer.menus)) if each.steps]
    return _card(body, _joined(answer.headline, answer.lead))


def _card(body: list[Element], said: str) -> Card:
    words = " ".join(_MARKED_UP.sub(" ", plain(said).replace("&", " and ")).split())
    words = cut(words, SPOKEN_CHARACTERS)
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": SCHEMA_VERSION,
        "lang": "en",
        "speak": words,
        "fallbackText": f"{_TOO_OLD} {words}",
        "body": body,
    }


def _message(card: Card, summary: str) -> Message:
    return {
        "type": "message",
        "summary": cut(plain(summary), SUMMARY_CHARACTERS),
        "attachments": [{"contentType": _CARD_TYPE, "content": card}],
    }


def _joined(headline: str, lead: str) -> str:
    return ": ".join(" ".join(text.split()) for text in (headline, lead) if text.strip())


def _fit(answer: Answer, room: _Room) -> Answer:
    """As much of the answer as there is room for."""
    return replace(
        answer,
        headline=_shorten(answer.headline, room),
        lead=_shorten(answer.lead, room),
        sides=_shorten_sides(answer.sides, room) if answer.sides else None,
        points=tuple(_shorten(point, room) for point in answer.points[: room.rows]),
        parts=tuple(
            Part(_shorten(part.heading, room), _shorten(part.text, room))
            for part in answer.parts[: room.rows]
        ),
        steps=answer.steps[: BUTTONS + room.rows],
        menus=tuple(replace(each, steps=each.steps[: room.rows]) for each in answer.menus[: room.rows]),
    )


def _shorten_sides(sides: Sides, room: _Room) -> Sides:
    return Sides(*(_shorten(text, room) for text in (sides.leadership, sides.management, sides.together)))


def _shorten(text: str, room: _Room) -> str:
    lines = text.splitlines()
    if len(lines) > room.rows:
        text = "\n".join(lines[: room.rows]) + " …"
    return cut(text, room.characters)


def _hand_over(name: str, text: str, number: int, parts: int) -> Message:
    """A part of a file, to copy."""
    title, how = name, _HOW_TO_COPY
    if parts > 1:
        title, how = f"{name} (part {number} of {parts})", f"{_HOW_TO_COPY} {_HOW_TO_JOIN}"
    return _message(_card([*heading(title), *paragraphs(how), box(_COPY, text)], title), title)


def _in_parts(text: str) -> Iterator[str]:
    """The text in as many parts as cards are needed, broken at the ends of lines."""
    pieces = [
        line[first : first + _PIECE_CHARACTERS]
        for line in text.splitlines(keepends=True)
        for first in range(0, len(line), _PIECE_CHARACTERS)
    ]
    part, size = "", 0
    for piece in pieces:
        added = len(json.dumps(piece, ensure_ascii=False).encode()) - len('""')
        if part and size + added > _BOX_BYTES:
            yield part
            part, size = "", 0
        part, size = part + piece, size + added
    yield part
