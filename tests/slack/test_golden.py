"""Messages as people see them, noted down in golden/; renewed with `pytest tests/slack --renew-golden`."""

from pathlib import Path

import pytest

from bot.coach import composing, tools
from bot.coach.match import MatchKind
from bot.coach.question import Aspect, Role
from bot.coach.topics import Kind
from bot.slack.rendering import Surface, render_blocks, shared
from bot.slack.views import render_home, render_modal

GOLDEN = Path(__file__).parent / "golden"
SHOWN = (
    *("full", "full-in-a-channel", "aspect-for-a-role", "sources", "tip"),
    *("choices", "referral", "topics", "shared", "home", "window"),
)


@pytest.mark.parametrize("name", SHOWN)
def test_a_message_reads_as_before(small, name, request):
    read = _outline(_golden(small)[name])
    file = GOLDEN / f"{name}.txt"
    if request.config.getoption("--renew-golden", default=False):
        file.write_text(read, encoding="utf-8")
    assert read == file.read_text(encoding="utf-8"), "renew with: pytest tests/slack --renew-golden"


def test_every_golden_file_is_held_to(small):
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(_golden(small)) == set(SHOWN)


def _golden(small):
    """The blocks of some answers of the small handbook, by the name of their file."""
    topic = small.topics["maps-roads"]
    full = composing.explain(small, topic, Aspect.FULL, None)
    for_role = composing.explain(small, topic, Aspect.EXAMPLE, Role.EXECUTIVE)
    choices = tools.offer(small, MatchKind.CHOICES, small.replies.unsure, small.topics, "Let me ask back")
    topics = tools.list_topics(small, Kind)
    welcome = tools.welcome(small, tuple(small.topics))
    return {
        "full": render_blocks(full, Surface.EPHEMERAL),
        "full-in-a-channel": render_blocks(full, Surface.MESSAGE),
        "aspect-for-a-role": render_blocks(for_role, Surface.EPHEMERAL),
        "sources": render_blocks(composing.explain(small, topic, Aspect.SOURCE, None), Surface.EPHEMERAL),
        "tip": render_blocks(tools.give_tip(small, small.tips[0]), Surface.EPHEMERAL),
        "choices": render_blocks(choices, Surface.MESSAGE),
        "referral": render_blocks(tools.refer(small.referrals["trouble"]), Surface.EPHEMERAL),
        "topics": render_blocks(topics, Surface.EPHEMERAL),
        "shared": shared(full, "U0ANARUIZ1")["blocks"],
        "home": render_home(welcome, topics, small.tools["privacy"].text)["blocks"],
        "window": render_modal(full)["blocks"],
    }


def _outline(blocks):
    """The blocks as a person would note them down, one paragraph a block."""
    return "\n\n".join(_noted(block) for block in blocks) + "\n"


def _noted(block):
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "section":
            texts = [block["text"]] if "text" in block else block["fields"]
            beside = [_pressed(block["accessory"])] if "accessory" in block else []
            return "\n".join([*(text["text"] for text in texts), *beside])
        case "context":
            return "\n".join(f"~ {element['text']}" for element in block["elements"])
        case "actions":
            return "\n".join(map(_pressed, block["elements"]))
        case "input":
            return f"{block['label']['text']}: [{block['element']['placeholder']['text']}]"
        case "divider":
            return "---"
    raise LookupError(block["type"])


def _pressed(element):
    if element["type"] == "button":
        asks = f", asks: {element['confirm']['text']['text']}" if "confirm" in element else ""
        return f"({element['text']['text']}) -> {element['value']}{asks}"
    options = "".join(f"\n  - {each['text']['text']} -> {each['value']}" for each in element["options"])
    return f"({element['placeholder']['text']} ...){options}"
