"""The page's side of the server: its files, the state, the live events, and what the person there does."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.playground import page_input
from bot.playground.browser import PLATFORMS, send_events, send_file
from bot.playground.feed import Feed
from bot.playground.model import Jump
from bot.playground.teams.delivery import Reply
from bot.playground.teams.hands import Hands
from bot.playground.teams.model import BOT_NAME, Change, Command, Json, Message, Place
from bot.playground.teams.page_json import change_json, state_json
from bot.playground.teams.tenant import YOU

STATIC: Final = Path(__file__).parent / "static"
MOST_CHARACTERS: Final = 20_000
"""Of one message; of any script less than the 100 KB that Teams takes."""
_MENTION: Final = re.compile(rf"(?<!\S)@{BOT_NAME}\b[\s,:]*", re.IGNORECASE)

Act = Callable[[Json], Awaitable[Reply | None]]


class Page:
    """Serves the page to the person at the keyboard, and carries out what they do there."""

    def __init__(
        self, hands: Hands, feed: Feed[Change], commands: Sequence[Command], jumps: Mapping[str, Jump]
    ) -> None:
        self._hands = hands
        self._feed = feed
        self._commands = commands
        self._jumps = jumps

    def routes(self) -> list[web.RouteDef]:
        """List the page's addresses."""
        acts: dict[str, Act] = {
            "send": self._send,
            "press": self._press,
            "judge": self._judge,
            "jump": self._jump,
        }
        return [
            web.get("/teams", self._file),
            web.get("/teams/static/{name}", self._file),
            web.get("/ui/teams/state", self._state),
            web.get("/ui/teams/events", self._events),
            *(web.post(f"/ui/teams/{name}", _answering(act)) for name, act in acts.items()),
        ]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return await send_file(STATIC, request.match_info.get("name", "teams.html"))

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        state = state_json(self._hands.tenant, self._commands, self._jumps)
        return web.json_response(state | {"platforms": PLATFORMS})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        tenant = self._hands.tenant
        return await send_events(request, self._feed, lambda change: change_json(tenant, change))

    async def _send(self, body: Json) -> None:
        """Do what the composer does: behind a slash stands a command, `@Coach` mentions the app."""
        text, place = page_input.get_text(body, "text"), self._get_place(body)
        if len(text) > MOST_CHARACTERS:
            raise web.HTTPBadRequest(text=f"That message is longer than {MOST_CHARACTERS:,} characters.")
        begun = page_input.find_text(body, "thread")
        thread = self._get_message(place, begun).root if begun else ""
        is_targeted = text.startswith("/") and place.person is None
        words, mentions = (text, 0) if place.person or is_targeted else _MENTION.subn("", text, count=1)
        await self._hands.say(
            Message(
                place.id,
                "",
                YOU.account,
                words.strip(),
                thread=thread,
                audience=YOU.account if is_targeted else None,
                is_mention=bool(mentions),
            )
        )

    async def _press(self, body: Json) -> Reply:
        message = self._get_message(self._get_place(body), page_input.get_text(body, "message"))
        action = page_input.get_object(body, "action")
        return await self._hands.send_press(message, action, page_input.get_object(action, "data"), YOU)

    async def _judge(self, body: Json) -> Reply:
        message = self._get_message(self._get_place(body), page_input.get_text(body, "message"))
        reaction = page_input.get_text(body, "reaction")
        if reaction not in {"like", "dislike"}:
            raise web.HTTPBadRequest(text="reaction must be like or dislike.")
        return await self._hands.judge(message, reaction)

    async def _jump(self, body: Json) -> None:
        jump = self._jumps.get(page_input.get_text(body, "to"))
        refusal = await jump() if jump else "The clock cannot be put there."
        if refusal:
            raise web.HTTPBadRequest(text=refusal)

    def _get_place(self, body: Json) -> Place:
        tenant = self._hands.tenant
        place = tenant.places.get(page_input.get_text(body, "channel"))
        if place is None or not tenant.sees(YOU, place):
            raise web.HTTPBadRequest(text="There is no such conversation.")
        return place

    def _get_message(self, place: Place, wanted: str) -> Message:
        message = self._hands.tenant.find(place.id, wanted)
        if message is None or message.audience not in {None, YOU.account}:
            raise web.HTTPBadRequest(text="There is no such message.")
        return message


def _answering(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Make the route of something the person does: 204, or a sentence that says why not."""

    async def answer(request: web.Request) -> web.Response:
        try:
            reply = await act(await page_input.read_object(request))
        except LookupError as error:
            raise web.HTTPBadRequest(text=f"That cannot be done: {error.args[0]}.") from None
        if reply and reply.failure:
            raise web.HTTPBadGateway(text=f"The app did not take it: {reply.failure}.")
        return web.Response(status=204)

    return answer
