"""Our own token: had from Microsoft for the app's secret, kept until shortly before it ends."""

import logging
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.errors import ConfigError, DeliveryError
from bot.teams.access import Access
from bot.teams.fetching import OK, Fetched, FetchError, Shared, fetch

EARLY_SECONDS = 300.0
"""How long before its end a token is no longer used; Microsoft's last about an hour.
https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow (from memory)
"""
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,16384}", re.ASCII)
"""What a header can carry."""
_REFUSED = range(400, 404)
_PASSING = frozenset({"temporarily_unavailable", "server_error"})
_OVERVIEW = "copy it from the app registration's Overview in the Azure portal"
_SECRETS = "under Certificates & secrets of the app registration"
_MENDING: Mapping[int, str] = {
    7000215: (
        "CLIENT_SECRET is wrong: paste the secret's Value, not its Secret ID; "
        f"where the Value is no longer shown, make a new secret {_SECRETS}"
    ),
    7000222: f"CLIENT_SECRET has expired: make a new secret {_SECRETS} and paste its Value",
    700016: f"the directory TENANT_ID has no app CLIENT_ID; {_OVERVIEW}, each of the two",
    90002: f"there is no directory TENANT_ID; {_OVERVIEW}, as Directory (tenant) ID",
    900023: f"TENANT_ID is not written like the id of a directory; {_OVERVIEW}, as Directory (tenant) ID",
    7000112: "the app is disabled: enable it under Enterprise applications, Properties",
    7000229: (
        "the app has no enterprise application in the directory TENANT_ID: "
        "an administrator makes one with `az ad sp create --id CLIENT_ID`"
    ),
}
"""What to do about a refusal, by its AADSTS number.
https://learn.microsoft.com/entra/identity-platform/reference-error-codes (read 2026-11-22; 900023 and
7000229 do not stand there: from people's reports). Only the sentence depends on the number: they may change.
"""

log = logging.getLogger("bot.teams")


@dataclass(frozen=True, slots=True)
class _Kept:
    text: str = field(repr=False)
    until: float
    """By our clock."""


class Login:
    """Where our token comes from, and the only way to it.

    Args:
        access: Who we are, and which addresses may get the token.
        session: For the fetches.
        clock: Seconds that only go up.
    """

    def __init__(
        self, access: Access, session: aiohttp.ClientSession, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._access = access
        self._session = session
        self._clock = clock
        self._kept: _Kept | None = None
        self._fetch = Shared(self._fetch_now)

    @property
    def known(self) -> bool:
        """Whether a call could be made now without asking for a token first."""
        if self._access.open_to is not None:
            return True
        return self._kept is not None and self._clock() < self._kept.until

    async def warm(self) -> bool:
        """Have a token ready; False where Microsoft could not be reached.

        Raises:
            ConfigError: Microsoft refuses us; the sentence says what to mend.
        """
        try:
            if not self.known:
                await self._fetch()
        except DeliveryError as error:
            log.warning("no token from Microsoft yet: %s", error.reason)
            return False
        return True

    async def headers(self, service_url: str) -> dict[str, str]:
        """The headers that let us in at an address of Teams'; follow no redirect with them.

        Raises:
            DeliveryError: The address is not Teams', or no token can be had just now; nothing was sent.
            ConfigError: Microsoft refuses us; the sentence says what to mend.
        """
        if not self._access.may_send(service_url):
            raise DeliveryError("the address is not one of Teams'")
        if self._access.open_to is not None:
            return {}
        kept = self._kept
        if kept is None or self._clock() >= kept.until:
            kept = await self._fetch()
        return {"Authorization": f"Bearer {kept.text}"}

    def drop(self, refused: Mapping[str, str]) -> None:
        """Forget the token in these headers, since Teams answered 401 to it; a newer one stays."""
        if self._kept is not None and refused.get("Authorization") == f"Bearer {self._kept.text}":
            self._kept = None

    async def _fetch_now(self) -> _Kept:
        address = f"{self._access.authority.login_url}{quote(self._access.tenant, safe='')}/oauth2/v2.0/token"
        form = {
            "grant_type": "client_credentials",
            "client_id": self._access.client_id,
            "client_secret": self._access.client_secret or "",
            "scope": self._access.authority.scope,
        }
        try:
            answer = await fetch(self._session, "POST", address, form)
        except FetchError as error:
            raise DeliveryError(f"no token from Microsoft: {error}") from error
        if answer.status != OK:
            raise _refusal(answer)
        self._kept = self._read(answer.body)
        return self._kept

    def _read(self, body: Mapping[str, Any]) -> _Kept:
        text, seconds = body.get("access_token"), _seconds(body.get("expires_in"))
        if not isinstance(text, str) or not _TOKEN.fullmatch(text) or seconds is None:
            raise DeliveryError("no token from Microsoft: its answer holds none")
        return _Kept(text, self._clock() + seconds - EARLY_SECONDS)


def _refusal(answer: Fetched) -> ConfigError | DeliveryError:
    """Whether it is for us to mend, or passes by itself."""
    error = answer.body.get("error")
    if answer.status not in _REFUSED or not isinstance(error, str) or error in _PASSING:
        reason = f"no token from Microsoft: it answered {answer.status}"
        return DeliveryError(reason, retry_after_seconds=_seconds(answer.retry_after))
    codes = answer.body.get("error_codes")
    code = codes[0] if isinstance(codes, list) and codes and isinstance(codes[0], int) else 0
    if code in _MENDING:
        return ConfigError(f"Microsoft gives us no token (AADSTS{code}): {_MENDING[code]}.")
    where = f"https://login.microsoftonline.com/error?code={code} says why" if code else "it does not say why"
    return ConfigError(f"Microsoft refuses CLIENT_ID, CLIENT_SECRET or TENANT_ID; {where}.")


def _seconds(said: object) -> float | None:
    """As Microsoft says it, in a number or a text; None where it cannot be understood."""
    if isinstance(said, bool) or not isinstance(said, (int, float, str)):
        return None
    try:
        seconds = float(said)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds < math.inf else None
