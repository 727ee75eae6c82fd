import asyncio
import hashlib
import hmac
import json
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from bot.app import running, slack_side
from bot.coach.coach import Coach
from bot.coach.handbook import Referral, Side, Tip, Tool
from bot.coach.question import Aspect, Role
from bot.coach.topics import Evidence, Kind, Sides, Source, Topic
from bot.config import Secret, ServerSettings, SlackSettings
from bot.conversation import Conversation
from bot.memory import remembering
from bot.playground.emulator import Emulator
from bot.playground.workspace import COACH
from bot.slack.gate import PATH
from bot.store.threads import MemoryThreads
from bot.trying import Clock, manifest_commands

HERE = ServerSettings(port=0)
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MARK = "zebrafish7731"
"""Stands in what people write in these tests; it must never come back, and never be logged."""


@pytest.fixture
def mark():
    return MARK


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(time.monotonic))


def settings_for(slack, *, over_socket=False, **changed):
    secret = None if over_socket else Secret(slack.signing_secret)
    app_token = Secret(slack.app_token) if over_socket else None
    known = {"bot_token": Secret(slack.bot_token), "signing_secret": secret, "app_token": app_token}
    return SlackSettings(**{**known, "api_url": slack.api_url, **changed})


@pytest.fixture
def make_settings():
    """Settings for a workspace, some of them changed."""
    return settings_for


@asynccontextmanager
async def workspace(
    conversation, *, over_socket=False, prepare=lambda _: None, memory=None, server=HERE, **options
):
    """A Slack workspace with the coach at work in it; `prepare` sees it before the coach comes."""
    async with Emulator(commands=manifest_commands(), **options) as slack:
        prepare(slack)
        settings = settings_for(slack, over_socket=over_socket)
        clock = options.get("clock", time.time)
        sides = [slack_side(settings, conversation, memory, clock)]
        async with running(server, sides, memory) as address:
            if not over_socket:
                await slack.connect(address + PATH)
            slack.coach_address = address
            yield slack


@pytest.fixture
def make_workspace():
    return workspace


@pytest.fixture
async def slack(conversation):
    """The coach in a workspace, over signed HTTP."""
    async with workspace(conversation) as slack:
        yield slack


@pytest.fixture(params=["http", "socket"])
async def either(request, conversation):
    """The coach in a workspace, over each transport in turn."""
    async with workspace(conversation, over_socket=request.param == "socket") as slack:
        yield slack


@pytest.fixture
def clock():
    """The time of the workspace, the database and the coach; put forward by hand."""
    return Clock()


@asynccontextmanager
async def remembered(coach, address, clock, **options):
    """The coach in a workspace, with a database at this address."""
    async with (
        remembering(coach, address, b"a key", clock.milliseconds) as (conversation, memory),
        workspace(conversation, memory=memory, clock=clock, **options) as slack,
    ):
        slack.memory = memory
        yield slack


@pytest.fixture
def remember(coach, tmp_path, clock):
    """Opens a workspace with a database; twice in one test it is the same database."""
    return lambda **options: remembered(coach, f"sqlite:///{tmp_path}/lvm.db", clock, **options)


@pytest.fixture
async def kept(remember):
    async with remember() as slack:
        yield slack


class Door:
    """Knocks at the coach's address, signed as Slack signs unless told otherwise."""

    def __init__(self, slack, session):
        self.address = slack.coach_address
        self._secret = slack.signing_secret
        self._session = session

    def sign(self, body, at=None):
        at = int(time.time()) if at is None else at
        signed = hmac.new(self._secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256)
        return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": "v0=" + signed.hexdigest()}

    async def knock(self, body, content_type=FORM, at=None, **changed):
        headers = {"Content-Type": content_type, **self.sign(body, at), **changed}
        headers = {name: value for name, value in headers.items() if value is not None}
        return await self.request("POST", PATH, data=body, headers=headers)

    async def json(self, payload):
        return await self.knock(json.dumps(payload).encode(), JSON)

    async def form(self, fields, **more):
        return await self.knock(urlencode(fields).encode(), **more)

    async def interaction(self, payload):
        return await self.form({"payload": json.dumps(payload)})

    async def request(self, method, path, **options):
        async with self._session.request(method, self.address + path, **options) as response:
            return SimpleNamespace(status=response.status, text=await response.text())


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def door(slack, session):
    return Door(slack, session)


