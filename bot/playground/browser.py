"""What every page of the workspace needs of its server: its files, and the events that keep it current."""

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Final, TypeVar

from aiohttp import web

from bot.playground.feed import Feed
from bot.playground.model import Json

T = TypeVar("T")
PLATFORMS: Final = {"Slack": "/", "Teams": "/teams"}
"""Where the page of each platform is, where there are both."""
CONTENT_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain",
}
"""The kinds of file that are served; no other file is, whatever lies there."""
HEARTBEAT_SECONDS: Final = 15.0
"""How often a comment goes out on an idle event stream, so that a browser that left is noticed."""


async def send_file(folder: Path, name: str) -> web.Response:
    """Give a file of a page's folder.

    Raises:
        web.HTTPNotFound: There is none that is meant to be seen.
    """
    path = folder / name
    content_type = CONTENT_TYPES.get(path.suffix)
    if content_type is None or path.parent != folder or not path.is_file():
        raise web.HTTPNotFound(text="There is no such file.")
    return web.Response(
        body=await asyncio.to_thread(path.read_bytes), content_type=content_type, charset="utf-8"
    )


async def send_events(
    request: web.Request, feed: Feed[T], to_json: Callable[[T], Json | None]
) -> web.StreamResponse:
    """Tell a page of changes as they happen, until it leaves; `to_json` gives None of what is not for it."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await response.write(b": here\n\n")
    try:
        async with aclosing(feed.follow(HEARTBEAT_SECONDS)) as changes:
            async for change in changes:
                said = to_json(change) if change is not None else None
                line = f"data: {json.dumps(said)}" if said else ": still here"
                await response.write(f"{line}\n\n".encode())
    except ConnectionError:
        pass  # the browser left
    return response
