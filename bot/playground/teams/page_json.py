"""What the page is told, as JSON, in the words of its Slack sister; only what the person there may see."""

from collections.abc import Iterable

from bot.playground.teams.model import BOT_ACCOUNT, BOT_NAME, Change, ChangeKind, Command, Json, Message
from bot.playground.teams.tenant import YOU, Tenant

_KINDS = {"personal": "im", "groupChat": "group", "channel": "channel"}


def state_json(tenant: Tenant, commands: Iterable[Command], jumps: Iterable[str]) -> Json:
    """Everything that the page shows when it is opened."""
    places = [place for place in tenant.places.values() if tenant.sees(YOU, place)]
    people = [{"id": p.account, "name": p.name, "bot": False} for p in tenant.people.values()]
    return {
        "me": {"id": YOU.account, "name": YOU.name, "zone": YOU.zone},
        "coach": {"id": BOT_ACCOUNT, "name": BOT_NAME},
        "users": [*people, {"id": BOT_ACCOUNT, "name": BOT_NAME, "bot": True}],
        "channels": [{"id": p.id, "name": p.name, "kind": _KINDS[p.scope]} for p in places],
        "commands": [
            {"command": f"/{each.title}", "description": each.description, "usage_hint": ""}
            for each in commands
        ],
        "messages": {
            place.id: [message_json(tenant, m) for m in tenant.messages(place.id, YOU)] for place in places
        },
        "clock": {"now": tenant.clock(), "jumps": list(jumps)},
    }


def message_json(tenant: Tenant, message: Message) -> Json:
    """One message; a private answer to something private stands beside it, in no thread."""
    root = tenant.find(message.place, message.thread)
    in_thread = root is not None and root.audience is None
    return {
        "channel": message.place,
        "id": message.id,
        "ts": _ts(message.id),
        "thread_ts": _ts(message.thread) if in_thread else None,
        "user": message.account,
        "bot": message.is_bot,
        "text": message.text,
        "card": message.card_for(YOU),
        "note": message.notes.get(YOU.account, ""),
        "ephemeral": message.audience is not None,
        "edited": message.edited,
        "mentions": message.is_mention,
        "can_be_judged": message.can_be_judged,
        "verdict": message.verdicts.get(YOU.account),
    }


def change_json(tenant: Tenant, change: Change) -> Json | None:
    """One change; None where it is not for the person at the keyboard."""
    if change.kind is ChangeKind.CLOCK:
        return {"type": change.kind.value, "now": change.now}
    message = change.message
    place = tenant.places.get(message.place) if message else None
    if message is None or place is None or not tenant.sees(YOU, place):
        return None
    if message.audience not in {None, YOU.account}:
        return None
    return {"type": change.kind.value, "message": message_json(tenant, message)}


def _ts(id_: str) -> str:
    """A time as the page reads it: seconds with six decimals."""
    return f"{id_[:-3]}.{id_[-3:]}000"
