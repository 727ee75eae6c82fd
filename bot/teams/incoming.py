"""What comes in from Teams: JSON → Activity. Whatever it holds, reading it never fails in another way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from bot.errors import CoachError
from bot.teams.activity import Activity, Place, Scope, Sort
from bot.teams.elements import is_press
from bot.tips.schedule import is_known

Payload = Mapping[str, Any]

EXECUTE = "adaptiveCard/action"
"""https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model (read 2026-11-22)"""
FEEDBACK = "message/submitAction"
"""https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content"""
MAX_ID_CHARACTERS = 500
"""Teams' ids have about 100; a longer one is not Teams'."""

_BOT = "28:"
"""Begins the accounts of bots, ourselves among them; those of people begin with 29."""
_THREAD = ";messageid="
_TAG = re.compile(r"<[^<>]*>")
_CHANNEL_DELETED = "channelDeleted"
_BY_NAME = {
    "type": {"message": Sort.MESSAGE},
    "name": {EXECUTE: Sort.PRESS, FEEDBACK: Sort.FEEDBACK},
    "action": {"add": Sort.ADDED, "add-upgrade": Sort.RENEWED, "remove": Sort.REMOVED},
    "eventType": {
        _CHANNEL_DELETED: Sort.CHANNEL_GONE,
        "teamDeleted": Sort.TEAM_GONE,
        "teamHardDeleted": Sort.TEAM_GONE,
        "teamArchived": Sort.TEAM_GONE,
    },
}
"""What happened, by the part of an activity that tells it.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""
_TOLD_BY = {
    "message": "type",
    "invoke": "name",
    "installationUpdate": "action",
    "conversationUpdate": "eventType",
}


class MalformedError(CoachError):
    """A body is no activity of Teams'; the message holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a token has to be checked against."""

    service_url: str
    channel: str
    tenant: str


def read_origin(payload: object) -> Origin:
    """Where a body says that it comes from; whatever is missing is empty."""
    if not isinstance(payload, Mapping):
        return Origin("", "", "")
    return Origin(_id(payload, "serviceUrl"), _id(payload, "channelId"), _tenant(payload))


def read_activity(payload: object) -> Activity:
    """Read one activity.

    Raises:
        MalformedError: It does not say where it comes from.
    """
    if not isinstance(payload, Mapping):
        raise MalformedError("the body is no object")
    place = _place(payload)
    sender, recipient = _part(payload, "from"), _part(payload, "recipient")
    account, bot = _id(sender, "id"), _id(recipient, "id")
    is_private = recipient.get("isTargeted") is True
    activity = Activity(
        sort=_sort(payload),
        id=_id(payload, "id"),
        place=place,
        person=_id(sender, "aadObjectId") or account,
        account=account,
        bot=bot,
        text=_plain(payload, bot),
        value=_value(payload),
        zone=_zone(payload),
        is_private=is_private,
        reply_to=_id(payload, "replyToId"),
    )
    addressed = place.scope is Scope.PERSONAL or is_private or bot in (who for who, _ in _mentions(payload))
    is_for_us = (addressed or is_press(activity.value)) and not account.startswith(_BOT)
    if activity.sort is Sort.MESSAGE and not is_for_us:
        return replace(activity, sort=Sort.OTHER)
    return activity


def _place(payload: Payload) -> Place:
    conversation, data = _part(payload, "conversation"), _part(payload, "channelData")
    tenant, service_url = _tenant(payload), _id(payload, "serviceUrl")
    name, _, thread = _id(conversation, "id").partition(_THREAD)
    if data.get("eventType") == _CHANNEL_DELETED:
        name = _id(_part(data, "channel"), "id")
    if not (tenant and name and service_url):
        raise MalformedError("the body names no tenant, conversation or service address")
    try:
        scope = Scope(_text(conversation, "conversationType"))
    except ValueError as error:
        raise MalformedError("the body names no sort of conversation that we know") from error
    if scope is not Scope.CHANNEL:
        return Place(tenant, name, scope, service_url)
    return Place(tenant, name, scope, service_url, thread, _id(_part(data, "team"), "id"))


def _tenant(payload: Payload) -> str:
    conversation, data = _part(payload, "conversation"), _part(payload, "channelData")
    return (_id(conversation, "tenantId") or _id(_part(data, "tenant"), "id")).lower()


def _sort(payload: Payload) -> Sort:
    """What happened; whatever we do not know is something that we have nothing to say to."""
    kind = _text(payload, "type")
    teller = _TOLD_BY.get(kind)
    if teller is None:
        return Sort.OTHER
    told = _part(payload, "channelData") if teller == "eventType" else payload
    unknown = Sort.INVOKE if kind == "invoke" else Sort.OTHER
    return _BY_NAME[teller].get(_text(told, teller), unknown)


def _plain(payload: Payload, bot: str) -> str:
    """What was written, for reading only: mentions of us dropped, others by name, no markup."""
    text = payload.get("text")
    if not isinstance(text, str):
        return ""
    for who, words in _mentions(payload):
        if who == bot and words:
            text = text.replace(words, " ")
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def _mentions(payload: Payload) -> list[tuple[str, str]]:
    """Who is mentioned, and by which words."""
    found = (each for each in _entities(payload) if each.get("type") == "mention")
    return [(_id(_part(each, "mentioned"), "id"), _text(each, "text")) for each in found]


def _zone(payload: Payload) -> str | None:
    said = [_text(each, "timezone") for each in _entities(payload) if each.get("type") == "clientInfo"]
    zones = [zone for zone in (*said, _text(payload, "localTimezone")) if zone and is_known(zone)]
    return zones[0] if zones else None


def _entities(payload: Payload) -> list[Payload]:
    entities = payload.get("entities")
    return [each for each in entities if isinstance(each, Mapping)] if isinstance(entities, list) else []


def _value(payload: Payload) -> Payload:
    """What a button carried: of one that is answered within the request, what stands in its action."""
    value = _part(payload, "value")
    action = _part(value, "action")
    return _part(action, "data") if action else value


def _part(payload: Payload, name: str) -> Payload:
    part = payload.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(payload: Payload, name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _id(payload: Payload, name: str) -> str:
    """An id or address; empty where it is none that both databases and every log can hold."""
    value = _text(payload, name)
    return value if len(value) <= MAX_ID_CHARACTERS and value.isascii() and value.isprintable() else ""
