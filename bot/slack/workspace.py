"""The Slack side, built once: its client, its door, its socket; started and stopped together."""

import time
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import Conversation
from bot.slack.authorize import CachedAuthorize
from bot.slack.background import Background
from bot.slack.bolt import build_bolt
from bot.slack.delivery import Delivery
from bot.slack.gate import PATH, Gate
from bot.slack.listeners import Listeners

CALL_SECONDS = 15.0
"""How long a call to Slack may take."""
DRAIN_SECONDS = 20.0
"""How long unfinished answers are waited for at the end; hosts kill after thirty."""


class Workspace:
    """One Slack workspace that the coach works in; an async context manager.

    Args:
        conversation: Answers what is asked.
        bot_token: The bot's token.
        signing_secret: Opens the door for HTTP; None keeps it shut.
        app_token: Opens a socket as well.
        api_url: The Web API's base address, ending in a slash.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        bot_token: str,
        signing_secret: str | None,
        app_token: str | None,
        api_url: str,
    ) -> None:
        self._conversation = conversation
        self._bot_token = bot_token
        self._signing_secret = signing_secret
        self._app_token = app_token
        self._api_url = api_url
        self._background = Background()
        self._socket: AsyncSocketModeHandler | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))
        # No retry handlers: the default one sends a post again after a reset that may have come too late.
        client = AsyncWebClient(
            token=self._bot_token, base_url=self._api_url, session=self._session, retry_handlers=[]
        )
        self._authorize = CachedAuthorize(client, self._bot_token)
        delivery = Delivery(client, self._session)
        listeners = Listeners(self._conversation, delivery, self._background)
        self._bolt = build_bolt(client, self._authorize, listeners, time.monotonic)
        await self._authorize.warm()
        if self._app_token:
            self._socket = AsyncSocketModeHandler(self._bolt, self._app_token)
            await self._socket.connect_async()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close_async()
        await self._background.drain(DRAIN_SECONDS)
        await self._session.close()

    def add_routes(self, app: web.Application) -> None:
        """Open the door for HTTP, where there is a signing secret."""
        if self._signing_secret:
            app.router.add_post(PATH, Gate(self._bolt, self._signing_secret).handle)

    async def is_ready(self) -> bool:
        """Whether Slack knows us, and the socket, where there is one, is open."""
        if self._socket is not None and not await self._socket.client.is_connected():
            return False
        return self._authorize.known or await self._authorize.warm()
