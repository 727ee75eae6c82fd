"""Builds everything once and hands it down; starts, reloads, drains, stops."""

import asyncio
import hmac
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot import incidents
from bot.config import Secret, ServerSettings, SlackSettings
from bot.conversation import Conversation, build_coach
from bot.errors import ConfigError, ContentError
from bot.memory import Memory, forgetting, remembering
from bot.slack.gate import MAX_BODY_BYTES
from bot.slack.places import PLATFORM
from bot.slack.workspace import Access, Kept, Workspace

log = logging.getLogger("bot.app")

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
SHUTDOWN_SECONDS = 5.0
"""How long open requests are waited for; each takes milliseconds."""
LINGERING_SECONDS = 1.0
"""How long the rest of a refused body may still come in, so that its sender reads the answer."""


async def reload(conversation: Conversation, responses: Path | None) -> bool:
    """Swap in the content as it is now, whole; on any fault keep what there was."""
    try:
        conversation.coach = await asyncio.to_thread(build_coach, responses)
    except ContentError as error:
        for fault in error.faults:
            log.error("%s", fault)  # noqa: TRY400  faults are no surprise
        log.error("the content stays as it was: %d faults", len(error.faults))  # noqa: TRY400  likewise
        return False
    except Exception as error:  # noqa: BLE001  whatever it was, the old content goes on serving
        incidents.report(error, "reloading the content")
        return False
    log.info("new content %s", conversation.coach.handbook.digest)
    return True


@asynccontextmanager
async def running(
    server: ServerSettings,
    slack: SlackSettings,
    conversation: Conversation,
    memory: Memory | None = None,
    now: Callable[[], float] = time.time,
) -> AsyncIterator[str]:
    """Run the server; gives its address. At the end it finishes what was begun.

    Args:
        server: Where to listen.
        slack: The workspace.
        conversation: Answers what is asked.
        memory: The database and what works on it; without it no tips are sent.
        now: Seconds since 1970, for the age of Slack's requests.
    """
    access = Access(
        bot_token=slack.bot_token.reveal(),
        signing_secret=slack.signing_secret.reveal() if slack.signing_secret else None,
        app_token=slack.app_token.reveal() if slack.app_token else None,
        api_url=slack.api_url,
        now=now,
    )
    kept = Kept(memory.database, memory.daily) if memory else None
    workspace = Workspace(conversation, access, kept)
    async with workspace, _sending(workspace, memory):
        runner = web.AppRunner(
            _build_web(workspace, memory, server.metrics_token),
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


@asynccontextmanager
async def _sending(workspace: Workspace, memory: Memory | None) -> AsyncIterator[None]:
    """Send tips for as long as this lasts."""
    if memory is None or workspace.tips is None:
        yield
        return
    memory.delivers[PLATFORM] = workspace.tips
    async with memory.tips:
        yield


async def _listen(runner: web.AppRunner, server: ServerSettings) -> None:
    try:
        await web.TCPSite(runner, server.host, server.port).start()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no such address"
        raise ConfigError(
            f"Cannot listen on {server.host}:{server.port} ({reason}); set another PORT or LVM_HOST."
        ) from error


async def serve(server: ServerSettings, slack: SlackSettings) -> None:
    """Serve until told to stop; SIGHUP reloads the content.

    Raises:
        ContentError: The content has faults.
        ConfigError: Slack refuses the credentials.
        StoreError: The database cannot be opened or brought up to date.
    """
    coach = build_coach(server.responses, server.cache)
    async with AsyncExitStack() as stack:
        conversation, memory = forgetting(coach), None
        if server.database:
            opened = remembering(coach, server.database.reveal(), _key(slack))
            conversation, memory = await stack.enter_async_context(opened)
        stop = _listen_to_signals(conversation, server.responses)
        address = await stack.enter_async_context(running(server, slack, conversation, memory))
        how = "Socket Mode" if slack.app_token else "HTTP"
        log.info("ready at %s over %s, content %s", address, how, conversation.coach.handbook.digest)
        if memory is None:
            log.info("DATABASE_URL is -, so there are no daily tips")
        await stop.wait()
        log.info("stopping")


def _key(slack: SlackSettings) -> bytes:
    """Under which places and people are stored; a new token costs the threads of a day."""
    return hmac.digest(slack.bot_token.reveal().encode(), b"places and people", "sha256")


async def until_stopped(conversation: Conversation, responses: Path | None) -> None:
    """Wait for SIGTERM or SIGINT, reloading on each SIGHUP before it."""
    await _listen_to_signals(conversation, responses).wait()


def _listen_to_signals(conversation: Conversation, responses: Path | None) -> asyncio.Event:
    """Reload on each SIGHUP from now on, one after the other; the event is set by SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    turn = asyncio.Lock()
    reloads: set[asyncio.Task[None]] = set()

    async def reload_in_turn() -> None:
        async with turn:
            await reload(conversation, responses)

    def start_reload() -> None:
        task = asyncio.create_task(reload_in_turn())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, start_reload)
    return stop


def _build_web(workspace: Workspace, memory: Memory | None, token: Secret | None) -> web.Application:
    app = web.Application(client_max_size=MAX_BODY_BYTES)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_: web.Request) -> web.Response:
        ready = await workspace.is_ready()
        return web.Response(text="ready" if ready else "Slack is not reached", status=200 if ready else 503)

    app.router.add_get("/healthz", healthz)
    if memory is not None:
        app.router.add_get("/metrics", _metrics(memory, token))
    app.router.add_get("/readyz", readyz)
    workspace.add_routes(app)
    return app


def _metrics(memory: Memory, token: Secret | None) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(request: web.Request) -> web.Response:
        from bot.metrics import may_read, write_metrics  # noqa: PLC0415  costs a tenth of a start, seldom used

        if not may_read(request, token.reveal() if token else None):
            raise web.HTTPNotFound
        return await write_metrics(memory.tips.counts, memory.database)

    return metrics
