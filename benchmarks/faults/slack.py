"""A Slack that takes posts over HTTP, counts each tip that arrives, and goes wrong as it is told."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Post:
    """A message on its way in."""

    key: str
    """`<subscription>:<day>`, from its metadata."""
    channel: str
    request: web.Request = field(repr=False)

    @property
    def team(self) -> int:
        """The number of its workspace: the crowd names people `T<workspace>U<person>`."""
        return int(self.channel[1:].partition("U")[0])


@dataclass
class Slack:
    """`chat.postMessage`, and nothing else."""

    delay: float = 0.0
    """Seconds that an answer takes."""
    arrived: Counter[str] = field(default_factory=Counter)
    """How often each tip was taken."""
    first_at: dict[str, float] = field(default_factory=dict)
    """When each was taken first, by `time.monotonic`."""
    asked: int = 0
    answer: Callable[[Post], Awaitable[web.StreamResponse]] | None = None
    """What happens to a post instead of being taken."""
    api: str = ""

    def take(self, post: Post) -> web.Response:
        """Let a message arrive."""
        self.arrived[post.key] += 1
        self.first_at.setdefault(post.key, time.monotonic())
        return web.json_response({"ok": True, "channel": "D1", "ts": f"{self.asked}.0"})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        self.asked += 1
        post = Post(said["metadata"]["event_payload"]["key"], said["channel"], request)
        if self.answer is not None:
            return await self.answer(post)
        taken = self.take(post)
        await asyncio.sleep(self.delay)
        return taken

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Slack"]:
        """Listen for as long as this lasts; `api` is where."""
        app = web.Application(client_max_size=1 << 20)
        app.router.add_post("/api/chat.postMessage", self._post)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handler_cancellation=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.api = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
            yield self
        finally:
            await runner.cleanup()
