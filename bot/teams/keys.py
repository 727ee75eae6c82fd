"""The keys that Microsoft signs with: fetched on the event loop, seldom, whoever asks."""

import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.errors import CoachError
from bot.teams.access import is_safe
from bot.teams.fetching import OK, FetchError, Shared, fetch

LIFETIME_SECONDS = 24 * 3600.0
"""How long keys are taken for current.
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
(from memory)
"""
PAUSE_SECONDS = 60.0
"""Between two fetches, where keys are known; nobody can hurry it with key ids of their own making."""
DEAF_PAUSE_SECONDS = 5.0
"""The same where no key is known yet, so that everybody is refused."""
KEY_LIMIT = 200
"""Keys read from one answer."""
KEY_BITS = range(2048, 4096 + 1)
"""Of keys that are taken; checking a signature with a larger one would hold up the event loop."""

log = logging.getLogger("bot.teams")


class KeysUnavailableError(CoachError):
    """No key is known, and none can be had just now: who sent a request cannot be told (503, not 401)."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One of Microsoft's keys."""

    public: RSAPublicKey
    endorsements: frozenset[str] = frozenset()
    """The channels that it may sign for; none where Microsoft names none."""


class Keys:
    """All that sign at present.

    Args:
        metadata_url: Names the address of the keys.
        session: For the fetches.
        clock: Seconds that only go up.
    """

    def __init__(
        self, metadata_url: str, session: aiohttp.ClientSession, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._metadata_url = metadata_url
        self._session = session
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at = self._tried_at = -math.inf
        self._fetch = Shared(self._fetch_now)

    async def find(self, key_id: str) -> SigningKey | None:
        """The key with this id; None where there is none.

        Asks Microsoft where the id is unknown or the keys are a day old, but not again within a minute. Where
        Microsoft fails, the keys that are known go on.

        Raises:
            KeysUnavailableError: Not one key is known.
        """
        if key_id not in self._keys or self._clock() >= self._fetched_at + LIFETIME_SECONDS:
            await self._refresh()
        if not self._keys:
            raise KeysUnavailableError("Microsoft's signing keys cannot be had just now")
        return self._keys.get(key_id)

    async def warm(self) -> bool:
        """Fetch the keys now, so that the first request need not wait; False where that failed."""
        await self._refresh()
        return bool(self._keys)

    async def _refresh(self) -> None:
        pause = PAUSE_SECONDS if self._keys else DEAF_PAUSE_SECONDS
        if self._fetch.is_running or self._clock() >= self._tried_at + pause:
            await self._fetch()

    async def _fetch_now(self) -> None:
        self._tried_at = self._clock()
        try:
            self._keys = await self._read()
        except FetchError as error:
            log.warning("Microsoft's signing keys were not fetched: %s", error)
            return
        self._fetched_at = self._clock()

    async def _read(self) -> Mapping[str, SigningKey]:
        metadata = await self._get(self._metadata_url)
        address = metadata.get("jwks_uri")
        if not isinstance(address, str) or not _is_as_safe(address, self._metadata_url):
            raise FetchError("the metadata name no safe address of the keys")
        keys = dict(_parse_keys(await self._get(address)))
        if not keys:
            raise FetchError("the answer holds no key that can be used")
        return keys

    async def _get(self, url: str) -> Mapping[str, Any]:
        answer = await fetch(self._session, "GET", url)
        if answer.status != OK:
            raise FetchError(f"the answer was {answer.status}")
        return answer.body


def _is_as_safe(address: str, metadata_url: str) -> bool:
    return is_safe(address) and urlsplit(address).scheme == urlsplit(metadata_url).scheme


def _parse_keys(body: Mapping[str, Any]) -> Iterator[tuple[str, SigningKey]]:
    """The keys that can be used, by id; one that cannot does no harm to the others."""
    listed = body.get("keys")
    for each in listed[:KEY_LIMIT] if isinstance(listed, list) else []:
        key = _parse_key(each) if isinstance(each, dict) else None
        if key is not None:
            yield each["kid"], key


def _parse_key(jwk: Mapping[str, Any]) -> SigningKey | None:
    endorsements = jwk.get("endorsements") or []
    if not isinstance(jwk.get("kid"), str) or not _are_texts(endorsements):
        return None
    if jwk.get("kty") != "RSA" or jwk.get("use", "sig") != "sig" or jwk.get("alg", "RS256") != "RS256":
        return None
    try:
        public = RSAAlgorithm.from_jwk({name: jwk[name] for name in ("kty", "n", "e")})
    except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size not in KEY_BITS:
        return None
    return SigningKey(public, frozenset(endorsements))


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)
