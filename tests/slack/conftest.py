import time
from contextlib import asynccontextmanager

import pytest

from bot.app import running
from bot.config import Secret, ServerSettings, SlackSettings
from bot.conversation import Conversation
from bot.playground.emulator import Emulator
from bot.slack.gate import PATH
from bot.store.threads import MemoryThreads
from bot.trying import manifest_commands


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(time.monotonic))


@asynccontextmanager
async def workspace(conversation, *, over_socket=False, **options):
    """A Slack workspace with the coach at work in it."""
    async with Emulator(commands=manifest_commands(), **options) as slack:
        settings = SlackSettings(
            bot_token=Secret(slack.bot_token),
            signing_secret=None if over_socket else Secret(slack.signing_secret),
            app_token=Secret(slack.app_token) if over_socket else None,
            api_url=slack.api_url,
        )
        async with running(ServerSettings(port=0), settings, conversation) as address:
            if not over_socket:
                await slack.connect(address + PATH)
            slack.coach_address = address
            yield slack


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
