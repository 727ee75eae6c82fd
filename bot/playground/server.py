"""The one server of the workspace: every route, guarded, on 127.0.0.1."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from aiohttp import web

from bot.playground.guard import Guard, add_headers

LOOPBACK: Final = "127.0.0.1"
MOST_BYTES: Final = 2 * 1024 * 1024
"""A longer request is refused; Slack's own messages are far smaller."""
CLOSING_SECONDS: Final = 1.0
"""How long open connections get to end when the workspace closes."""


class Server:
    """Listens from `start` to `stop`."""

    def __init__(self, routes: Iterable[web.RouteDef], before_stop: Callable[[], Awaitable[None]]) -> None:
        self._guard = Guard()
        app = web.Application(middlewares=[self._guard.middleware], client_max_size=MOST_BYTES)
        app.add_routes(routes)
        app.on_response_prepare.append(add_headers)
        app.on_shutdown.append(lambda _app: before_stop())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING_SECONDS)

    async def start(self, port: int) -> str:
        """Listen on a port, or with 0 on any free one, and give the address, such as `127.0.0.1:8080`.

        Raises:
            OSError: The port is taken.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, LOOPBACK, port).start()
        except OSError:
            await self.stop()
            raise
        self._guard.port = self._runner.addresses[0][1]
        return f"{LOOPBACK}:{self._guard.port}"

    async def stop(self) -> None:
        """End every connection and stop listening."""
        await self._runner.cleanup()
