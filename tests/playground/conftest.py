"""A throwaway app to drive the workspace with, over either transport."""

import time
from collections.abc import AsyncIterator
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.emulator import Emulator
from bot.playground.model import Command

COMMANDS = (Command("/lvm", "Ask the coach", "difference vision"), Command("/names", should_escape=True))


class Clock:
    """The machine's time, which can be put forward."""

    def __init__(self):
        self.ahead_seconds = 0.0

    def __call__(self):
        return time.time() + self.ahead_seconds


class AppOnLoopback:
    """One request address with whatever answer is put behind it."""

    def __init__(self, answer):
        self.requests = []
        self._answer = answer
        self._app = web.Application()
        self._app.router.add_post("/slack/events", self._take)
        self._runner = web.AppRunner(self._app)

    async def __aenter__(self):
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _take(self, request):
        await request.read()
        self.requests.append(request)
        if request.content_type == "application/json":
            body = await request.json()
            if body["type"] == "url_verification":
                return web.json_response({"challenge": body["challenge"]})
        return await self._answer(request)


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text, action_id, value="v"):
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": text},
        "action_id": action_id,
        "value": value,
    }


def modal(**more):
    entry = {"type": "plain_text_input", "action_id": "words"}
    block = {
        "type": "input",
        "block_id": "b",
        "label": {"type": "plain_text", "text": "Words"},
        "element": entry,
    }
    titles = {name: {"type": "plain_text", "text": name} for name in ("title", "submit")}
    return {"type": "modal", "callback_id": "form", "blocks": [block], **titles, **more}


@pytest.fixture
def make():
    """Build blocks and views."""
    return SimpleNamespace(section=section, button=button, modal=modal)


@pytest.fixture
def listening():
    """Make one request address with any answer behind it."""
    return AppOnLoopback


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def slack(clock):
    async with Emulator(commands=COMMANDS, clock=clock, redelivery_seconds=(0.0, 0.0, 0.0)) as emulator:
        yield emulator


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def fetch(session):
    """Make one request and read its answer to the end."""

    async def fetch(method, url, **options):
        async with session.request(method, url, **options) as response:
            body = await response.read()
            return SimpleNamespace(
                status=response.status,
                headers=response.headers,
                content_type=response.content_type,
                body=body,
            )

    return fetch


@pytest.fixture
def client(slack, session):
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])


@pytest.fixture
def app(slack, client):
    return AsyncApp(signing_secret=slack.signing_secret, client=client, process_before_response=True)


@pytest.fixture
async def over_http(slack, app):
    """The app, connected over HTTP; listeners may be added later."""

    async def answer(request):
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async with AppOnLoopback(answer) as served:
        await slack.connect(served.url)
        yield app


@pytest.fixture
async def over_socket(slack, app):
    """The app, connected over Socket Mode."""
    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.until(lambda: slack.connected)
    yield app
    await handler.close_async()


@pytest.fixture(params=["over_http", "over_socket"])
def connected(request):
    """The app, over each transport in turn."""
    return request.getfixturevalue(request.param)
