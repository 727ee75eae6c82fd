"""The page's side of the server: its files, the state, the live events, and what the person there does."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.playground import page_input
from bot.playground.arguments import RefusedError
from bot.playground.browser import send_events, send_file
from bot.playground.delivery import Reply
from bot.playground.elements import Press, find_element
from bot.playground.feed import Feed
from bot.playground.model import Change, Json, Jump, Message, View
from bot.playground.page_json import change_json, state_json
from bot.playground.pressing import INCOMPLETE, Pressing
from bot.playground.speaking import Speaking
from bot.playground.workspace import YOU, Workspace

STATIC: Final = Path(__file__).parent / "static"

Act = Callable[[Json], Awaitable[Reply | None]]


class Page:
    """Serves the page to the person at the keyboard, and carries out what they do there."""

    def __init__(
        self,
        workspace: Workspace,
        feed: Feed[Change],
        speaking: Speaking,
        pressing: Pressing,
        jumps: Mapping[str, Jump],
    ) -> None:
        self.platforms: dict[str, str] = {}
        """Where the page of each platform is, by name, where there is more than one."""
        self._jumps = jumps
        self._workspace = workspace
        self._feed = feed
        self._speaking = speaking
        self._pressing = pressing

    def routes(self) -> list[web.RouteDef]:
        """List the page's addresses."""
        acts: dict[str, Act] = {
            "send": self._send,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "home": self._home,
            "jump": self._jump,
        }
        return [
            web.get("/", self._file),
            web.get("/static/{name}", self._file),
            web.get("/ui/state", self._state),
            web.get("/ui/events", self._events),
            *(web.post(f"/ui/{name}", _answering(act)) for name, act in acts.items()),
        ]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return await send_file(STATIC, request.match_info.get("name", "index.html"))

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        state = state_json(self._workspace, self._speaking.commands.values(), self._jumps)
        return web.json_response(state | {"platforms": self.platforms})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await send_events(request, self._feed, change_json)

    async def _send(self, body: Json) -> None:
        channel = page_input.get_channel(self._workspace, body)
        thread_ts = page_input.find_text(body, "thread_ts")
        if thread_ts and self._workspace.find(channel.id, thread_ts) is None:
            raise web.HTTPBadRequest(text="There is no such thread.")
        await self._speaking.send(page_input.get_words(body), channel, YOU, thread_ts)

    async def _click(self, body: Json) -> Reply:
        target = self._get_target(body)
        ids = page_input.get_text(body, "block_id"), page_input.get_text(body, "action_id")
        found = find_element(target.blocks, *ids)
        if found is None:
            raise web.HTTPBadRequest(text="There is no such button any more.")
        press = Press(*found, page_input.find_text(body, "value"))
        return await self._pressing.press(target, press, page_input.get_typed(body), YOU)

    async def _submit(self, body: Json) -> Reply:
        return await self._pressing.submit(self._get_modal(body), page_input.get_typed(body), YOU)

    async def _close(self, body: Json) -> None:
        await self._pressing.close(self._get_modal(body), YOU)

    async def _home(self, body: Json) -> None:
        tab = page_input.get_text(body, "tab")
        if tab not in {"home", "messages"}:
            raise web.HTTPBadRequest(text="tab must be home or messages.")
        await self._speaking.open_tab(tab, YOU)

    async def _jump(self, body: Json) -> None:
        jump = self._jumps.get(page_input.get_text(body, "to"))
        refusal = await jump() if jump else "The clock cannot be put there."
        if refusal:
            raise web.HTTPBadRequest(text=refusal)

    def _get_target(self, body: Json) -> Message | View:
        container = page_input.get_object(body, "container")
        if page_input.get_text(container, "type") == "view":
            return self._get_view(container)
        channel = page_input.get_channel(self._workspace, container)
        message = self._workspace.find(channel.id, page_input.get_text(container, "ts"))
        if message is None or message.audience not in {None, YOU.id}:
            raise web.HTTPBadRequest(text="There is no such message any more.")
        return message

    def _get_modal(self, body: Json) -> View:
        view = self._get_view(body)
        if view is not self._workspace.views.modal(YOU.id):
            raise web.HTTPBadRequest(text="This form is not the one on top.")
        return view

    def _get_view(self, body: Json) -> View:
        view = self._workspace.views.find(page_input.get_text(body, "view_id"))
        if view is None or view.user != YOU.id:
            raise web.HTTPBadRequest(text="There is no such view any more.")
        return view


def _answering(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Make the route of something the person does: 204, or a sentence that says why not."""

    async def answer(request: web.Request) -> web.Response:
        body = await page_input.read_object(request)
        try:
            reply = await act(body)
        except LookupError as error:
            raise web.HTTPBadRequest(text=f"That cannot be done: {error.args[0]}.") from None
        except RefusedError as refusal:
            raise web.HTTPBadGateway(text=f"Slack would refuse the app's answer: {refusal}") from None
        if reply and reply.failure and reply.failure != INCOMPLETE:
            raise web.HTTPBadGateway(text=f"The app did not take it ({reply.failure}). Try again.")
        return web.Response(status=204)

    return answer
