import asyncio
import json
import logging
import shutil
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jsonschema import Draft6Validator
from jwt.algorithms import RSAAlgorithm

from bot.app import running
from bot.coach.coach import Coach
from bot.config import ServerSettings
from bot.conversation import Conversation
from bot.memory import remembering
from bot.playground.teams.emulator import TeamsEmulator
from bot.store.threads import MemoryThreads
from bot.teams.access import Access, Authority
from bot.teams.gate import PATH
from bot.teams.keys import Keys
from bot.teams.login import Login
from bot.teams.tokens import CHANNEL, TokenError, Tokens
from bot.trying import Clock, emulated_side, teams_commands

CLIENT_ID = "5a1de000-0000-4000-8000-00000000c0ac"
CLIENT_SECRET = "a~secret.that-nobody_may~see"
HOME = "5a1de000-0000-4000-8000-0000000000ae"
CUSTOMER = "5a1de000-0000-4000-8000-0000000000bf"
BOT_TOKEN = "our.own.token"
MARK = "zebrafish7731"
"""Stands in what people write in these tests; it must never come back, and never be logged."""
SCHEMA = json.loads((Path(__file__).parent / "schema" / "adaptive-card-1.5.json").read_text(encoding="utf-8"))


@pytest.fixture
def clock():
    """The time of Microsoft and of the coach; put forward by hand."""
    return Clock()


@pytest.fixture
async def session():
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


class Microsoft:
    """Microsoft's key server and login server on this machine.

    `answers` maps "metadata", "keys" or "login" to what `web.json_response` takes, in place of the usual
    answer; while `gate` is cleared nothing is answered. `asked` counts, `forms` holds what came to the login.
    """

    def __init__(self):
        self.published = []
        self.asked = Counter()
        self.forms = []
        self.answers = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self._was_asked = asyncio.Condition()
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._login)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self):
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.origin = f"http://{self.host}"
        self.service_url = f"{self.origin}/amer/"
        self.authority = Authority(
            metadata_url=f"{self.origin}/v1/.well-known/openidconfiguration",
            login_url=f"{self.origin}/",
            hosts=frozenset({self.host}),
            scheme="http",
        )
        return self

    async def __aexit__(self, *_):
        self.gate.set()
        await self._runner.cleanup()

    async def until_asked(self, what, times=1):
        async with asyncio.timeout(5), self._was_asked:
            await self._was_asked.wait_for(lambda: self.asked[what] >= times)

    async def _metadata(self, _):
        return await self._answer("metadata", {"jwks_uri": f"{self.origin}/v1/.well-known/keys"})

    async def _keys(self, _):
        return await self._answer("keys", {"keys": self.published})

    async def _login(self, request):
        self.forms.append({"tenant": request.match_info["tenant"], **await request.post()})
        text = f"{BOT_TOKEN}.{self.asked['login'] + 1}"
        return await self._answer("login", {"token_type": "Bearer", "expires_in": 3599, "access_token": text})

    async def _answer(self, what, body):
        async with self._was_asked:
            self.asked[what] += 1
            self._was_asked.notify_all()
        await self.gate.wait()
        scripted = self.answers.get(what, {"data": body})
        return web.json_response(**scripted) if "body" not in scripted else web.Response(**scripted)


@pytest.fixture
async def microsoft():
    async with Microsoft() as microsoft:
        yield microsoft


@pytest.fixture
def access(microsoft):
    return Access(CLIENT_ID, CLIENT_SECRET, HOME, frozenset({CUSTOMER}), microsoft.authority)


@dataclass
class Signer:
    """Makes the tokens that Teams brings; `claims` are those of a genuine one."""

    key: rsa.RSAPrivateKey
    claims: dict
    kid: str = "a-known-key"
    endorsements: list = field(default_factory=lambda: [CHANNEL, "webchat"])

    def __call__(self, **changed):
        """A token, with some claims changed; None leaves one out."""
        claims = {name: value for name, value in {**self.claims, **changed}.items() if value is not None}
        return self.sign(claims)

    def bearer(self, **changed):
        """The same as a header's value."""
        return f"Bearer {self(**changed)}"

    def sign(self, claims, algorithm="RS256", key=None, **header):
        return jwt.encode(claims, key or self.key, algorithm, headers={"kid": self.kid, **header})

    def jwk(self, **changed):
        """The public key as Microsoft publishes it."""
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {**public, "use": "sig", "kid": self.kid, "endorsements": self.endorsements, **changed}


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


class Sender:
    """Brings activities to the door: genuine ones, unless told otherwise."""

    def __init__(self, tokens, signer, stranger, access):
        self.signer = signer
        self.stranger = stranger
        self._tokens = tokens
        self._usual = {
            "channel": CHANNEL,
            "tenant": access.tenant,
            "service_url": signer.claims["serviceurl"],
        }

    async def bring(self, *authorizations, **changed):
        await self._tokens.check(authorizations, **{**self._usual, **changed})

    async def refused(self, *authorizations, **changed):
        """The reason why it was refused."""
        with pytest.raises(TokenError) as caught:
            await self.bring(*authorizations, **changed)
        return caught.value.reason


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

    Python's own tidying up, or a busy machine, may do so once; what the work itself does comes every time.
    """

    async def measure(work, seconds):
        for _ in range(3):
            if await measure_stall(work()) < seconds:
                return False
        return True

    return measure


@pytest.fixture
def mark():
    return MARK


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(time.monotonic))


def sent_cards(teams):
    """Every card that the coach sent, and every one that it answered a button with."""
    sent = [each for call in teams.calls for each in call.body.get("attachments", [])]
    answered = [each.reply.body.get("value") for each in teams.deliveries]
    return [each["content"] for each in sent] + [card for card in answered if card]


@asynccontextmanager
async def tenant(conversation, *, memory=None, prepare=lambda _: None, **options):
    """A tenant of Teams with the coach at work in it; `prepare` sees it before the coach comes."""
    async with TeamsEmulator(environment={}, commands=teams_commands(), **options) as teams:
        prepare(teams)
        side = emulated_side(teams, conversation, memory, teams.clock)
        async with running(ServerSettings(port=0), [side], memory) as address:
            teams.connect(address + PATH)
            teams.memory = memory
            yield teams
        for card in sent_cards(teams):
            Draft6Validator(SCHEMA).validate(card)


@pytest.fixture
def make_tenant():
    return tenant


@pytest.fixture
async def teams(conversation):
    """The coach in a tenant, with no database."""
    async with tenant(conversation) as teams:
        yield teams


@asynccontextmanager
async def remembered(coach, address, clock, **options):
    """The coach in a tenant, with a database at this address."""
    async with (
        remembering(coach, address, b"a key", clock.milliseconds) as (conversation, memory),
        tenant(conversation, memory=memory, clock=clock, **options) as teams,
    ):
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


class BrokenCoach(Coach):
    """Fails on every question about breaking, and on every button."""

    def press(self, *_, **__):
        raise RuntimeError(MARK)

    def match(self, question):
        if "break" in question.text:
            raise RuntimeError(question.text)
        return super().match(question)


@pytest.fixture(scope="session")
def broken_coach(handbook):
    return BrokenCoach(handbook)
