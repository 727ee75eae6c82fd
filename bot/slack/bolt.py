"""The Bolt app: who we are, what we hear, and the one boundary for errors."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import incidents
from bot.errors import StoreError
from bot.redeliveries import Redeliveries
from bot.slack.authorize import CachedAuthorize
from bot.slack.listeners import Listeners
from bot.slack.views import read_question, refuse

Next = Callable[[], Awaitable[BoltResponse]]

log = logging.getLogger("bot.slack")


def build_bolt(
    client: AsyncWebClient,
    authorize: CachedAuthorize,
    listeners: Listeners,
    redeliveries: Redeliveries,
) -> AsyncApp:
    """Build the app. Requests must have been verified before they get here.

    `process_before_response` is what makes a command's answer travel in its acknowledgement at
    once: without it Bolt polls for it every 10 ms, and loses it where a listener fails.
    """
    app = AsyncApp(
        name="lvm",
        logger=_quiet_logger(),
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    once = Once(redeliveries)
    app.middleware(once)
    listeners.register(app)

    async def on_error(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.info("nothing to do for a request")
            return BoltResponse(status=200)
        if isinstance(error, StoreError) and once.unclaim(request):
            log.warning("an event is to come again: %s", error)
            return BoltResponse(status=503)
        reference = incidents.report(error, "handling a request from Slack")
        return _polite(request.body, listeners.sorry(reference))

    app.error(on_error)
    return app


class Once(AsyncMiddleware):
    """Middleware that lets each event through once, over either transport.

    Args:
        seen: The events that were here.
    """

    def __init__(self, seen: Redeliveries) -> None:
        self._seen = seen

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse:  # noqa: A002  Bolt's name
        """Answer for an event that was here before; hand on every other request."""
        event_id = req.body.get("event_id")
        if isinstance(event_id, str) and not await self._seen.is_first(
            event_id, among_replicas=_is_message(req.body)
        ):
            return BoltResponse(status=200)
        await next()
        return resp

    def unclaim(self, request: AsyncBoltRequest) -> bool:
        """Let an event through when it comes again; False where the request is none."""
        event_id = request.body.get("event_id")
        if isinstance(event_id, str):
            self._seen.forget(event_id)
        return isinstance(event_id, str)


def _is_message(body: Mapping[str, Any]) -> bool:
    """Whether an event may be answered; whatever else comes does no harm when it comes twice."""
    event = body.get("event")
    return isinstance(event, dict) and event.get("type") in {"app_mention", "message"}


def _polite(body: Mapping[str, Any], sorry: Mapping[str, Any]) -> BoltResponse:
    """An answer in the shape that the request calls for."""
    if "command" in body:
        return _json({"response_type": "ephemeral", **sorry})
    if body.get("type") == "view_submission":
        block_id, _ = read_question(body.get("view"))
        return _json(refuse(block_id, sorry["text"]))
    return BoltResponse(status=200)


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})


def _quiet_logger() -> logging.Logger:
    """Bolt's own lines can quote requests, so nothing below an error is let out."""
    logger = logging.getLogger("bot.slack.framework")
    logger.setLevel(logging.ERROR)
    return logger
