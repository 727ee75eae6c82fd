"""The emulator of Teams with nobody behind it, or with an app that answers whatever a test puts there."""

from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web

from bot.playground.teams.emulator import TeamsEmulator
from bot.playground.teams.model import BOT_ACCOUNT, CLIENT_ID, TENANT_ID, Scope
from bot.playground.teams.signing import SCOPE


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def teams():
    async with TeamsEmulator(environment={}) as teams:
        yield teams


@pytest.fixture
async def token(teams, session):
    form = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "scope": SCOPE}
    address = f"{teams.login_url}{TENANT_ID}/oauth2/v2.0/token"
    async with session.post(address, data=form | {"client_secret": teams.client_secret}) as response:
        return (await response.json())["access_token"]


@pytest.fixture
def call(teams, session, token):
    """Makes one call of the Bot Connector, as an app does, with its token unless told otherwise."""

    async def call(method, path, body=None, bearer=None):
        headers = {"Authorization": f"Bearer {token if bearer is None else bearer}"}
        url = f"{teams.service_url}v3/conversations{path}"
        async with session.request(method, url, json=body, headers=headers) as response:
            said = await response.json()
            error = said.get("error", {}).get("code")
            return SimpleNamespace(status=response.status, error=error, body=said, headers=response.headers)

    return call


@pytest.fixture
def activities(teams):
    """The path under which one sends to a place."""
    return lambda scope=Scope.PERSONAL: f"/{teams.tenant.place(scope).id}/activities"


@pytest.fixture
def card():
    """A message with a card, some of it changed."""

    def make(**changed):
        content = {"type": "AdaptiveCard", "version": "1.5", "body": [], **changed}
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
        return {"type": "message", "attachments": [attachment]}

    return make


@pytest.fixture
async def app(teams):
    """An app that notes down what it gets and answers `app.answer`; not connected yet."""
    app = SimpleNamespace(requests=[], answer={"status": 200, "text": "{}"})

    async def take(request):
        app.requests.append((request.headers, await request.json()))
        return web.Response(**app.answer)

    served = web.Application()
    served.router.add_post("/api/messages", take)
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    teams.connect(app.address)
    yield app
    await runner.cleanup()


@pytest.fixture
def bot():
    return BOT_ACCOUNT
