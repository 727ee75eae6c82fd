"""Brings what happens in Teams to the app: genuinely signed requests to its one address."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from bot.playground.teams.model import Json
from bot.playground.teams.signing import Signing

_OK: Final = 200
NO_APP: Final = "no app is connected"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the app answered, if it did."""

    status: int = 0
    """The HTTP status; 0 where there was no answer."""
    body: Json = field(default_factory=dict)
    """What it holds; empty where it is no JSON object."""
    failure: str = ""
    """Why there is no good answer; empty where there is one."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One activity that was brought, for the journal."""

    activity: Json
    reply: Reply


class Delivery:
    """Delivers, and keeps a journal.

    Args:
        signing: Signs.
        stir: Tells whoever waits that something happened.
        seconds: How long the app has to answer.
    """

    def __init__(self, signing: Signing, stir: Callable[[], None], seconds: float) -> None:
        self.address = ""
        """The app's; empty where there is none."""
        self.journal: list[Delivered] = []
        self.session: aiohttp.ClientSession | None = None
        self._signing = signing
        self._stir = stir
        self._patience = aiohttp.ClientTimeout(total=seconds)

    async def bring(self, activity: Json) -> Reply:
        """Deliver once; never raises for anything the app does."""
        try:
            reply = await self._post(activity)
        except TimeoutError:
            reply = Reply(failure="it took too long")
        except aiohttp.ClientError:
            reply = Reply(failure="it was not reached")
        self.journal.append(Delivered(activity, reply))
        self._stir()
        return reply

    async def _post(self, activity: Json) -> Reply:
        if self.session is None or not self.address:
            return Reply(failure=NO_APP)
        headers = {
            "Authorization": f"Bearer {self._signing.sign(activity['serviceUrl'])}",
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Microsoft-SkypeBotApi (local emulator)",
        }
        body = json.dumps(activity).encode()
        async with self.session.post(
            self.address, data=body, headers=headers, timeout=self._patience, allow_redirects=False
        ) as response:
            text = await response.read()
            failure = "" if response.status == _OK else f"it answered {response.status}"
            return Reply(response.status, _parse(text), failure)


def _parse(text: bytes) -> Json:
    try:
        body = json.loads(text or b"{}")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
