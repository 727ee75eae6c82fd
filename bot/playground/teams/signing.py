"""In Microsoft's place: the key that signs what the app gets, and the tokens that let the app in."""

import secrets
import time
from typing import Any, Final

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.playground.model import Clock
from bot.playground.teams.model import CLIENT_ID, TENANT_ID

METADATA: Final = "/microsoft/.well-known/openidconfiguration"
KEYS: Final = "/microsoft/.well-known/keys"
LOGIN: Final = "/microsoft/login/"
"""Before `<tenant>/oauth2/v2.0/token`."""
ISSUER: Final = "https://api.botframework.com"
SCOPE: Final = "https://api.botframework.com/.default"
LIFETIME_SECONDS: Final = 3600
"""Of both sorts of token."""
_KEY_BITS: Final = 2048
_EARLY_SECONDS: Final = 60
"""How long before it is made a token is valid."""


class Signing:
    """Signs, and says with what; gives tokens for the app's secret, and knows its own again.

    Args:
        client_secret: The app's.
        clock: Decides how old what it signs is. What it gives out ages by this machine's time, as an app's
            own clock for it cannot be put forward.
    """

    def __init__(self, client_secret: str, clock: Clock) -> None:
        self.origin = ""
        """Where the emulator listens, such as `http://127.0.0.1:8080`."""
        self._secret = client_secret
        self._clock = clock
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
        self._key_id = secrets.token_hex(8)
        self._given: dict[str, float] = {}
        """Until when each token is valid."""

    def routes(self) -> list[web.RouteDef]:
        """List the addresses of Microsoft's that an app asks."""
        return [
            web.get(METADATA, self._metadata),
            web.get(KEYS, self._keys),
            web.post(LOGIN + "{tenant}/oauth2/v2.0/token", self._login),
        ]

    def sign(self, service_url: str) -> str:
        """Make the token that comes with a request to the app."""
        now = int(self._clock())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "nbf": now - _EARLY_SECONDS,
            "exp": now + LIFETIME_SECONDS,
            "serviceurl": service_url,
        }
        return jwt.encode(claims, self._key, "RS256", headers={"kid": self._key_id})

    def lets_in(self, authorization: str) -> bool:
        """Tell whether this header holds a token that was given to the app and is still valid."""
        scheme, _, token = authorization.partition(" ")
        return scheme == "Bearer" and time.monotonic() < self._given.get(token, 0.0)

    def revoke(self) -> None:
        """Make every token void that was given out."""
        self._given.clear()

    async def _metadata(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": ISSUER,
                "jwks_uri": self.origin + KEYS,
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, _request: web.Request) -> web.Response:
        public: dict[str, Any] = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        named = {"use": "sig", "kid": self._key_id, "endorsements": ["msteams"]}
        return web.json_response({"keys": [public | named]})

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        wanted = {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": self._secret,
            "scope": SCOPE,
        }
        if request.match_info["tenant"] != TENANT_ID or dict(form) != wanted:
            refusal = {"error": "invalid_client", "error_codes": [7000215]}
            return web.json_response(refusal, status=401)
        token = secrets.token_urlsafe(32)
        self._given[token] = time.monotonic() + LIFETIME_SECONDS
        return web.json_response(
            {"token_type": "Bearer", "expires_in": LIFETIME_SECONDS - 1, "access_token": token}
        )
