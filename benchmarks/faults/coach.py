"""The coach as people meet it: `lvm serve` as a host starts it, and commands as Slack brings them."""

import asyncio
import html
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web

from benchmarks.crowd import HOUR_MS, at_nine
from benchmarks.faults.stand import LVM
from benchmarks.load import SECRET, signed_command
from bot.store.database import utc_ms

PATIENCE_SECONDS = 3.0
"""How long Slack waits: https://docs.slack.dev/interactivity/implementing-slash-commands (from memory)."""
_START_SECONDS = 30.0
_STOP_SECONDS = 30.0
_PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, and what became of it."""

    command: str
    seconds: float
    said: str | None
    """The body of the answer; None where none came in time, or one that is no answer."""


@dataclass
class Coach:
    """One that runs."""

    port: int
    asked: list[Asked] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None

    async def ask(self, command: str) -> Asked:
        """Type `/lvm …`."""
        began, said = time.monotonic(), None
        with suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                said = await self._post(signed_command(command))
        return Asked(command, time.monotonic() - began, said)

    async def keep_asking(self, command: str, enough: asyncio.Event) -> None:
        """Type it again and again; what comes of it is in `asked`."""
        while not enough.is_set():
            self.asked.append(await self.ask(command))
            await asyncio.sleep(_PAUSE_SECONDS)

    async def kill(self) -> None:
        """End it with no word, as a machine does."""
        if self.process is not None:
            self.process.kill()
            await self.process.wait()

    async def _post(self, request: bytes) -> str | None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            _, _, length = head.partition("content-length:")
            body = await reader.readexactly(int(length.partition("\r\n")[0]))
        finally:
            writer.close()
        return html.unescape(body.decode()) if head.split()[1] == "200" else None


@asynccontextmanager
async def serving(address: str) -> AsyncIterator[Coach]:
    """A coach for as long as this lasts, on a database that has its tables.

    It takes all workspaces for its own, so it must share a database with nobody.
    """
    async with _web_api() as api:
        coach = Coach(_free_port())
        process = await asyncio.create_subprocess_exec(
            *(LVM, "serve"), env=os.environ | _settings(address, api, coach.port)
        )
        coach.process = process
        try:
            async with asyncio.timeout(_START_SECONDS):
                while (await coach.ask("help")).said is None:  # noqa: ASYNC110  nothing tells when
                    await asyncio.sleep(_PAUSE_SECONDS)
            yield coach
        finally:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _settings(address: str, api: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-faults",
        "SLACK_SIGNING_SECRET": SECRET.decode(),
        "SLACK_API_URL": api,
        "DATABASE_URL": address,
        "LVM_HOST": "127.0.0.1",
        "LVM_LOG_LEVEL": "error",
        "PORT": str(port),
    }


@asynccontextmanager
async def _web_api() -> AsyncIterator[str]:
    """As much of a Web API as commands need: who we are, and who asks."""
    us = {"ok": True, "team_id": "T1", "team": "", "user_id": "U9", "user": "", "bot_id": "B9", "url": ""}
    noon = at_nine(utc_ms() - 3 * HOUR_MS).zone  # the usual hour of a tip is over there, and far away
    them = {"ok": True, "user": {"id": "U1", "tz": noon}}
    app = web.Application()
    for method, answer in {"auth.test": us, "users.info": them}.items():

        async def tell(_: web.Request, answer: dict[str, object] = answer) -> web.Response:
            return web.json_response(answer)

        app.router.add_route("*", f"/api/{method}", tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
