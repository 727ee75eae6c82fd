"""Socket Mode: Slack's requests over a connection that we open."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.slack.authorize import NO_ANSWER, raise_if_refused

CONNECT_SECONDS = 5.0
"""How long the start waits for the connection; after that it goes on, and so does the connecting."""


class Socket:
    """The connection, opened anew whenever it ends.

    Args:
        app: The Bolt app that requests are handed to.
        app_token: The app-level token.
    """

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._app_token = app_token

    async def open(self) -> None:
        """Connect. Where Slack is not reached, go on trying, so that a start survives it.

        Raises:
            ConfigError: Slack refuses the token.
        """
        address = await self._find_address()
        self._handler = AsyncSocketModeHandler(self._app, self._app_token)
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
