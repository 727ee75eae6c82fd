"""The door for Teams' requests: size, then token, then meaning; answered at once or acknowledged."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot import incidents
from bot.bodies import BodyError, read_body
from bot.errors import StoreError
from bot.redeliveries import Redeliveries
from bot.teams.activity import Activity, Sort
from bot.teams.incoming import MalformedError, read_activity, read_origin
from bot.teams.keys import KeysUnavailableError
from bot.teams.listeners import Listeners
from bot.teams.tokens import TokenError, Tokens

PATH = "/api/messages"
MAX_BODY_BYTES = 512 * 1024
"""Teams' messages have 100 KB at most in UTF-16: up to 150 in UTF-8, and that twice, as text and as HTML.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
"""
READ_SECONDS = 3.0

log = logging.getLogger("bot.teams")


class Gate:
    """Lets through each genuine request once; the rest gets a status and no word of its own back.

    Args:
        listeners: Who hears them.
        tokens: Tells which are genuine.
        redeliveries: Tells which were here before.
        read_seconds: How long a body may take to come in.
    """

    def __init__(
        self,
        listeners: Listeners,
        tokens: Tokens,
        redeliveries: Redeliveries,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._listeners = listeners
        self._tokens = tokens
        self._redeliveries = redeliveries
        self._read_seconds = read_seconds

    async def handle(self, request: web.Request) -> web.Response:
        """Check, read and answer one request."""
        try:
            payload = _parse(await read_body(request, MAX_BODY_BYTES, self._read_seconds))
            await self._check(request, payload)
        except BodyError as error:
            return _refuse(error.status, str(error))
        except TokenError as error:
            return _refuse(401, str(error))
        except KeysUnavailableError as error:
            return _refuse(503, str(error))
        try:
            activity = read_activity(payload)
        except MalformedError as error:
            log.info("nothing to do for an activity: %s", error)
            return web.json_response({})
        return await self._answer(activity)

    async def _check(self, request: web.Request, payload: object) -> None:
        origin = read_origin(payload)
        await self._tokens.check(
            request.headers.getall("Authorization", []),
            service_url=origin.service_url,
            channel=origin.channel,
            tenant=origin.tenant,
        )

    async def _answer(self, activity: Activity) -> web.Response:
        if activity.sort is Sort.PRESS:
            return web.json_response(await self._press(activity))
        key = f"{activity.place.conversation} {activity.id}"
        if activity.sort is Sort.OTHER or (activity.id and not await self._redeliveries.is_first(key)):
            return web.json_response({})
        try:
            await self._listeners.on_activity(activity)
        except StoreError as error:
            self._redeliveries.forget(key)
            return _refuse(503, f"an activity is to come again: {error}")
        except Exception as error:  # noqa: BLE001  the one boundary of what is acknowledged
            incidents.report(error, "handling an activity of Teams")
        return web.json_response({})

    async def _press(self, activity: Activity) -> Mapping[str, Any]:
        try:
            return await self._listeners.on_press(activity)
        except Exception as error:  # noqa: BLE001  whoever pressed sees that it did not work
            return self._listeners.sorry(incidents.report(error, "answering a button in Teams"))


def _parse(body: bytes) -> object:
    """The body as it is; nothing in it is believed yet."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _refuse(status: int, reason: str) -> web.Response:
    log.warning("refused a request with %d: %s", status, reason)
    return web.Response(status=status, text=reason)
