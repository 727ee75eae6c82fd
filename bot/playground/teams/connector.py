"""The Bot Connector: what an app asks of it, checked, carried out, and kept in a journal."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.playground.teams.disturbances import RESET, Call, Disturbance, Disturbances
from bot.playground.teams.model import Json
from bot.playground.teams.refusals import RefusedError
from bot.playground.teams.rooms import Rooms
from bot.playground.teams.signing import Signing
from bot.playground.teams.throttle import Throttle

SERVICE: Final = "/connector/"
"""Before the region that ends a service address."""
_USUAL: Final = Disturbance(200)


@dataclass(frozen=True, slots=True)
class Called:
    """One call of the app's, for the journal."""

    call: Call
    conversation: str
    """As it stands in the address, with its thread."""
    body: Json
    status: int
    """The answer's; `RESET` where the connection was broken off."""
    error: str = ""
    """The Bot Connector's word for what was wrong; empty where nothing was."""


Run = Callable[[web.Request, Json], web.Response]


class Connector:
    """Answers the app's calls.

    Args:
        rooms: Carries them out.
        signing: Knows the app's tokens.
        disturbances: What is to go wrong.
        throttle: Counts the sends; None lets any number through.
        stir: Tells whoever waits that something happened.
    """

    def __init__(
        self,
        rooms: Rooms,
        signing: Signing,
        disturbances: Disturbances,
        throttle: Throttle | None,
        stir: Callable[[], None],
    ) -> None:
        self.region = "emea"
        """Ends the service address; under another one nothing can be reached any more."""
        self.calls: list[Called] = []
        self._rooms = rooms
        self._signing = signing
        self._disturbances = disturbances
        self._throttle = throttle
        self._stir = stir

    def routes(self) -> list[web.RouteDef]:
        """List the addresses."""
        all_ = f"{SERVICE}{{region}}/v3/conversations"
        one = f"{all_}/{{id}}"
        return [
            web.post(all_, self._answering(Call.OPEN, self._open)),
            web.post(f"{one}/activities", self._answering(Call.SEND, self._send)),
            web.put(f"{one}/activities/{{activity}}", self._answering(Call.CHANGE, self._change)),
            web.get(f"{one}/members/{{member}}", self._answering(Call.MEMBER, self._member)),
        ]

    def _answering(self, call: Call, run: Run) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            order = self._disturbances.take(call) or _USUAL
            body = await _read(request)
            response, error = self._carry_out(request, body, run, order)
            status = RESET if order.status == RESET else response.status
            self.calls.append(Called(call, request.match_info.get("id", ""), body, status, error))
            self._stir()
            await asyncio.sleep(order.seconds)
            if order.status == RESET and request.transport is not None:
                request.transport.abort()
            return response

        return answer

    def _carry_out(
        self, request: web.Request, body: Json, run: Run, order: Disturbance
    ) -> tuple[web.Response, str]:
        """Do what was asked for and give the answer, with the word for what was wrong."""
        ordered = RefusedError(order.status or 500, "Ordered", "This was ordered.", order.headers)
        try:
            if order.status != _USUAL.status and not order.accepted:
                raise ordered
            self._check(request)
            response = run(request, body)
        except RefusedError as refusal:
            return refusal.response(), refusal.code
        return (response, "") if order.status == _USUAL.status else (ordered.response(), ordered.code)

    def _check(self, request: web.Request) -> None:
        if not self._signing.lets_in(request.headers.get("Authorization", "")):
            raise RefusedError(401, "Unauthorized", "Authorization has been denied for this request.")
        if request.match_info["region"] != self.region:
            raise RefusedError(404, "ConversationNotFound", "This service address is not in use any more.")

    def _open(self, _request: web.Request, body: Json) -> web.Response:
        return web.json_response({"id": self._rooms.open(body).id}, status=201)

    def _send(self, request: web.Request, body: Json) -> web.Response:
        conversation = request.match_info["id"]
        wait = self._throttle.count(conversation) if self._throttle else 0.0
        if wait:
            headers = {"Retry-After": str(math.ceil(wait))}
            raise RefusedError(429, "TooManyRequests", "Too many messages for this thread.", headers)
        is_targeted = request.query.get("isTargetedActivity") == "true"
        sent = self._rooms.send(conversation, body, is_targeted=is_targeted)
        return web.json_response({"id": sent.id}, status=201)

    def _change(self, request: web.Request, body: Json) -> web.Response:
        changed = self._rooms.change(request.match_info["id"], request.match_info["activity"], body)
        return web.json_response({"id": changed.id})

    def _member(self, request: web.Request, _body: Json) -> web.Response:
        return web.json_response(self._rooms.member(request.match_info["id"], request.match_info["member"]))


async def _read(request: web.Request) -> Json:
    """The body; nothing where it is no JSON object, which no call can use."""
    try:
        body = json.loads(await request.read() or b"{}")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
