"""The Web API: `/api/<method>`, with Slack's manners and, on demand, its moods."""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.playground import chat, directory, view_methods
from bot.playground.arguments import Arguments, RefusedError
from bot.playground.disturbances import (
    ConnectionReset,
    Disturbances,
    RateLimited,
    Refused,
    ServerFailure,
    Slow,
)
from bot.playground.feed import Feed
from bot.playground.model import Change, Json
from bot.playground.workspace import Workspace

CONNECT: Final = "apps.connections.open"
Run = Callable[[Workspace, Arguments], Json]
METHODS: Final[Mapping[str, tuple[Run, str]]] = {
    "auth.test": (directory.auth_test, ""),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "chat.delete": (chat.delete, "chat:write"),
    "views.open": (view_methods.open_view, ""),
    "views.push": (view_methods.push_view, ""),
    "views.update": (view_methods.update_view, ""),
    "views.publish": (view_methods.publish_view, ""),
    "assistant.threads.setSuggestedPrompts": (view_methods.set_suggested_prompts, "assistant:write"),
    "assistant.threads.setStatus": (view_methods.set_status, "assistant:write"),
    "conversations.open": (directory.conversations_open, "im:write"),
    "conversations.list": (directory.conversations_list, "channels:read"),
    "conversations.info": (directory.conversations_info, "channels:read"),
    "conversations.history": (directory.conversations_history, "channels:history"),
    "conversations.replies": (directory.conversations_replies, "channels:history"),
    "users.info": (directory.users_info, "users:read"),
    "users.list": (directory.users_list, "users:read"),
}
"""Each method with the scope it needs, if any."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the app's, for the journal."""

    method: str
    arguments: Json
    status: int
    """The HTTP status; 0 where the connection was broken off."""
    error: str | None
    """Slack's word for what was wrong; None where nothing was."""
    answer: Json


@dataclass(frozen=True, slots=True)
class Door:
    """Which tokens open the Web API, and what for."""

    bot_token: str
    app_token: str
    """Opens `apps.connections.open`, and nothing else."""
    scopes: frozenset[str] | None = None
    """What the app was granted; None for everything."""

    def check(self, method: str, token: str, scope: str) -> None:
        """Refuse a call without the right token or scope.

        Raises:
            RefusedError: In Slack's words.
        """
        wanted = self.app_token if method == CONNECT else self.bot_token
        if not token:
            raise RefusedError("not_authed")
        if not hmac.compare_digest(token.encode(errors="replace"), wanted.encode()):
            raise RefusedError("invalid_auth")
        if scope and self.scopes is not None and scope not in self.scopes:
            raise RefusedError("missing_scope", [f"[ERROR] needed: {scope}"])


class WebApi:
    """Answers the app's calls and keeps a journal of them."""

    def __init__(
        self,
        workspace: Workspace,
        feed: Feed[Change],
        disturbances: Disturbances,
        door: Door,
        more: Mapping[str, tuple[Run, str]],
    ) -> None:
        self.calls: list[Call] = []
        self._methods = {**METHODS, **more}
        self._workspace = workspace
        self._feed = feed
        self._disturbances = disturbances
        self._door = door

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer `/api/<method>`."""
        method = request.match_info["method"]
        disturbance = self._disturbances.take(method)
        try:
            arguments = await read_arguments(request)
        except RefusedError as refusal:
            return self._said(method, {}, refusal)
        match disturbance:
            case RateLimited(seconds):
                headers = {"Retry-After": str(seconds)}
                return self._said(method, arguments, RefusedError("ratelimited"), 429, headers)
            case ServerFailure(status):
                return self._said(method, arguments, RefusedError("internal_error"), status)
            case Refused(error):
                return self._said(method, arguments, RefusedError(error))
            case ConnectionReset(accepted=False):
                self._said(method, arguments, RefusedError("connection_reset"), 0)
                return broken_off(request)
        response = self._run(method, arguments, read_token(request, arguments))
        if isinstance(disturbance, Slow):
            await asyncio.sleep(disturbance.seconds)
        return broken_off(request) if isinstance(disturbance, ConnectionReset) else response

    def _run(self, method: str, arguments: Json, token: str) -> web.Response:
        run, scope = self._methods.get(method, (_unknown, ""))
        try:
            self._door.check(method, token, scope)
            answer = run(self._workspace, Arguments(arguments))
        except RefusedError as refusal:
            return self._said(method, arguments, refusal)
        return self._said(method, arguments, answer)

    def _said(
        self,
        method: str,
        arguments: Json,
        outcome: Json | RefusedError,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> web.Response:
        refusal = outcome if isinstance(outcome, RefusedError) else None
        body = refused_json(refusal) if refusal else {"ok": True, **outcome}  # type: ignore[dict-item]
        kept = {name: value for name, value in arguments.items() if name != "token"}
        self.calls.append(Call(method, kept, status, refusal.error if refusal else None, body))
        self._feed.stir()
        return web.json_response(body, status=status or 200, headers=headers)


def _unknown(_workspace: Workspace, _arguments: Arguments) -> Json:
    raise RefusedError("unknown_method")


def refused_json(refusal: RefusedError) -> Json:
    """Put a refusal as the Web API puts it."""
    body: Json = {"ok": False, "error": refusal.error}
    return body | {"response_metadata": {"messages": refusal.details}} if refusal.details else body


def broken_off(request: web.Request) -> web.Response:
    """Cut the connection; the response that comes after it reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def read_token(request: web.Request, arguments: Json) -> str:
    """Read the token from the header, else from the arguments; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.get("token") or "")


async def read_arguments(request: web.Request) -> Json:
    """Read a call's arguments from its address and its body, a form or JSON.

    Raises:
        RefusedError: The body is neither.
    """
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read())
        except (ValueError, RecursionError):
            raise RefusedError("invalid_json") from None
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        return found | body
    try:
        return found | {
            name: value for name, value in (await request.post()).items() if isinstance(value, str)
        }
    except (ValueError, LookupError):
        raise RefusedError("invalid_form_data") from None
