"""The tenant put together: its options, its addresses, and what can be asked of it."""

import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from bot.errors import ConfigError
from bot.playground.browser import send_file
from bot.playground.feed import Feed
from bot.playground.model import Clock, Jump
from bot.playground.page import STATIC
from bot.playground.server import LOOPBACK, Server
from bot.playground.teams.connector import SERVICE, Called, Connector
from bot.playground.teams.delivery import Delivered, Delivery
from bot.playground.teams.disturbances import Call, Disturbance, Disturbances
from bot.playground.teams.hands import Hands
from bot.playground.teams.limits import ANSWER_SECONDS
from bot.playground.teams.model import Change, ChangeKind, Command
from bot.playground.teams.page import Page
from bot.playground.teams.rooms import Rooms
from bot.playground.teams.signing import LOGIN, METADATA, Signing
from bot.playground.teams.tenant import Tenant
from bot.playground.teams.throttle import Throttle

T = TypeVar("T")
CREDENTIALS: Final = ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID")
"""Settings of a registration with Microsoft: where one is set, a real bot is meant."""
HOST: Final = "LVM_HOST"
_HERE: Final = frozenset({LOOPBACK, "localhost", "::1"})
_NO_HEADERS: Final[Mapping[str, str]] = {}


@dataclass(kw_only=True, eq=False)
class TeamsEmulator(Hands):
    """A tenant of Teams in this process; an async context manager, or `at` an address that serves it.

    People act through the methods of `Hands`; what comes later than the app's first answer is waited for
    with `until`.

    Raises:
        ConfigError: The environment is that of a bot which people use.
    """

    environment: Mapping[str, str]
    """The settings of this process: beside those of a real bot the emulator does not start."""
    clock: Clock = time.time
    """Gives ids, and says how old what is signed is."""
    commands: Sequence[Command] = ()
    """What stands behind the slash."""
    is_throttled: bool = False
    """Whether too many messages are refused, as by Teams."""
    answer_seconds: float = ANSWER_SECONDS
    """How long the app has to answer."""
    jumps: dict[str, Jump] = field(default_factory=dict)
    """What puts `clock` forward, by what the page calls it; more may be added at any time."""

    def __post_init__(self) -> None:
        _check(self.environment)
        self.client_secret = secrets.token_urlsafe(24)
        self.origin = ""
        """Where it is reached, such as `http://127.0.0.1:8080`, once it is."""
        self._feed: Feed[Change] = Feed()
        self.tenant = Tenant(self.clock, self._feed.announce)
        self._signing = Signing(self.client_secret, self.clock)
        self._disturbances = Disturbances()
        self._delivery = Delivery(self._signing, self._feed.stir, self.answer_seconds)
        throttle = Throttle(self.clock) if self.is_throttled else None
        self._connector = Connector(
            Rooms(self.tenant), self._signing, self._disturbances, throttle, self._feed.stir
        )

    def routes(self) -> list[web.RouteDef]:
        """List all that it answers, for a server of somebody else's on this machine."""
        page = Page(self, self._feed, self.commands, self.jumps)
        return [*self._signing.routes(), *self._connector.routes(), *page.routes()]

    @asynccontextmanager
    async def at(self, origin: str) -> AsyncIterator[Self]:
        """Be reached at an address of this machine, whose server has the routes."""
        self.origin = self._signing.origin = origin
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            self._delivery.session = session
            try:
                yield self
            finally:
                await self._close()

    async def __aenter__(self) -> Self:
        self._server = Server([*self.routes(), web.get("/static/{name}", _shared)], self._close)
        address = await self._server.start(0)
        self._running = self.at(f"http://{address}")
        return await self._running.__aenter__()

    async def __aexit__(self, *_: object) -> None:
        await self._running.__aexit__(None, None, None)
        await self._server.stop()

    @property
    def metadata_url(self) -> str:
        """Names the keys that sign."""
        return self.origin + METADATA

    @property
    def login_url(self) -> str:
        """Before `<tenant>/oauth2/v2.0/token`."""
        return self.origin + LOGIN

    @property
    def host(self) -> str:
        """Of the service address, with the port."""
        return self.origin.removeprefix("http://")

    @property
    def service_url(self) -> str:
        """Where the app is told to send to."""
        return f"{self.origin}{SERVICE}{self._connector.region}/"

    def connect(self, address: str) -> None:
        """Deliver to an app's address from now on.

        Raises:
            ConfigError: The address is not on this machine.
        """
        if urlsplit(address).hostname not in _HERE:
            raise ConfigError(
                f"{address} is not on this machine; the emulator of Teams sends nothing elsewhere"
            )
        self._delivery.address = address

    @property
    def calls(self) -> list[Called]:
        """Every call of the app's so far."""
        return self._connector.calls

    @property
    def deliveries(self) -> list[Delivered]:
        """Everything brought to the app so far."""
        return self._delivery.journal

    def next_answer(
        self,
        status: int,
        headers: Mapping[str, str] = _NO_HEADERS,
        *,
        call: Call = Call.SEND,
        accepted: bool = False,
        seconds: float = 0.0,
    ) -> None:
        """Order the answer to the next call of a sort; several are used one after the other.

        Args:
            status: Of the answer; `RESET` breaks the connection off.
            headers: Of the answer.
            call: Which sort.
            accepted: Whether the call is carried out nevertheless.
            seconds: How long the answer takes.
        """
        self._disturbances.order(call, Disturbance(status, headers, accepted, seconds))

    def move(self, region: str) -> None:
        """Go on at another service address; the one until now is of no use any more."""
        self._connector.region = region

    def revoke(self) -> None:
        """Make the app's tokens void."""
        self._signing.revoke()

    def tell_time(self) -> None:
        """Tell the page that `clock` was put forward."""
        self._feed.announce(Change(ChangeKind.CLOCK, now=self.clock()))

    async def until(self, ready: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait for `ready` to give something true, looking again at each change, and give it.

        Raises:
            TimeoutError: It did not within so many seconds.
        """
        return await self._feed.until(ready, seconds)

    async def _close(self) -> None:
        self._feed.close()


async def _shared(request: web.Request) -> web.Response:
    """What the page shares with its Slack sister, whose server has it anyway."""
    return await send_file(STATIC, request.match_info["name"])


def _check(environment: Mapping[str, str]) -> None:
    """The double gate: neither beside a real bot's credentials nor where others than we could come in."""
    names = [name for name in CREDENTIALS if environment.get(name, "").strip()]
    if names:
        raise ConfigError(
            f"The emulator of Teams does not start beside a real bot's settings: unset {', '.join(names)}."
        )
    host = environment.get(HOST, "").strip()
    if host and not _is_here(host):
        raise ConfigError(f"The emulator of Teams is for this machine alone: unset {HOST}.")


def _is_here(host: str) -> bool:
    try:
        return host in _HERE or ip_address(host).is_loopback
    except ValueError:
        return False
