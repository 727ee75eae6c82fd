"""Socket Mode: Slack's requests over a connection that we open."""

import asyncio
import time

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.slack.authorize import NO_ANSWER, raise_if_refused

CONNECT_SECONDS = 5.0
"""How long the start waits for the connection; after that it goes on, and so does the connecting."""
RETRY_SECONDS = 10.0
"""The pause before another try; also how often the connection is checked."""


class Socket:
    """The connection, opened anew whenever it ends.

    Args:
        app: The Bolt app that requests are handed to.
        app_token: The app-level token.
        retry_seconds: The pause before another try.
    """

    def __init__(self, app: AsyncApp, app_token: str, retry_seconds: float = RETRY_SECONDS) -> None:
        self._app = app
        self._app_token = app_token
        self._retry_seconds = retry_seconds

    async def open(self) -> None:
        """Connect. Where Slack is not reached, go on trying, so that a start survives it.

        Raises:
            ConfigError: Slack refuses the token.
        """
        address = await self._find_address()
        self._handler = _Handler(self._app, self._app_token, self._retry_seconds)
        self._handler.client.wss_uri = address
        self._connecting = asyncio.create_task(self._handler.connect_async())
        if address:
            await asyncio.wait([self._connecting], timeout=CONNECT_SECONDS)

    async def close(self) -> None:
        """Disconnect for good."""
        self._connecting.cancel()
        await self._handler.close_async()

    async def is_open(self) -> bool:
        """Whether requests can come in."""
        return bool(await self._handler.client.is_connected())

    async def _find_address(self) -> str | None:
        """Ask where to connect: the SDK's own asking never ends, not even for a wrong token."""
        try:
            answer = await self._app.client.apps_connections_open(app_token=self._app_token)
            return str(answer["url"])
        except SlackApiError as error:
            raise_if_refused(error, "SLACK_APP_TOKEN", "Basic Information")
        except (*NO_ANSWER, KeyError):
            pass
        return None


class _Client(SocketModeClient):
    """Asks for a new address before each further try.

    The SDK tries the address it has for ever, but one is good for one connection and for a short
    time; after a break of a minute it would never come back.
    """

    _address: str | None = None
    _known_since = 0.0

    @property  # type: ignore[override]  # a plain attribute in the SDK
    def wss_uri(self) -> str | None:
        """Where to connect; None once it is too old."""
        fresh = time.monotonic() - self._known_since < self.ping_interval / 2
        return self._address if fresh else None

    @wss_uri.setter
    def wss_uri(self, address: str | None) -> None:
        self._address, self._known_since = address, time.monotonic()


class _Handler(AsyncSocketModeHandler):
    """Bolt's own, over our client."""

    def __init__(self, app: AsyncApp, app_token: str, retry_seconds: float) -> None:
        self.app = app
        self.app_token = app_token
        self.client = _Client(
            app_token, logger=app.logger, web_client=app.client, ping_interval=retry_seconds
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as in Bolt
