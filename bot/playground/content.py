"""What an app wants to say, looked at as Slack looks at it before anyone sees it."""

from dataclasses import dataclass

from bot import blockkit
from bot.blockkit.limits import MESSAGE_TEXT_CHARACTERS
from bot.playground.arguments import RefusedError
from bot.playground.elements import with_ids
from bot.playground.model import Json
from bot.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Content:
    """A message's words and blocks, fit to be posted."""

    text: str
    blocks: tuple[Json, ...]
    cut: bool = False
    """Whether the text was longer than Slack keeps."""


def read_content(workspace: Workspace, text: object, blocks: object) -> Content:
    """Check a message's text and blocks.

    Raises:
        RefusedError: There is nothing to say, or the blocks would be refused by Slack.
    """
    words = text if isinstance(text, str) else ""
    if not words.strip() and not blocks:
        raise RefusedError("no_text")
    if blocks and not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    found = blockkit.faults(blocks or [], blockkit.Surface.MESSAGE)
    if found:
        raise RefusedError("invalid_blocks", [f"[ERROR] {fault}" for fault in found])
    if blockkit.too_long(blocks):
        raise RefusedError("msg_blocks_too_long")
    kept = with_ids(blocks, workspace.make_id) if isinstance(blocks, list) else []
    return Content(words[:MESSAGE_TEXT_CHARACTERS], tuple(kept), len(words) > MESSAGE_TEXT_CHARACTERS)


def read_view(workspace: Workspace, view: object) -> Json:
    """Check a view and fill in the ids that it leaves out.

    Raises:
        RefusedError: Slack would refuse it.
    """
    found = blockkit.view_faults(view)
    if found or not isinstance(view, dict):
        raise RefusedError("invalid_arguments", [f"[ERROR] {fault}" for fault in found])
    return {**view, "blocks": with_ids(view["blocks"], workspace.make_id)}
