"""What the page is told, as JSON; only what the person at the keyboard may see."""

from collections.abc import Iterable

from bot.playground.model import Change, ChangeKind, Command, Json, Message, Person, View
from bot.playground.workspace import COACH, YOU, Workspace


def message_json(message: Message) -> Json:
    """One message."""
    return {
        "channel": message.channel,
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "user": message.user,
        "bot": message.bot,
        "text": message.text,
        "blocks": list(message.blocks),
        "ephemeral": message.ephemeral,
        "edited": message.edited,
    }


def view_json(view: View | None) -> Json | None:
    """One view, or None where there is none."""
    if view is None:
        return None
    shown = {name: view.payload.get(name) for name in ("type", "title", "blocks", "submit", "close")}
    return {"id": view.id, **shown} | ({"errors": dict(view.errors)} if view.errors else {})


def state_json(workspace: Workspace, commands: Iterable[Command], jumps: Iterable[str] = ()) -> Json:
    """Everything that the page shows when it is opened."""
    channels = [channel for channel in workspace.channels.values() if workspace.sees(YOU.id, channel)]
    direct = workspace.direct_channel(YOU.id)
    return {
        "me": {"id": YOU.id, "name": YOU.real_name, "zone": YOU.zone},
        "coach": {"id": COACH.id, "name": COACH.real_name},
        "users": [_person_json(person) for person in workspace.people.values()],
        "channels": [{"id": c.id, "name": c.name, "kind": c.kind} for c in channels],
        "commands": [
            {"command": c.command, "description": c.description, "usage_hint": c.usage_hint} for c in commands
        ],
        "messages": {c.id: [message_json(m) for m in workspace.messages(c.id, YOU.id)] for c in channels},
        "home": view_json(workspace.views.home(YOU.id)),
        "modal": view_json(workspace.views.modal(YOU.id)),
        "prompts": workspace.prompts.get(direct.id),
        "clock": {"now": workspace.clock(), "jumps": list(jumps)},
    }


def _person_json(person: Person) -> Json:
    return {"id": person.id, "name": person.real_name, "handle": person.name, "bot": person.bot}


def change_json(change: Change) -> Json | None:
    """One change; None where it is not for the person at the keyboard."""
    if change.audience not in {None, YOU.id}:
        return None
    said: Json = {"type": change.kind.value}
    match change.kind, change.message:
        case ((ChangeKind.MESSAGE | ChangeKind.MESSAGE_CHANGED), Message() as message):
            return said | {"message": message_json(message)}
        case ChangeKind.MESSAGE_DELETED, Message() as message:
            return said | {"channel": message.channel, "ts": message.ts}
        case ((ChangeKind.HOME | ChangeKind.MODAL), _):
            return said | {"view": view_json(change.view)}
        case ChangeKind.PROMPTS, _:
            return said | {"prompts": change.detail}
        case _:
            return said | (change.detail or {})
