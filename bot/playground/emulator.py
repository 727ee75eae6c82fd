"""The workspace put together: its options, its server, and what can be asked of it."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.errors import ConfigError
from bot.playground.browser import PLATFORMS
from bot.playground.delivery import (
    ACK_SECONDS,
    REDELIVERY_SECONDS,
    Delivered,
    Delivery,
    Envelope,
    HttpTransport,
    Kind,
)
from bot.playground.disturbances import Disturbance, Disturbances
from bot.playground.feed import Feed
from bot.playground.files import Files
from bot.playground.hands import Hands
from bot.playground.model import Change, ChangeKind, Clock, Command, Jump
from bot.playground.page import Page
from bot.playground.payloads import VERIFICATION_TOKEN
from bot.playground.pressing import Pressing
from bot.playground.response_urls import ResponseUrls
from bot.playground.server import LOOPBACK, Server
from bot.playground.socket_mode import SocketMode
from bot.playground.speaking import (
    APP_HOME_OPENED,
    APP_MENTION,
    APP_UNINSTALLED,
    MESSAGE_IM,
    TOKENS_REVOKED,
    USER_CHANGE,
    Speaking,
)
from bot.playground.web_api import CONNECT, Call, Door, WebApi
from bot.playground.workspace import Workspace

T = TypeVar("T")
SUBSCRIBED: Final = frozenset(
    {APP_MENTION, MESSAGE_IM, APP_HOME_OPENED, APP_UNINSTALLED, TOKENS_REVOKED, USER_CHANGE}
)
"""The events that the coach's manifest subscribes to."""


def _secret() -> str:
    return secrets.token_hex(16)


