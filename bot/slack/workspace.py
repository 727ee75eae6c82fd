"""The Slack side, built once: its client, its door, its socket; started and stopped together."""

import logging
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.background import Background
from bot.conversation import Conversation
from bot.errors import ConfigError
from bot.redeliveries import Claim, Redeliveries
from bot.slack.authorize import CachedAuthorize
from bot.slack.bolt import build_bolt
from bot.slack.delivery import Delivery
from bot.slack.gate import PATH, Gate
from bot.slack.installation import Installation
from bot.slack.listeners import Keeping, Listeners
from bot.slack.people import People
from bot.slack.places import PLATFORM
from bot.slack.socket import Socket
from bot.slack.tips import TipDelivery
from bot.store import inbox
from bot.tips.daily import Daily

CALL_SECONDS = 15.0
"""How long a call to Slack may take."""
CONNECT_SECONDS = 5.0
"""How long a connection may take to come about: until there is one, nothing can have arrived."""
TIMEOUT = aiohttp.ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
DRAIN_SECONDS = 20.0
"""How long unfinished answers are waited for at the end; hosts kill after thirty."""

log = logging.getLogger("bot.slack")


@dataclass(frozen=True, slots=True)
class Access:
    """How we reach Slack, and Slack us."""

    bot_token: str = field(repr=False)
    signing_secret: str | None = field(repr=False)
    """Opens the door for HTTP; None keeps it shut."""
    app_token: str | None = field(repr=False)
    """Opens a socket as well."""
    api_url: str
    """The Web API's base address, ending in a slash."""
    now: Callable[[], float] = time.time
    """Seconds since 1970, for the age of requests."""


class Workspace:
    """One Slack workspace that the coach works in; an async context manager.

    Args:
        conversation: Answers what is asked.
        access: The way in and out.
        daily: People's own tips; None where nothing is kept of anybody, so that none are sent.
    """

    platform = PLATFORM

    def __init__(self, conversation: Conversation, access: Access, daily: Daily | None = None) -> None:
        self._conversation = conversation
        self._access = access
        self._daily = daily
        self._background = Background()
        self._socket: Socket | None = None
        self.tips: TipDelivery | None = None
        """The way out for tips, once the workspace is entered; None where nothing is kept."""

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await self._start(stack)
            self._running = stack.pop_all()
        return self

    async def _start(self, stack: AsyncExitStack) -> None:
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=TIMEOUT))
        # No retry handlers: the default one sends a post again after a reset that may have come too late.
        client = AsyncWebClient(
            token=self._access.bot_token, base_url=self._access.api_url, session=session, retry_handlers=[]
        )
        self._authorize = CachedAuthorize(client, self._access.bot_token)
        keeping = self._keep(client)
        listeners = Listeners(self._conversation, Delivery(client, session), self._background, keeping)
        redeliveries = Redeliveries(PLATFORM, time.monotonic, self._claim())
        self._bolt = build_bolt(client, self._authorize, listeners, redeliveries)
        await self._authorize.warm()
        if keeping and self._authorize.known:
            await keeping.installation.workspace_id()
        stack.push_async_callback(self._background.drain, DRAIN_SECONDS)
        if self._access.app_token:
            self._socket = Socket(self._bolt, self._access.app_token)
            await self._socket.open()
            stack.push_async_callback(self._socket.close)

    def _claim(self) -> Claim | None:
        """How events are told apart among replicas; with a file there is only one of us."""
        if self._daily is None or self._daily.database.address.path is not None:
            return None
        return partial(inbox.claim, self._daily.database)

    def _keep(self, client: AsyncWebClient) -> Keeping | None:
        if self._daily is None:
            return None
        installation = Installation(self._daily.database, self._authorize)
        self.tips = TipDelivery(client, installation.workspace_id)
        return Keeping(installation, People(client, time.monotonic), self._daily)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.aclose()

    def add_routes(self, app: web.Application) -> None:
        """Open the door for HTTP, where there is a signing secret."""
        secret = self._access.signing_secret
        if secret:
            app.router.add_post(PATH, Gate(self._bolt, secret, self._access.now).handle)

    async def is_ready(self) -> bool:
        """Whether Slack knows us, and the socket, where there is one, is open."""
        if self._socket is not None and not await self._socket.is_open():
            return False
        try:
            return self._authorize.known or await self._authorize.warm()
        except ConfigError as error:
            log.error("not ready: %s", error)  # noqa: TRY400  the sentence says it all
            return False
