"""What Slack refuses in blocks and views, found before Slack sees them.

Pure, and strict where Slack is unclear. Slack answers a fault with `invalid_blocks` and little more; here
each has a sentence and a JSON pointer. It is for tests and for the local workspace: rendering builds plain
dicts and asks nobody.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.blockkit import limits
from bot.blockkit.limits import Surface
from bot.blockkit.rules import Items
from bot.blockkit.table import BLOCKS, VIEWS

__all__ = ["Surface", "faults", "too_long", "view_faults"]


def faults(blocks: object, surface: Surface) -> list[str]:
    """Find everything that Slack would refuse in a list of blocks, however malformed.

    Args:
        blocks: The value of `blocks`, as parsed from JSON.
        surface: Where they are to be shown.

    Returns:
        One sentence a fault, each starting with a JSON pointer; empty when all is well.
    """
    found = list(Items(BLOCKS[surface], limits.BLOCKS_MOST[surface], 0).faults(blocks, "/blocks"))
    if isinstance(blocks, list):
        known = [block for block in blocks if isinstance(block, dict)]
        found.extend(_repeated(known))
        found.extend(_too_much_markdown(known))
    return found


def view_faults(view: object) -> list[str]:
    """Find everything that Slack would refuse in a view for a modal or the Home tab."""
    if not isinstance(view, dict):
        return ["/: must be an object"]
    frame = {name: item for name, item in view.items() if name != "blocks"}
    found = list(VIEWS.faults(frame, ""))
    surface = Surface.HOME if view.get("type") == "home" else Surface.MODAL
    blocks = view.get("blocks")
    found.extend(faults(blocks, surface))
    if surface is Surface.MODAL and "submit" not in view and _has_input(blocks):
        found.append("/submit: is needed, since the blocks hold an input")
    return found


def too_long(blocks: object) -> bool:
    """Tell whether a message's blocks are together more than Slack takes, though each may be fine."""
    return (
        len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > limits.MESSAGE_BLOCKS_CHARACTERS
    )


def _has_input(blocks: object) -> bool:
    return isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)


def _repeated(blocks: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """An id that stands twice makes a click ambiguous; Slack's rule is per block, ours per surface."""
    block_ids = Counter(str(block["block_id"]) for block in blocks if "block_id" in block)
    action_ids = Counter(
        str(part["action_id"]) for block in blocks for part in _parts(block) if "action_id" in part
    )
    for name, seen in (("block_id", block_ids), ("action_id", action_ids)):
        yield from (f"/blocks: the {name} {key[:60]} stands {n} times" for key, n in seen.items() if n > 1)


def _parts(block: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    listed = block.get("elements")
    for part in [block.get("accessory"), block.get("element"), *(listed if isinstance(listed, list) else [])]:
        if isinstance(part, dict):
            yield part


def _too_much_markdown(blocks: Sequence[Mapping[str, object]]) -> Iterator[str]:
    total = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if total > limits.MARKDOWN_CHARACTERS:
        yield f"/blocks: {total} characters of markdown, at most {limits.MARKDOWN_CHARACTERS} together"
