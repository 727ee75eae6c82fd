"""Brings what people do to the app: signed requests to its address, or whatever other transport there is."""

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import aiohttp

from bot.playground.feed import Feed
from bot.playground.model import Change, Clock, Json
from bot.playground.payloads import event_body

ACK_SECONDS: Final = 3.0
"""How long Slack waits for an answer. https://docs.slack.dev/apis/events-api, read 2026-11-21"""
REDELIVERY_SECONDS: Final = (0.0, 60.0, 300.0)
"""How long Slack waits before each further try of an event; same address and date."""
_OK: Final = 200
_REDIRECT: Final = 300


class Kind(StrEnum):
    """What is delivered; the values are Socket Mode's `type`."""

    EVENT = "events_api"
    COMMAND = "slash_commands"
    INTERACTION = "interactive"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing to deliver, and which try this is."""

    kind: Kind
    payload: Json
    retry_number: int = 0
    """From 1 to 3; 0 for the first try."""
    retry_reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the app answered, if it did."""

    status: int = 0
    """The HTTP status; 0 where there was no answer."""
    body: str = ""
    json: bool = False
    """Whether the body says that it is JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""
    """Slack's word for why there is no good answer; empty where there is one."""

    def content(self) -> Json:
        """Read the body: JSON as it is, anything else as a text; empty where it is neither."""
        if not self.json:
            return {"text": self.body} if self.body.strip() else {}
        try:
            found = json.loads(self.body or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class Transport(Protocol):
    """A way to the app."""

    async def carry(self, envelope: Envelope) -> Reply:
        """Deliver once; never raises for anything the app does."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """One try, for the journal."""

    envelope: Envelope
    reply: Reply


def sign(secret: str, timestamp: str, body: str) -> str:
    """Compute the v0 signature (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()


class HttpTransport:
    """Signed requests to the app's one request address."""

    def __init__(
        self, address: str, secret: str, clock: Clock, session: aiohttp.ClientSession, seconds: float
    ) -> None:
        self._address = address
        self._secret = secret
        self._clock = clock
        self._session = session
        self._patience = aiohttp.ClientTimeout(total=seconds)

    async def carry(self, envelope: Envelope) -> Reply:
        """Post once."""
        content_type, body = _encode(envelope)
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (local workspace)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._secret, timestamp, body),
        }
        if envelope.retry_number:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_number)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        try:
            return await self._post(headers, body)
        except TimeoutError:
            return Reply(failure="http_timeout")
        except aiohttp.ClientError:
            return Reply(failure="connection_failed")

    async def _post(self, headers: Mapping[str, str], body: str) -> Reply:
        async with self._session.post(
            self._address, data=body.encode(), headers=headers, timeout=self._patience, allow_redirects=False
        ) as response:
            text = (await response.read()).decode("utf-8", "replace")
            is_json = response.content_type == "application/json"
            failure = "" if _OK <= response.status < _REDIRECT else "http_error"
            return Reply(response.status, text, is_json, dict(response.headers), failure)


def _encode(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind is Kind.EVENT:
        return "application/json", json.dumps(envelope.payload)
    form = envelope.payload if envelope.kind is Kind.COMMAND else {"payload": json.dumps(envelope.payload)}
    return "application/x-www-form-urlencoded", urlencode(form)


class Delivery:
    """Delivers, keeps a journal, and brings events again that were not taken."""

    def __init__(self, feed: Feed[Change], clock: Clock, redelivery_seconds: Sequence[float]) -> None:
        self.journal: list[Delivered] = []
        self.transports: list[Transport] = []
        """The ways there are; the first one is taken."""
        self._feed = feed
        self._clock = clock
        self._redelivery_seconds = redelivery_seconds
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def send(self, envelope: Envelope) -> Reply:
        """Deliver once. Without any transport nothing is sent, and the reply's failure is `no_app`."""
        reply = await self.transports[0].carry(envelope) if self.transports else Reply(failure="no_app")
        self.journal.append(Delivered(envelope, reply))
        self._feed.stir()
        return reply

    async def send_event(self, event: Json) -> Reply:
        """Deliver an event and give the first try's reply; further tries go on by themselves."""
        number = next(self._numbers)
        envelope = Envelope(Kind.EVENT, event_body(event, number, int(self._clock())))
        reply = await self.send(envelope)
        if _is_worth_another(reply):
            self.spawn(self._redeliver(envelope, reply))
        return reply

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let something go on by itself, until `close`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop everything that still goes on."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _redeliver(self, envelope: Envelope, reply: Reply) -> None:
        for number, seconds in enumerate(self._redelivery_seconds, 1):
            await asyncio.sleep(seconds)
            reply = await self.send(replace(envelope, retry_number=number, retry_reason=reply.failure))
            if not _is_worth_another(reply):
                return


def _is_worth_another(reply: Reply) -> bool:
    told_off = {name.lower(): value for name, value in reply.headers.items()}.get("x-slack-no-retry") == "1"
    return bool(reply.failure) and reply.failure != "no_app" and not told_off
