"""Whether a request comes from Teams: the token that it brings, against the activity that it carries."""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import jwt

from bot.errors import CoachError
from bot.teams.access import Access
from bot.teams.keys import Keys, SigningKey

CHANNEL = "msteams"
"""The id of Teams among the channels that a bot may be open to; we are open to no other."""
LEEWAY_SECONDS = 300
"""How far Microsoft's clock and ours may differ.
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-4
(read 2026-11-22; all the rules below are from there)
"""
TOKEN_LIMIT = 4096
"""Characters of a token; Teams' have about a thousand."""
_FAR_FUTURE = 1e11
"""Seconds since 1970, in the year 5138."""
_ALGORITHM = "RS256"
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)", re.ASCII)
_SIGNATURES = jwt.PyJWS(algorithms=[_ALGORITHM])


class Reason(StrEnum):
    """Why a request is refused: a word for logs, which quotes nothing of the request."""

    MISSING = "no-token"
    SEVERAL = "several-tokens"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    KEY = "unknown-key"
    SIGNATURE = "signature"
    ENDORSEMENT = "endorsement"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    EARLY = "not-yet-valid"
    UNBOUND = "no-service-url-claim"
    ELSEWHERE = "service-url-differs"
    HOST = "service-url-host"
    CHANNEL = "channel"
    TENANT = "tenant"


class TokenError(CoachError):
    """A request is not shown to come from Teams, or from people that we are there for."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(f"the request is refused: {reason}")


class Tokens:
    """Tells requests of Teams from all others.

    Args:
        access: Whom we believe.
        keys: What they sign with.
        now: Seconds since 1970.
    """

    def __init__(self, access: Access, keys: Keys, now: Callable[[], float] = time.time) -> None:
        self._access = access
        self._keys = keys
        self._now = now

    async def check(
        self, authorizations: Sequence[str], *, service_url: str, channel: str, tenant: str
    ) -> None:
        """Check one request; returns only where it is genuine.

        The token does not sign the activity: what is the same for all activities of a channel is bound
        by it, the rest is believed because only Teams has the token.

        Args:
            authorizations: Every Authorization header of the request.
            service_url: Where the activity wants answers to go.
            channel: The activity's channel id.
            tenant: Whose people it comes from, as the activity says.

        Raises:
            TokenError: It is not genuine (401).
            KeysUnavailableError: It cannot be told just now (503).
        """
        if self._access.open_to is None:
            await self._check_token(authorizations, service_url, channel)
        _demand(self._access.may_send(service_url), Reason.HOST)
        _demand(channel == CHANNEL, Reason.CHANNEL)
        _demand(self._access.serves(tenant), Reason.TENANT)

    async def _check_token(self, authorizations: Sequence[str], service_url: str, channel: str) -> None:
        token = _read_bearer(authorizations)
        key = await self._keys.find(_read_key_id(token))
        if key is None:
            raise TokenError(Reason.KEY)
        claims = _open(token, key)
        _demand(claims.get("iss") == self._access.authority.issuer, Reason.ISSUER)
        audience = claims.get("aud")
        is_us = isinstance(audience, str) and audience.lower() == self._access.client_id.lower()
        _demand(is_us, Reason.AUDIENCE)
        _check_times(claims, self._now())
        _demand("serviceurl" in claims, Reason.UNBOUND)
        _demand(_is_same_address(claims["serviceurl"], service_url), Reason.ELSEWHERE)
        _demand(not key.endorsements or channel in key.endorsements, Reason.ENDORSEMENT)


def _demand(condition: bool, reason: Reason) -> None:  # noqa: FBT001  what is demanded
    if not condition:
        raise TokenError(reason)


def _read_bearer(authorizations: Sequence[str]) -> str:
    """The token, written as Microsoft writes it; other writings of the scheme are nothing of theirs."""
    _demand(bool(authorizations), Reason.MISSING)
    _demand(len(authorizations) == 1, Reason.SEVERAL)
    match = _BEARER.fullmatch(authorizations[0])
    if match is None or len(match[1]) > TOKEN_LIMIT:
        raise TokenError(Reason.MALFORMED)
    return match[1]


def _read_key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise TokenError(Reason.MALFORMED) from None  # their messages quote the token
    _demand(header.get("alg") == _ALGORITHM, Reason.ALGORITHM)
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise TokenError(Reason.MALFORMED)
    return key_id


def _open(token: str, key: SigningKey) -> Mapping[str, Any]:
    """What the token claims, once its signature is found genuine."""
    try:
        claims = json.loads(_SIGNATURES.decode(token, key.public, algorithms=[_ALGORITHM]))
    except jwt.InvalidSignatureError:
        raise TokenError(Reason.SIGNATURE) from None
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise TokenError(Reason.MALFORMED) from None
    if not isinstance(claims, dict):
        raise TokenError(Reason.MALFORMED)
    return claims


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    ends, begins = _find_time(claims.get("exp")), _find_time(claims.get("nbf", 0))
    if ends is None or begins is None:
        raise TokenError(Reason.MALFORMED)
    _demand(now < ends + LEEWAY_SECONDS, Reason.EXPIRED)
    _demand(begins - LEEWAY_SECONDS <= now, Reason.EARLY)


def _find_time(value: object) -> float | None:
    """The seconds since 1970; None for what is none, and for NaN, which Python takes for JSON."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return value if 0 <= value < _FAR_FUTURE else None


def _is_same_address(claimed: object, service_url: str) -> bool:
    """Whether both name the same, however the case of their letters and a slash at the end are written."""
    return isinstance(claimed, str) and _fold(claimed) == _fold(service_url)


def _fold(address: str) -> str:
    return address.removesuffix("/").lower()
