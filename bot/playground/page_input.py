"""What the page sends, read strictly: each fault is answered with 400 and a sentence."""

import json
from typing import Final

from aiohttp import web

from bot.blockkit.limits import MESSAGE_TEXT_CHARACTERS
from bot.playground.model import Channel, Json
from bot.playground.workspace import YOU, Workspace

MOST_BYTES: Final = 512 * 1024
"""A longer body is refused. A message of any script fits: JSON needs at most 12 bytes for a character."""
TOO_LONG: Final = f"That message is too long for one go: Slack takes {MESSAGE_TEXT_CHARACTERS:,} characters."


async def read_object(request: web.Request) -> Json:
    """Read a request's body, a JSON object."""
    try:
        body = json.loads(await request.clone(client_max_size=MOST_BYTES).read())
        json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair could not be sent on
    except web.HTTPRequestEntityTooLarge as error:
        error.text = TOO_LONG
        raise
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="The body must be JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="The body must be a JSON object.")
    return body


def get_text(body: Json, name: str) -> str:
    """Get a text that is not empty."""
    found = find_text(body, name)
    if not found or not found.strip():
        raise web.HTTPBadRequest(text=f"{name} is missing.")
    return found


def get_words(body: Json) -> str:
    """Get what was written in a composer, `text`: not empty, and no longer than Slack takes it."""
    text = get_text(body, "text")
    if len(text) > MESSAGE_TEXT_CHARACTERS:
        raise web.HTTPRequestEntityTooLarge(MESSAGE_TEXT_CHARACTERS, len(text), text=TOO_LONG)
    return text


def find_text(body: Json, name: str) -> str | None:
    """Find a text; None where it is absent or null."""
    found = body.get(name)
    if found is not None and not isinstance(found, str):
        raise web.HTTPBadRequest(text=f"{name} must be a string.")
    return found


def get_object(body: Json, name: str) -> Json:
    """Get an object."""
    found = body.get(name)
    if not isinstance(found, dict):
        raise web.HTTPBadRequest(text=f"{name} must be an object.")
    return found


def get_typed(body: Json) -> dict[str, dict[str, str]]:
    """Get `state`: what stands in the inputs, by block_id and action_id; none where it is absent."""
    state = body.get("state") or {}
    if not isinstance(state, dict):
        raise web.HTTPBadRequest(text="state must be an object.")
    for texts in state.values():
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            raise web.HTTPBadRequest(text="state must hold texts by block_id and action_id.")
    return state


def get_channel(workspace: Workspace, body: Json) -> Channel:
    """Get a channel that the person at the keyboard is in."""
    channel = workspace.channels.get(get_text(body, "channel"))
    if channel is None or not workspace.sees(YOU.id, channel):
        raise web.HTTPBadRequest(text="There is no such channel.")
    return channel
