"""The Teams side, built once: its door, its way out; started and stopped together."""

import logging
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.background import Background
from bot.conversation import Conversation
from bot.errors import ConfigError
from bot.redeliveries import Claim, Redeliveries
from bot.store import inbox
from bot.teams.access import Access
from bot.teams.connector import Connector
from bot.teams.gate import PATH, Gate
from bot.teams.installation import Installation
from bot.teams.keys import Keys
from bot.teams.listeners import Keeping, Listeners
from bot.teams.login import Login
from bot.teams.places import PLATFORM
from bot.teams.tips import TipDelivery
from bot.teams.tokens import Tokens
from bot.tips.daily import Daily

DRAIN_SECONDS = 20.0
"""How long unfinished answers are waited for at the end; hosts kill after thirty."""

log = logging.getLogger("bot.teams")


class Bot:
    """The coach in Teams, in every tenant that may have it; an async context manager.

    Args:
        conversation: Answers what is asked.
        access: The way in and out.
        daily: People's own tips; None where nothing is kept of anybody, so that none are sent.
        now: Seconds since 1970, for the age of tokens.
    """

    platform = PLATFORM

    def __init__(
        self,
        conversation: Conversation,
        access: Access,
        daily: Daily | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._conversation = conversation
        self._access = access
        self._daily = daily
        self._now = now
        self.tips: TipDelivery | None = None
        """The way out for tips, once the bot is entered; None where nothing is kept."""

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            jar = aiohttp.DummyCookieJar()  # all tenants share it, and no cookie is to go from one to another
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            self._login = Login(self._access, session, time.monotonic)
            background = Background()
            listeners = self._listen(Connector(self._login, session), background)
            keys = Keys(self._access.authority.metadata_url, session, time.monotonic)
            tokens = Tokens(self._access, keys, self._now)
            self._gate = Gate(listeners, tokens, Redeliveries(PLATFORM, time.monotonic, self._claim()))
            stack.push_async_callback(background.drain, DRAIN_SECONDS)
            if self._access.open_to is None:
                background.start(_have_ready(keys), "fetching Microsoft's signing keys")
            await self._login.warm()
            self._running = stack.pop_all()
        return self

    def _listen(self, connector: Connector, background: Background) -> Listeners:
        if self._daily is None:
            return Listeners(self._conversation, connector, background, None)
        installation = Installation(self._daily.database, connector)
        self.tips = TipDelivery(connector, installation)
        keeping = Keeping(installation, self._daily)
        return Listeners(self._conversation, connector, background, keeping)

    def _claim(self) -> Claim | None:
        """How activities are told apart among replicas; with a file there is only one of us."""
        if self._daily is None or self._daily.database.address.path is not None:
            return None
        return partial(inbox.claim, self._daily.database)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.aclose()

    def add_routes(self, app: web.Application) -> None:
        """Open the door."""
        app.router.add_post(PATH, self._gate.handle)

    async def is_ready(self) -> bool:
        """Whether Microsoft gives us a token."""
        try:
            return await self._login.warm()
        except ConfigError as error:
            log.error("not ready: %s", error)  # noqa: TRY400  the sentence says it all
            return False


async def _have_ready(keys: Keys) -> None:
    """Spare the first request the wait for the keys; where it fails, that request asks anew."""
    await keys.warm()
