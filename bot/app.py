"""Builds everything once and hands it down; starts, reloads, drains, stops."""

import hmac
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Protocol

from aiohttp import web

from bot.config import Secret, ServerSettings, SlackSettings, TeamsSettings
from bot.conversation import Conversation, build_coach
from bot.errors import ConfigError
from bot.memory import Memory, forgetting, remembering
from bot.signals import listen_to_signals, set_aside
from bot.tips.engine import Deliver

log = logging.getLogger("bot.app")

SHUTDOWN_SECONDS = 5.0
"""How long open requests are waited for; each takes milliseconds."""
LINGERING_SECONDS = 1.0
"""How long the rest of a refused body may still come in, so that its sender reads the answer."""


class Side(Protocol):
    """A platform at work; an async context manager."""

    platform: str
    """What the database calls it."""

    @property
    def tips(self) -> Deliver | None:
        """The way out for tips, once it is entered; None where nothing is kept."""

    async def __aenter__(self) -> object: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def add_routes(self, app: web.Application) -> None:
        """Open its door."""

    async def is_ready(self) -> bool:
        """Whether it knows us."""


def slack_side(
    slack: SlackSettings,
    conversation: Conversation,
    memory: Memory | None = None,
    now: Callable[[], float] = time.time,
) -> Side:
    """The coach in Slack; `now` gives seconds since 1970, for the age of Slack's requests."""
    from bot.slack.workspace import Access, Workspace  # noqa: PLC0415  only where Slack is configured

    access = Access(
        bot_token=slack.bot_token.reveal(),
        signing_secret=slack.signing_secret.reveal() if slack.signing_secret else None,
        app_token=slack.app_token.reveal() if slack.app_token else None,
        api_url=slack.api_url,
        now=now,
    )
    return Workspace(conversation, access, memory.daily if memory else None)


def teams_side(
    teams: TeamsSettings,
    conversation: Conversation,
    memory: Memory | None = None,
    now: Callable[[], float] = time.time,
) -> Side:
    """The coach in Teams; `now` gives seconds since 1970, for the age of tokens.

    Raises:
        ConfigError: The extra for Teams is not installed.
    """
    try:
        from bot.teams.access import Access  # noqa: PLC0415  only where Teams is configured
        from bot.teams.bot import Bot  # noqa: PLC0415  likewise
    except ImportError:
        raise ConfigError("Teams needs one more package: pip install 'lvm-coach[teams]'.") from None
    access = Access(
        client_id=teams.client_id,
        client_secret=teams.client_secret.reveal() if teams.client_secret else None,
        tenant=teams.tenant,
        tenants=teams.tenants,
        open_to=teams.emulator,
    )
    return Bot(conversation, access, memory.daily if memory else None, now)


@asynccontextmanager
async def running(
    server: ServerSettings, sides: Sequence[Side], memory: Memory | None = None
) -> AsyncIterator[str]:
    """Run the server; gives its address. At the end it finishes what was begun.

    Args:
        server: Where to listen.
        sides: The platforms to work on.
        memory: The database and what works on it; without it no tips are sent.
    """
    async with AsyncExitStack() as stack:
        for side in sides:
            await stack.enter_async_context(side)
            if memory is not None and side.tips is not None:
                memory.delivers[side.platform] = side.tips
        if memory is not None:
            await stack.enter_async_context(memory.tips)
        runner = web.AppRunner(
            _build_web(sides, memory, server.metrics_token),
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
            lingering_time=LINGERING_SECONDS,
        )
        await runner.setup()
        try:
            await _listen(runner, server)
            yield f"http://{server.host}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def _listen(runner: web.AppRunner, server: ServerSettings) -> None:
    try:
        await web.TCPSite(runner, server.host, server.port).start()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such address"
        raise ConfigError(
            f"Cannot listen on {server.host}:{server.port} ({reason}); set another PORT or LVM_HOST."
        ) from error


async def serve(server: ServerSettings, slack: SlackSettings | None, teams: TeamsSettings | None) -> None:
    """Serve until told to stop; SIGHUP reloads the content.

    Raises:
        ContentError: The content has faults.
        ConfigError: A platform refuses the credentials.
        StoreError: The database cannot be opened or brought up to date.
    """
    coach = build_coach(server.responses, server.cache)
    async with AsyncExitStack() as stack:
        conversation, memory = forgetting(coach), None
        if server.database:
            opened = remembering(coach, server.database.reveal(), _key(slack, teams))
            conversation, memory = await stack.enter_async_context(opened)
        sides = [slack_side(slack, conversation, memory)] if slack else []
        sides += [teams_side(teams, conversation, memory)] if teams else []
        stop = listen_to_signals(conversation, server.responses)
        address = await stack.enter_async_context(running(server, sides, memory))
        where = " and ".join(side.platform for side in sides)
        log.info("ready at %s for %s, content %s", address, where, conversation.coach.handbook.digest)
        if memory is None:
            log.info("DATABASE_URL is -, so there are no daily tips")
        set_aside()
        await stop.wait()
        log.info("stopping")


def _key(slack: SlackSettings | None, teams: TeamsSettings | None) -> bytes:
    """Under which places and people are stored; a new secret costs the threads of a day."""
    secrets = (slack.bot_token if slack else None, teams.client_secret if teams else None)
    known = "".join(secret.reveal() for secret in secrets if secret)
    return hmac.digest(known.encode(), b"places and people", "sha256")


def _build_web(sides: Sequence[Side], memory: Memory | None, token: Secret | None) -> web.Application:
    app = web.Application()

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_: web.Request) -> web.Response:
        missing = [side.platform for side in sides if not await side.is_ready()]
        text = f"not reached: {', '.join(missing)}" if missing else "ready"
        return web.Response(text=text, status=503 if missing else 200)

    app.router.add_get("/healthz", healthz)
    if memory is not None:
        app.router.add_get("/metrics", _metrics(memory, token))
    app.router.add_get("/readyz", readyz)
    for side in sides:
        side.add_routes(app)
    return app


def _metrics(memory: Memory, token: Secret | None) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(request: web.Request) -> web.Response:
        from bot.metrics import may_read, write_metrics  # noqa: PLC0415  costs a tenth of a start, seldom used

        if not may_read(request, token.reveal() if token else None):
            raise web.HTTPNotFound
        return await write_metrics(memory.tips.counts, memory.database)

    return metrics
