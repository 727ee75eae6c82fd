"""What we send to Teams, and what becomes of it."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.errors import ConfigError, DeliveryError, Refusal
from bot.teams.activity import Place
from bot.teams.login import Login

Message = Mapping[str, Any]
Sleep = Callable[[float], Awaitable[None]]

CALL_SECONDS = 15.0
"""How long a call may take."""
MAX_TRIES = 3
MAX_WAIT_SECONDS = 20.0
"""A longer Retry-After is not waited for: nobody waits for an answer that long."""
FIRST_WAIT_SECONDS = 2.0
"""Before the second try, doubled before the third, with up to as much again by chance.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""
MAX_ANSWER_BYTES = 64 * 1024

_TOO_FAST = frozenset({412, 429})
_BUSY = frozenset({502, 504})
"""Teams wants these tried again, though it may have taken the message."""
_GONE = frozenset({403, 404})
"""Blocked or uninstalled; no such conversation."""
_UNKNOWN_TOKEN = 401
_SERVER_ERRORS = 500
_SUCCESS = range(200, 300)
_NO_QUERY: Mapping[str, str] = {}

log = logging.getLogger("bot.teams")


class AgainError(DeliveryError):
    """It is to be tried again: Teams says so, or no connection came about."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What Teams answered."""

    status: int
    body: Mapping[str, Any]
    retry_after: str


class Connector:
    """Calls the Bot Connector, over one pooled HTTP session; redirects are not followed.

    Args:
        login: Our token, and where it may go.
        session: Shared by all calls.
        sleep: Waits so many seconds between tries.
    """

    def __init__(self, login: Login, session: aiohttp.ClientSession, sleep: Sleep = asyncio.sleep) -> None:
        self._login = login
        self._session = session
        self._sleep = sleep

    async def reply(self, place: Place, message: Message, *, to: str = "") -> str:
        """Answer somebody, trying again as Teams wants it; gives the message's id.

        Args:
            place: Where; in a channel's thread where the place names one.
            message: What.
            to: Who alone is to see it, as Teams addresses them; empty for everyone there.

        Raises:
            DeliveryError: It did not arrive, or it is not known whether it did.
        """
        for tried in range(MAX_TRIES - 1):
            try:
                return await self.post(place, message, to=to)
            except AgainError as error:
                wait = _wait_before_next(error, tried)
                if wait > MAX_WAIT_SECONDS:
                    raise
            await self._sleep(wait)
        return await self.post(place, message, to=to)

    async def post(self, place: Place, message: Message, *, to: str = "") -> str:
        """Send a message, once; gives its id. See `reply`."""
        query = {"isTargetedActivity": "true"} if to else {}
        body = {**message, "recipient": {"id": to}} if to else message
        path = f"conversations/{quote(place.address, safe='')}/activities"
        return _id(await self._call("POST", place.service_url, path, body, query))

    async def open_chat(self, place: Place, bot: str, account: str) -> str:
        """Open the personal chat of somebody whom we met elsewhere; gives its conversation's id.

        Raises:
            DeliveryError: They have not installed us, or Teams does not answer.
        """
        wanted = {
            "isGroup": False,
            "bot": {"id": bot},
            "members": [{"id": account}],
            "tenantId": place.tenant,
            "channelData": {"tenant": {"id": place.tenant}},
        }
        return _id(await self._call("POST", place.service_url, "conversations", wanted))

    async def member(self, place: Place, account: str) -> Mapping[str, Any]:
        """What Teams tells of somebody there.

        Raises:
            DeliveryError: It tells nothing.
        """
        path = f"conversations/{quote(place.conversation, safe='')}/members/{quote(account, safe='')}"
        return await self._call("GET", place.service_url, path)

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: Message | None = None,
        query: Mapping[str, str] = _NO_QUERY,
    ) -> Mapping[str, Any]:
        try:
            headers = await self._login.headers(service_url)
            url = f"{service_url.rstrip('/')}/v3/{path}"
            reply = await self._request(method, URL(url, encoded=True).update_query(query), body, headers)
        except ConfigError as error:
            log.error("nothing can be sent: %s", error)  # noqa: TRY400  the sentence says it all
            raise DeliveryError("Microsoft gives us no token") from error
        except aiohttp.ClientConnectorError as error:
            raise AgainError("Teams was not reached") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DeliveryError("the connection to Teams broke off", outcome_unknown=True) from error
        if reply.status == _UNKNOWN_TOKEN:
            self._login.drop(headers)
        if reply.status not in _SUCCESS:
            raise _refusal(reply)
        return reply.body

    async def _request(
        self, method: str, url: URL, body: Message | None, headers: Mapping[str, str]
    ) -> Reply:
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        async with self._session.request(
            method, url, json=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            text = await response.content.read(MAX_ANSWER_BYTES)
            return Reply(response.status, _parse(text), response.headers.get("Retry-After", ""))


def _id(body: Mapping[str, Any]) -> str:
    name = body.get("id")
    return name if isinstance(name, str) else ""


def _parse(text: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refusal(reply: Reply) -> DeliveryError:
    sentence = f"Teams answered {reply.status}"
    if reply.status in _GONE:
        return DeliveryError(sentence, permanent=Refusal.TARGET_GONE)
    if reply.status in _TOO_FAST:
        return AgainError(sentence, retry_after_seconds=_seconds(reply.retry_after))
    if reply.status == _UNKNOWN_TOKEN:  # the next try has a new one
        return AgainError(sentence)
    if reply.status in _BUSY:
        return AgainError(sentence, outcome_unknown=True)
    return DeliveryError(sentence, outcome_unknown=reply.status >= _SERVER_ERRORS)


def _wait_before_next(error: AgainError, tried: int) -> float:
    """Seconds until the next try."""
    if error.retry_after_seconds is not None:
        return error.retry_after_seconds
    wait = FIRST_WAIT_SECONDS * (1 << tried)
    return wait + random.uniform(0, wait)  # noqa: S311  spreads, hides nothing


def _seconds(retry_after: str) -> float:
    """As Teams says it; a little where it says nothing that can be read."""
    try:
        seconds = float(retry_after)
    except ValueError:
        return FIRST_WAIT_SECONDS
    return seconds if 0 <= seconds < float("inf") else FIRST_WAIT_SECONDS
