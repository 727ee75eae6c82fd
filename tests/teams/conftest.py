import asyncio
import gc
import logging
import shutil
import time
from pathlib import Path

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.app import running
from bot.config import ServerSettings
from bot.conversation import Conversation
from bot.signals import set_aside
from bot.store.threads import MemoryThreads
from bot.teams.access import Access
from bot.teams.bot import Bot
from bot.teams.gate import PATH
from bot.teams.keys import Keys
from bot.teams.login import Login
from bot.teams.tokens import Tokens
from bot.trying import Clock
from tests.teams.stand import (
    CLIENT_ID,
    CLIENT_SECRET,
    CUSTOMER,
    HOME,
    MARK,
    Door,
    Elsewhere,
    Microsoft,
    Sender,
    Signer,
)
from tests.teams.tenants import BrokenCoach, remembered, tenant


@pytest.fixture
def clock():
    """The time of Microsoft and of the coach; put forward by hand."""
    return Clock()


@pytest.fixture
async def session():
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def microsoft():
    async with Microsoft() as microsoft:
        yield microsoft


@pytest.fixture
def access(microsoft):
    return Access(CLIENT_ID, CLIENT_SECRET, HOME, frozenset({CUSTOMER}), microsoft.authority)


@pytest.fixture(scope="session")
def private_keys():
    """Two, since they take long to make: Microsoft's, and one of somebody else's."""
    return [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]


@pytest.fixture
def genuine_claims(microsoft, clock):
    now = int(clock())
    return {
        "iss": microsoft.authority.issuer,
        "aud": CLIENT_ID,
        "nbf": now - 60,
        "exp": now + 3600,
        "serviceurl": microsoft.service_url,
    }


@pytest.fixture
def signer(private_keys, genuine_claims, microsoft):
    """Microsoft's connector: its key is published."""
    signer = Signer(private_keys[0], genuine_claims)
    microsoft.published.append(signer.jwk())
    return signer


@pytest.fixture
def stranger(private_keys, genuine_claims):
    """Somebody who says the same as the connector, and whose key nobody published."""
    return Signer(private_keys[1], genuine_claims)


@pytest.fixture
def keys(microsoft, session, clock):
    return Keys(microsoft.authority.metadata_url, session, clock)


@pytest.fixture
def tokens(access, keys, clock):
    return Tokens(access, keys, clock)


@pytest.fixture
def login(access, session, clock):
    return Login(access, session, clock)


@pytest.fixture
def sender(tokens, signer, stranger, access):
    return Sender(tokens, signer, stranger, access)


def running_seconds():
    """Time that goes on while this thread works or blocks, but not while it waits for a core to be free."""
    try:
        waited = int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1])
    except OSError:  # only Linux tells
        waited = 0
    return time.perf_counter() - waited / 1e9


async def measure_stall(work):
    task = asyncio.ensure_future(work)
    longest, before = 0.0, running_seconds()
    while not task.done():
        await asyncio.sleep(0.001)
        now = running_seconds()
        longest, before = max(longest, now - before), now
    await task
    return longest


@pytest.fixture
def stalls():
    """Whether some work holds up everything else for so many seconds, three times out of three.

    A busy machine may do so once; what the work itself does comes every time. What other tests have left for
    Python's collector to go through is set aside, as `serve` does with what it has built.
    """

    async def measure(work, seconds):
        for _ in range(3):
            if await measure_stall(work()) < seconds:
                return False
        return True

    set_aside()
    yield measure
    gc.unfreeze()


@pytest.fixture
def mark():
    return MARK


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(time.monotonic))


@pytest.fixture
def bot(conversation, access, clock):
    """The coach with Microsoft's servers beside it, not at work yet."""
    return Bot(conversation, access, None, clock)


@pytest.fixture
async def door(bot, session, signer, stranger):
    async with running(ServerSettings(port=0), [bot]) as address:
        yield Door(address + PATH, session, signer, stranger)


@pytest.fixture
async def elsewhere():
    async with Elsewhere() as elsewhere:
        yield elsewhere


@pytest.fixture
def make_tenant():
    return tenant


@pytest.fixture
async def teams(conversation):
    """The coach in a tenant, with no database."""
    async with tenant(conversation) as teams:
        yield teams


@pytest.fixture
def remember(coach, migrated_file, tmp_path, clock):
    """Opens a tenant with a database; twice in one test it is the same database."""
    file = shutil.copy(migrated_file, tmp_path / "lvm.db")
    return lambda **options: remembered(coach, f"sqlite:///{file}", clock, **options)


@pytest.fixture
async def kept(remember):
    async with remember() as teams:
        yield teams


@pytest.fixture
def quiet(caplog):
    """The log as `LVM_LOG_LEVEL=debug` has it; in the end it must hold no traceback and no written word."""
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.DEBUG, logger="bot")
    yield caplog
    assert MARK not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.fixture(scope="session")
def broken_coach(handbook):
    return BrokenCoach(handbook)