@pytest.fixture
def open_door(session):
    return lambda slack: Door(slack, session)


@pytest.fixture
def quiet(caplog):
    """The log as `LVM_LOG_LEVEL=debug` has it; in the end it must hold no traceback and no written word."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, logger="bot")
    yield caplog
    logged = caplog.text
    assert MARK not in logged
    assert "Traceback" not in logged


class BrokenCoach(Coach):
    """Fails on every question about breaking."""

    def match(self, question):
        if "break" in question.text:
            raise RuntimeError(question.text)
        return super().match(question)


@pytest.fixture(scope="session")
def broken_coach(handbook):
    return BrokenCoach(handbook)


@pytest.fixture
def breaking(broken_coach):
    """A conversation whose coach fails, with what was written in the error's text."""
    return Conversation(broken_coach, MemoryThreads(time.monotonic))


class StandIn:
    """In Slack's place: gives one and the same answer, and counts what it was asked."""

    def __init__(self, answer):
        self.asked = 0
        self.answer = answer
        self._was_asked = asyncio.Event()
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app)

    async def __aenter__(self):
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def until_asked(self, times):
        async with asyncio.timeout(5):
            while self.asked < times:
                self._was_asked.clear()
                await self._was_asked.wait()

    async def _take(self, _):
        self.asked += 1
        self._was_asked.set()
        return web.Response(**self.answer)


@pytest.fixture
def stand_in():
    return StandIn


@pytest.fixture
def said():
    """What the coach said so far in a channel or in someone's direct messages, oldest first."""
    return lambda slack, channel="#general": [m for m in slack.messages(channel) if m.user == COACH.id]


@pytest.fixture(scope="session")
def small(handbook):
    """A handbook with content of its own, so that the golden files stay when the shipped content grows."""
    maps = Topic(
        id="maps-roads",
        kind=Kind.DIFFERENCE,
        title="Maps vs. roads",
        lead="A map says where it is worth going; a road gets you there. You need both.",
        aspects={aspect: f"The text for <{aspect}>." for aspect in Aspect},
        if_then="When I draw a map, I will also mend one road.",
        phrasings=("maps or roads",),
        sources=(Source("s", "A. Author (2001), On Maps.", Evidence.STUDY, "Maps & roads, one town."),),
        sides=Sides("Draw the map with them.", "Mend the road.", "Ask of each road where it leads."),
        roles={
            Role.EXECUTIVE: "Your roads are other people's days.",
            Role.INDIVIDUAL: "You can draw, too.",
        },
        see_also=("travel",),
        number=1,
    )
    travel = replace(
        maps, id="travel", kind=Kind.OVERVIEW, title="What is travel?", sides=None, number=None, see_also=()
    )
    tip = Tip(
        "one", "Look up once.", "It helps.", "Look up.", "When lost, I will.", maps.id, Side.LEADING, "?"
    )
    tool = Tool("tip", "A tip for today", "A tip.", ("tip",))
    privacy = Tool("privacy", "What I keep", "I keep nothing of what you write.", ("privacy",))
    trouble = Referral("trouble", "This is beyond me", "I am sorry.", ("A doctor", "A friend"), ("trouble",))
    return replace(
        handbook,
        topics={each.id: each for each in (travel, maps)},
        tips=(tip,),
        tools={"tip": tool, "privacy": privacy},
        referrals={"trouble": trouble},
        quotes={},
        replies=replace(handbook.replies, welcome="I am a coach.", unsure="Which one?"),
    )
