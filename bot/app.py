"""Builds everything once and hands it down; starts, reloads, drains, stops."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot import incidents
from bot.config import ServerSettings, SlackSettings
from bot.conversation import Conversation, build_coach, build_conversation
from bot.errors import ConfigError, ContentError
from bot.slack.gate import MAX_BODY_BYTES
from bot.slack.workspace import Workspace

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
    server: ServerSettings, slack: SlackSettings, conversation: Conversation
) -> AsyncIterator[str]:
    """Run the server; gives its address. At the end it finishes what was begun."""
    workspace = Workspace(
        conversation,
        bot_token=slack.bot_token.reveal(),
        signing_secret=slack.signing_secret.reveal() if slack.signing_secret else None,
        app_token=slack.app_token.reveal() if slack.app_token else None,
        api_url=slack.api_url,
    )
    async with workspace:
        runner = web.AppRunner(
            _build_web(workspace),
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


async def serve(server: ServerSettings, slack: SlackSettings) -> None:
    """Serve until told to stop; SIGHUP reloads the content.

    Raises:
        ContentError: The content has faults.
        ConfigError: Slack refuses the credentials.
    """
    conversation = build_conversation(server.responses, server.cache)
    stop = _listen_to_signals(conversation, server.responses)
    async with running(server, slack, conversation) as address:
        how = "Socket Mode" if slack.app_token else "HTTP"
        log.info("ready at %s over %s, content %s", address, how, conversation.coach.handbook.digest)
        await stop.wait()
        log.info("stopping")


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


def _build_web(workspace: Workspace) -> web.Application:
    app = web.Application(client_max_size=MAX_BODY_BYTES)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_: web.Request) -> web.Response:
        ready = await workspace.is_ready()
        return web.Response(text="ready" if ready else "Slack is not reached", status=200 if ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    workspace.add_routes(app)
    return app
