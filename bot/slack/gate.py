"""The door for Slack's requests: size, signature and freshness first, then meaning, then Bolt."""

import logging
import time
from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot import incidents
from bot.bodies import BodyError, read_body
from bot.slack.payload import Payload, PayloadError, parse_payload
from bot.slack.signature import MAX_AGE_SECONDS, SignatureError, verify
from bot.store.expiring import Expiring

PATH = "/slack/events"
MAX_BODY_BYTES = 256 * 1024
"""Slack's largest requests, submissions of full modals, stay well under it."""
READ_SECONDS = 3.0
"""How long a body may take to come in; Slack waits no longer for its answer."""
REPLAY_LIMIT = 20_000
"""Signatures remembered, about 6 MiB: ten minutes of 30,000 requests an hour are 5,000."""

log = logging.getLogger("bot.slack")


class Gate:
    """Lets through each genuine request once; the rest gets a status and no word of its own back.

    Args:
        app: The Bolt app that requests are handed to.
        signing_secret: Slack's, for this app.
        now: Seconds since 1970.
        read_seconds: How long a body may take to come in.
    """

    def __init__(
        self,
        app: AsyncApp,
        signing_secret: str,
        now: Callable[[], float] = time.time,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._app = app
        self._secret = signing_secret
        self._now = now
        self._read_seconds = read_seconds
        self._used: Expiring[bool] = Expiring(
            lifetime_seconds=2 * MAX_AGE_SECONDS, limit=REPLAY_LIMIT, clock=now
        )

    async def handle(self, request: web.Request) -> web.Response:
        """Check, read and hand on one request."""
        try:
            body = await read_body(request, MAX_BODY_BYTES, self._read_seconds)
        except BodyError as error:
            return _refuse(error.status, str(error))
        try:
            signature = verify(request.headers, body, self._secret, self._now())
        except SignatureError as error:
            return _refuse(401, str(error))
        if not self._used.claim(signature, value=True):
            return _refuse(401, "the request was seen before")
        try:
            payload = parse_payload(body, request.content_type)
            bolt_request = _build(payload)
        except PayloadError as error:
            return _refuse(400, str(error))
        return await self._dispatch(bolt_request, signature)

    async def _dispatch(self, request: AsyncBoltRequest, signature: str) -> web.Response:
        try:
            answer = await self._app.async_dispatch(request)
        except Exception as error:  # noqa: BLE001  Bolt fails on odd shapes even while handling errors
            reference = incidents.report(error, "reading a request from Slack")
            return _refuse(400, f"the body is not shaped like a request of Slack's, see {reference}")
        if answer.status >= web.HTTPInternalServerError.status_code:
            # It was not dealt with, so the same request may come again.
            self._used.drop(signature)
        return await to_aiohttp_response(answer)


def _build(payload: Payload) -> AsyncBoltRequest:
    """Give Bolt the parsed body; the mode for sockets takes it as it is, which spares a second parse."""
    try:
        return AsyncBoltRequest(body=payload, mode="socket_mode")
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise PayloadError("the body is not shaped like a request of Slack's") from error


def _refuse(status: int, reason: str) -> web.Response:
    log.warning("refused a request with %d: %s", status, reason)
    return web.Response(status=status, text=reason)
