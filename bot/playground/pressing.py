"""What people press and fill in: buttons, menus, forms."""

from collections.abc import Mapping
from typing import Any, Final

from bot.playground.arguments import RefusedError
from bot.playground.content import read_view
from bot.playground.delivery import Delivery, Envelope, Kind, Reply
from bot.playground.elements import Press, action, missing_answers, state_values
from bot.playground.model import Json, Message, Person, View
from bot.playground.payloads import interaction, message_container, view_json
from bot.playground.response_urls import ResponseUrls
from bot.playground.workspace import Workspace

Typed = Mapping[str, Mapping[str, str]]
"""What stands in the inputs: texts, or options' values, by block_id and action_id."""
INCOMPLETE: Final = "incomplete"
"""The failure of a form that was not sent, since an answer is missing or too long."""


class Pressing:
    """Carries out what people press, and does what the app answers."""

    def __init__(self, workspace: Workspace, delivery: Delivery, response_urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._response_urls = response_urls

    async def press(self, target: Message | View, press: Press, typed: Typed, person: Person) -> Reply:
        """Deliver a press in a message or a view (block_actions).

        Raises:
            LookupError: The element offers no such value.
        """
        done = action(press, self._workspace.next_ts())
        if done is None:
            raise LookupError("the element offers no such value")
        body = self._interaction("block_actions", person) | {"actions": [done]}
        if isinstance(target, View):
            body |= {"container": {"type": "view", "view_id": target.id}, "view": _filled(target, typed)}
        else:
            body |= message_container(target, self._workspace.channels[target.channel])
            body["state"] = {"values": state_values(target.blocks, typed)}
            body["response_url"] = self._response_urls.issue(target.channel, person.id, target.ts)
        return await self._delivery.send(Envelope(Kind.INTERACTION, body))

    async def submit(self, view: View, typed: Typed, person: Person) -> Reply:
        """Send a modal's form (view_submission) and do what the app answers to it."""
        filled = _filled(view, typed)
        missing = missing_answers(view.blocks, filled["state"]["values"])
        if missing:
            self._workspace.views.complain(view, missing)
            return Reply(failure=INCOMPLETE)
        body = self._interaction("view_submission", person) | {"view": filled, "response_urls": []}
        reply = await self._delivery.send(Envelope(Kind.INTERACTION, body))
        if not reply.failure:
            self._follow(view, reply.content(), person)
        return reply

    async def close(self, view: View, person: Person) -> None:
        """Close a modal; the app is told where the view asks for it (view_closed)."""
        views = self._workspace.views
        if view.payload.get("clear_on_close"):
            views.clear(person.id)
        else:
            views.pop(person.id)
        if view.payload.get("notify_on_close"):
            body = self._interaction("view_closed", person)
            body |= {"view": view_json(view), "is_cleared": bool(view.payload.get("clear_on_close"))}
            await self._delivery.send(Envelope(Kind.INTERACTION, body))

    def _follow(self, view: View, said: Json, person: Person) -> None:
        views = self._workspace.views
        match said.get("response_action"):
            case None:
                views.pop(person.id)
            case "clear":
                views.clear(person.id)
            case "errors":
                views.complain(view, _errors(view, said.get("errors")))
            case "update":
                views.update(view, read_view(self._workspace, said.get("view")))
            case "push":
                views.push(person.id, read_view(self._workspace, said.get("view")))
            case other:
                raise RefusedError(
                    "invalid_arguments", [f"[ERROR] no such response_action: {str(other)[:40]}"]
                )

    def _interaction(self, kind: str, person: Person) -> dict[str, Any]:
        return interaction(kind, person, self._workspace.views.triggers.issue(person.id))


def _filled(view: View, typed: Typed) -> Json:
    return view_json(view) | {"state": {"values": state_values(view.blocks, typed)}}


def _errors(view: View, errors: object) -> dict[str, str]:
    """Slack takes errors only for the inputs of the view, and none that are empty."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise RefusedError("invalid_arguments", ["[ERROR] errors: must be keyed by the block_id of inputs"])
    return {str(block_id): str(text) for block_id, text in errors.items()}
