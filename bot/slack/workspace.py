"""The Slack side, built once: its client, its door, its socket; started and stopped together."""

import logging
import time
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import Conversation
from bot.errors import ConfigError
from bot.slack.authorize import CachedAuthorize
from bot.slack.background import Background
from bot.slack.bolt import build_bolt
from bot.slack.delivery import Delivery
from bot.slack.gate import PATH, Gate
from bot.slack.listeners import Listeners
from bot.slack.socket import Socket

CALL_SECONDS = 15.0
"""How long a call to Slack may take."""
DRAIN_SECONDS = 20.0
"""How long unfinished answers are waited for at the end; hosts kill after thirty."""

log = logging.getLogger("bot.slack")


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
        self._socket: Socket | None = None

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await self._start(stack)
            self._running = stack.pop_all()
        return self

    async def _start(self, stack: AsyncExitStack) -> None:
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout))
        # No retry handlers: the default one sends a post again after a reset that may have come too late.
        client = AsyncWebClient(
            token=self._bot_token, base_url=self._api_url, session=session, retry_handlers=[]
        )
        self._authorize = CachedAuthorize(client, self._bot_token)
        listeners = Listeners(self._conversation, Delivery(client, session), self._background)
        self._bolt = build_bolt(client, self._authorize, listeners, time.monotonic)
        await self._authorize.warm()
        stack.push_async_callback(self._background.drain, DRAIN_SECONDS)
        if self._app_token:
            self._socket = Socket(self._bolt, self._app_token)
            await self._socket.open()
            stack.push_async_callback(self._socket.close)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.aclose()

    def add_routes(self, app: web.Application) -> None:
        """Open the door for HTTP, where there is a signing secret."""
        if self._signing_secret:
            app.router.add_post(PATH, Gate(self._bolt, self._signing_secret).handle)

    async def is_ready(self) -> bool:
        """Whether Slack knows us, and the socket, where there is one, is open."""
        if self._socket is not None and not await self._socket.is_open():
            return False
        try:
            return self._authorize.known or await self._authorize.warm()
        except ConfigError as error:
            log.error("not ready: %s", error)  # noqa: TRY400  the sentence says it all
            return False