@dataclass(kw_only=True, eq=False)
class Emulator(Hands):
    """A Slack workspace in this process; an async context manager.

    People act through the methods of `Hands`; what comes later than the app's first answer is waited for
    with `until`.
    """

    commands: Sequence[Command] = ()
    """The app's slash commands."""
    signing_secret: str = field(default_factory=_secret, repr=False)
    bot_token: str = field(default_factory=lambda: f"xoxb-{_secret()}", repr=False)
    """Opens the Web API."""
    app_token: str = field(default_factory=lambda: f"xapp-{_secret()}", repr=False)
    """Opens Socket Mode."""
    clock: Clock = time.time
    """Gives timestamps and decides what has expired."""
    subscribed: frozenset[str] = SUBSCRIBED
    """The events that the app is told of."""
    scopes: frozenset[str] | None = None
    """What the app was granted; None for everything."""
    ack_seconds: float = ACK_SECONDS
    """How long the app has to answer."""
    redelivery_seconds: Sequence[float] = REDELIVERY_SECONDS
    """The pauses before an event is brought again."""
    host: str = LOOPBACK
    """127.0.0.1; anything else is refused with ConfigError."""
    port: int = 0
    """Where to listen; 0 for any free port."""

    beside: Sequence[web.RouteDef] = ()
    """What another platform answers at the same address: its page is `/teams`."""
    jumps: dict[str, Jump] = field(default_factory=dict)
    """What puts `clock` forward, by what the page calls it; more may be added at any time."""

    def __post_init__(self) -> None:
        if self.host != LOOPBACK:
            raise ConfigError(f"the local workspace listens on {LOOPBACK} only: whoever reaches it is let in")
        self.origin = ""
        """Where the page is, such as `http://127.0.0.1:8080`, once the workspace is entered."""
        self._feed: Feed[Change] = Feed()
        self._disturbances = Disturbances()
        self.workspace = Workspace(self.clock, self._announce)
        self._delivery = Delivery(self._feed, self.clock, self.redelivery_seconds)
        self._socket_mode = SocketMode(self._feed, self._delivery.transports, self.ack_seconds)
        door = Door(self.bot_token, self.app_token, self.scopes)
        self.files = Files()
        """What the app brought."""
        own = {
            CONNECT: (lambda _workspace, _arguments: self._socket_mode.open(), ""),
            "files.getUploadURLExternal": (self.files.get_upload_url, "files:write"),
            "files.completeUploadExternal": (self.files.complete_upload, "files:write"),
        }
        self._web_api = WebApi(self.workspace, self._feed, self._disturbances, door, own)
        self._response_urls = ResponseUrls(self.workspace, self._disturbances)
        self._speaking = Speaking(
            self.workspace, self._delivery, self._response_urls, self.commands, self.subscribed
        )
        self._pressing = Pressing(self.workspace, self._delivery, self._response_urls)
        self._server = Server(self._routes(), self._before_stop)

    async def __aenter__(self) -> Self:
        address = await self._server.start(self.port)
        self.origin = self._response_urls.host = self.files.host = f"http://{address}"
        self._socket_mode.host = f"ws://{address}"
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._delivery.close()
        await self._server.stop()
        await self._session.close()

    @property
    def api_url(self) -> str:
        """The Web API's base address, for SLACK_API_URL."""
        return f"{self.origin}/api/"

    async def connect(self, request_url: str) -> None:
        """Deliver to an app's request address from now on, once it has answered Slack's challenge.

        Raises:
            ConfigError: The address is not on this machine, or the app does not answer the challenge.
        """
        if urlsplit(request_url).hostname not in {LOOPBACK, "localhost", "::1"}:
            raise ConfigError(
                f"{request_url} is not on this machine; the local workspace sends nothing elsewhere"
            )
        transport = HttpTransport(
            request_url, self.signing_secret, self.clock, self._session, self.ack_seconds
        )
        challenge = secrets.token_urlsafe(16)
        asked = {"type": "url_verification", "challenge": challenge, "token": VERIFICATION_TOKEN}
        reply = await transport.carry(Envelope(Kind.EVENT, asked))
        if reply.failure or challenge not in reply.body:
            why = reply.failure or "another answer than the challenge"
            raise ConfigError(
                f"the app at {request_url} did not answer as Slack asks ({why}); is it running?"
            )
        self._delivery.transports.insert(0, transport)

    @property
    def connected(self) -> bool:
        """Whether there is an app to deliver to."""
        return bool(self._delivery.transports)

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far."""
        return self._web_api.calls

    @property
    def deliveries(self) -> list[Delivered]:
        """Everything brought to the app so far, each try by itself."""
        return self._delivery.journal

    def tell_time(self) -> None:
        """Tell the page that `clock` was put forward."""
        self._feed.announce(Change(ChangeKind.CLOCK, detail={"now": self.clock()}))

    def next_answer(self, method: str, *disturbances: Disturbance) -> None:
        """Order what goes wrong in the next calls of a method; `response_url` names the later answers."""
        self._disturbances.order(method, *disturbances)

    async def until(self, ready: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait for `ready` to give something true, looking again at each change, and give it.

        Raises:
            TimeoutError: It did not within so many seconds.
        """
        return await self._feed.until(ready, seconds)

    async def disconnect(self) -> None:
        """Ask the app to connect anew over Socket Mode."""
        await self._socket_mode.disconnect()

    def _announce(self, change: Change) -> None:
        self._feed.announce(change)
        self._speaking.echo(change)

    def _routes(self) -> list[web.RouteDef]:
        page = Page(self.workspace, self._feed, self._speaking, self._pressing, self.jumps)
        page.platforms.update(PLATFORMS if self.beside else {})
        return [
            web.route("*", "/api/{method}", self._web_api.answer),
            web.post("/respond/{key}", self._response_urls.answer),
            web.get("/link/", self._socket_mode.link),
            web.post("/upload/{id}", self.files.take),
            web.get("/files/{id}", self.files.give),
            *page.routes(),
            *self.beside,
        ]

    async def _before_stop(self) -> None:
        self._feed.close()
        await self._socket_mode.close()
