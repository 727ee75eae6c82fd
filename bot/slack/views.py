"""The Home tab and the modal, both places to ask in private."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from bot.blockkit.limits import (
    INPUT_CHARACTERS,
    LABEL_CHARACTERS,
    PLACEHOLDER_CHARACTERS,
    VIEW_TITLE_CHARACTERS,
)
from bot.coach.answer import Answer, Menu
from bot.slack.actions import ANSWER_VIEW, MENU, QUESTION
from bot.slack.rendering import (
    Block,
    Surface,
    buttons,
    escape,
    header,
    menu,
    plain_text,
    render_blocks,
    section,
)

View = dict[str, Any]

CHOOSE = "Choose a topic"


def render_home(welcome: Answer, topics: Answer, privacy: str, tips: Sequence[Block] = ()) -> View:
    """The Home tab: what the coach is, a question box, one's own daily tip, the topics by kind."""
    blocks: list[Block] = [
        header(welcome.headline),
        section(escape(welcome.lead)),
        buttons(welcome.steps),
        _question_box("Ask in your own words", QUESTION, dispatch=True),
        {"type": "divider"},
        *tips,
        header(topics.headline),
        *(
            {
                **section(f"*{escape(kind.label)}*"),
                "accessory": menu(Menu(CHOOSE, kind.steps), f"{MENU}:{number}"),
            }
            for number, kind in enumerate(topics.menus)
        ),
        {"type": "divider"},
        {"type": "context", "elements": [plain_text(privacy, LABEL_CHARACTERS)]},
    ]
    return {"type": "home", "blocks": blocks}


def render_modal(answer: Answer) -> View:
    """An answer that only its asker sees, with a box for the next question.

    Slack keeps what was typed as long as the box's block keeps its id, so each answer has its own.
    """
    block_id = f"{QUESTION}:{crc32(answer.headline.encode()):08x}"
    return {
        "type": "modal",
        "callback_id": ANSWER_VIEW,
        "title": plain_text("Leading and managing", VIEW_TITLE_CHARACTERS),
        "submit": plain_text("Ask", VIEW_TITLE_CHARACTERS),
        "close": plain_text("Close", VIEW_TITLE_CHARACTERS),
        "blocks": [
            *render_blocks(answer, Surface.MODAL),
            _question_box("Ask another question", block_id, dispatch=False),
        ],
    }


def read_question(view: object) -> tuple[str, str]:
    """The block of the question box and what was typed there; whatever is missing is empty."""
    state = view.get("state") if isinstance(view, dict) else None
    values = state.get("values") if isinstance(state, dict) else None
    for block_id, block in values.items() if isinstance(values, dict) else ():
        element = block.get(QUESTION) if isinstance(block, dict) else None
        if isinstance(element, dict):
            text = element.get("value")
            return block_id, text if isinstance(text, str) else ""
    return QUESTION, ""


def refuse(block_id: str, sentence: str) -> dict[str, Any]:
    """The answer to a submission that failed: the sentence under the question box."""
    return {"response_action": "errors", "errors": {block_id: sentence}}


def _question_box(label: str, block_id: str, *, dispatch: bool) -> Block:
    box: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, LABEL_CHARACTERS),
        "element": {
            "type": "plain_text_input",
            "action_id": QUESTION,
            "max_length": INPUT_CHARACTERS,
            "placeholder": plain_text("How do I …", PLACEHOLDER_CHARACTERS),
        },
    }
    if dispatch:
        box["dispatch_action"] = True
        box["element"]["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    return box
