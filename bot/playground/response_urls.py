"""The addresses at which an app may answer a command or a click later: five times within half an hour."""

import json
import secrets
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.playground.arguments import RefusedError
from bot.playground.content import read_content
from bot.playground.disturbances import ConnectionReset, Disturbances, RateLimited, ServerFailure
from bot.playground.model import Json, Message
from bot.playground.web_api import broken_off, refused_json
from bot.playground.workspace import COACH, Workspace

USES: Final = 5
SECONDS: Final = 30 * 60
"""https://docs.slack.dev/interactivity/handling-user-interaction#message_responses, read 2026-11-21"""
RESPONSE_URL: Final = "response_url"
"""The name under which disturbances are ordered."""


@dataclass(slots=True)
class _Permit:
    channel: str
    user: str
    original: str | None
    """The `ts` of the message that was clicked in."""
    expires: float
    uses: int = 0


class ResponseUrls:
    """Hands the addresses out and answers at them."""

    def __init__(self, workspace: Workspace, disturbances: Disturbances) -> None:
        self.host = ""
        """Where the workspace listens, such as `http://127.0.0.1:8080`."""
        self._workspace = workspace
        self._disturbances = disturbances
        self._permits: dict[str, _Permit] = {}

    def issue(self, channel: str, user: str, original: str | None = None) -> str:
        """Make an address for something that a person just did, in a message or not."""
        key = secrets.token_urlsafe(24)
        self._permits[key] = _Permit(channel, user, original, self._workspace.clock() + SECONDS)
        return f"{self.host}/respond/{key}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer `/respond/<key>`."""
        match self._disturbances.take(RESPONSE_URL):
            case RateLimited(seconds):
                return web.Response(status=429, headers={"Retry-After": str(seconds)})
            case ServerFailure(status):
                return web.Response(status=status)
            case ConnectionReset():
                return broken_off(request)
        try:
            permit = self._get_permit(request.match_info["key"])
            self.apply(permit.channel, permit.user, await _read(request), permit.original)
            permit.uses += 1
        except RefusedError as refusal:
            status = 404 if refusal.error in {"used_url", "expired_url"} else 400
            return web.json_response(refused_json(refusal), status=status)
        return web.json_response({"ok": True})

    def apply(self, channel: str, user: str, said: Json, original: str | None = None) -> Message | None:
        """Do what an answer to a command or a click asks for; give what was posted, if anything was.

        Raises:
            RefusedError: Slack would not take it.
        """
        before = self._workspace.find(channel, original)
        if said.get("delete_original") and before:
            self._workspace.remove(before)
            return None
        content = read_content(self._workspace, said.get("text"), said.get("blocks"))
        if said.get("replace_original") and before:
            return self._workspace.change(before, content.text, content.blocks)
        audience = None if said.get("response_type") == "in_channel" else user
        thread_ts = str(said.get("thread_ts") or "")
        return self._workspace.post(
            Message(
                channel,
                "",
                COACH.id,
                content.text,
                content.blocks,
                thread_ts if self._workspace.find(channel, thread_ts) else None,
                bot=True,
                audience=audience,
            )
        )

    def _get_permit(self, key: str) -> _Permit:
        permit = self._permits.get(key)
        if permit is None or self._workspace.clock() > permit.expires:
            raise RefusedError("expired_url")
        if permit.uses >= USES:
            raise RefusedError("used_url")
        return permit


async def _read(request: web.Request) -> Json:
    try:
        said = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise RefusedError("invalid_payload") from None
    if not isinstance(said, dict):
        raise RefusedError("invalid_payload")
    return said
