"""The other side of the coach's door: Microsoft's servers, and those who bring activities from Teams."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from bot.teams.access import Authority
from bot.teams.tokens import CHANNEL, TokenError

CLIENT_ID = "5a1de000-0000-4000-8000-00000000c0ac"
CLIENT_SECRET = "a~secret.that-nobody_may~see"
HOME = "5a1de000-0000-4000-8000-0000000000ae"
CUSTOMER = "5a1de000-0000-4000-8000-0000000000bf"
BOT_TOKEN = "our.own.token"
MARK = "zebrafish7731"
"""Stands in what people write in these tests; it must never come back, and never be logged."""


class Microsoft:
    """Microsoft's key server and login server on this machine.

    `answers` maps "metadata", "keys", "login" or "connector" to what `web.json_response` takes, in place of
    the usual answer; while `gate` is cleared only what is `free` is answered. `asked` counts, `forms` holds
    what came to the login, `sent` what came to the Bot Connector, `cookies` what of them.
    """

    def __init__(self):
        self.published = []
        self.asked = Counter()
        self.forms = []
        self.sent, self.cookies = [], []
        self.answers = {}
        self.free = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self._was_asked = asyncio.Condition()
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._login)
        app.router.add_post("/amer/v3/{path:.*}", self._connector)
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

    async def _connector(self, request):
        self.sent.append((request.headers.get("Authorization"), await request.json()))
        self.cookies.extend(request.cookies)
        return await self._answer("connector", {"id": "1"})

    async def _answer(self, what, body):
        async with self._was_asked:
            self.asked[what] += 1
            self._was_asked.notify_all()
        if what not in self.free:
            await self.gate.wait()
        scripted = self.answers.get(what, {"data": body})
        return web.json_response(**scripted) if "body" not in scripted else web.Response(**scripted)


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


def part(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def signed_with_the_public_key(signer):
    """The public key as the secret of an HMAC, for whoever lets the token choose the algorithm."""
    public = signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = f"{part({'alg': 'HS256', 'kid': signer.kid})}.{part(signer.claims)}"
    return f"{text}.{part(hmac.digest(public, text.encode(), hashlib.sha256))}"


def unsigned(signer):
    return f"{part({'alg': 'none', 'kid': signer.kid})}.{part(signer.claims)}."


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


class Elsewhere:
    """Somebody's own server, to which they want our token to go."""

    def __init__(self):
        self.got = []
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self):
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/amer/"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _take(self, request):
        self.got.append(request.headers.get("Authorization"))
        return web.json_response({"id": "1"})


class Door:
    """The coach's door, to knock at: genuinely, unless told otherwise."""

    def __init__(self, address, session, signer, stranger):
        self.address = address
        self.signer = signer
        self.stranger = stranger
        self._session = session
        self._ids = count(1)

    def activity(self, tenant=HOME, **changed):
        return {
            "type": "message",
            "id": str(next(self._ids)),
            "serviceUrl": self.signer.claims["serviceurl"],
            "channelId": "msteams",
            "from": {"id": "29:1", "aadObjectId": "somebody", "name": MARK},
            "recipient": {"id": f"28:{CLIENT_ID}"},
            "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": tenant},
            "text": "difference vision",
            **changed,
        }

    async def knock(self, authorizations, activity=None, **options):
        headers = [("Authorization", each) for each in authorizations]
        options = options or {"json": activity or self.activity()}
        async with self._session.post(self.address, headers=headers, **options) as response:
            return response.status, await response.text()

    async def genuine(self, **changed):
        return await self.knock([self.signer.bearer()], self.activity(**changed))
