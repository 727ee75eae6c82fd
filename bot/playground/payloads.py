"""The JSON that Slack speaks: messages, views, events and interactions; pure."""

import html
import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.model import (
    APP_ID,
    BOT_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    Change,
    ChangeKind,
    Channel,
    Json,
    Message,
    Person,
    View,
)
from bot.playground.workspace import COACH

VERIFICATION_TOKEN: Final = "local-verification"  # noqa: S105  not a secret: Slack's own is long out of use
TEAM: Final[Json] = {"id": TEAM_ID, "domain": TEAM_DOMAIN}


def message_json(message: Message) -> Json:
    """A message as the Web API and the events show it."""
    said: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    said |= {"team": TEAM_ID, "blocks": list(message.blocks)}
    if message.bot:
        said |= {"bot_id": BOT_ID, "app_id": APP_ID}
    if message.thread_ts:
        said["thread_ts"] = message.thread_ts
    if message.edited:
        said["edited"] = {"user": message.user, "ts": message.ts}
    return said


def view_json(view: View) -> Json:
    """A view as the Web API answers it and as interactions carry it."""
    blank: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None}
    blank |= {"submit": None, "close": None, "clear_on_close": False, "notify_on_close": False}
    ids: Json = {
        "id": view.id,
        "team_id": TEAM_ID,
        "app_id": APP_ID,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": {}},
    }
    return blank | view.payload | ids


def event_body(event: Json, number: int, seconds: int) -> Json:
    """Wrap an event as it is sent; `number` makes its event_id, the same however often it is sent."""
    authorized = {"enterprise_id": None, "team_id": TEAM_ID, "user_id": COACH.id, "is_bot": True}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:010d}",
        "event_time": seconds,
        "authorizations": [authorized | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"local-{number}",
    }


def message_event(message: Message, channel: Channel, *, mention: bool = False) -> Json:
    """A new message as an event; `mention` makes it an app_mention."""
    event = message_json(message) | {"channel": channel.id, "event_ts": message.ts}
    if not message.blocks:
        event["blocks"] = [_rich_text(message)]
    if mention:
        return event | {"type": "app_mention"}
    return event | {"channel_type": channel.kind}


def _rich_text(message: Message) -> Json:
    runs: list[Json] = []
    for place, part in enumerate(re.split(r"<@(\w+)>", message.text)):
        if place % 2:
            runs.append({"type": "user", "user_id": part})
        elif part:
            runs.append({"type": "text", "text": html.unescape(part)})
    section = {"type": "rich_text_section", "elements": runs}
    return {"type": "rich_text", "block_id": f"said-{message.ts}", "elements": [section]}


def change_event(change: Change, channel: Channel, ts: str) -> Json:
    """An edit or a deletion as a message event."""
    event: Json = {"type": "message", "subtype": change.kind.value, "hidden": True, "channel": channel.id}
    event |= {"ts": ts, "event_ts": ts, "channel_type": channel.kind}
    if change.before:
        event["previous_message"] = message_json(change.before)
    if change.message and change.kind is ChangeKind.MESSAGE_CHANGED:
        event["message"] = message_json(change.message)
    if change.message and change.kind is ChangeKind.MESSAGE_DELETED:
        event["deleted_ts"] = change.message.ts
    return event


def home_opened_event(user: str, channel: Channel, tab: str, ts: str, home: View | None) -> Json:
    """Somebody opened the app's Home or Messages tab."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab, "event_ts": ts}
    return event | {"view": view_json(home)} if home and tab == "home" else event


def user_json(person: Person, now: float) -> Json:
    """A person as users.info and the events show them; of who is deactivated little is left.

    https://docs.slack.dev/reference/objects/user-object (from memory, as that flags are left out then)
    """
    user: Json = {
        "id": person.id,
        "team_id": TEAM_ID,
        "name": person.name,
        "deleted": person.deactivated,
        "is_bot": person.bot,
        "is_app_user": False,
        "updated": int(now),
        "profile": {"real_name": person.real_name, "display_name": person.name, "team": TEAM_ID},
    }
    if person.deactivated:
        return user
    offset = datetime.fromtimestamp(now, ZoneInfo(person.zone)).utcoffset()
    return user | {
        "real_name": person.real_name,
        "is_admin": person.admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "tz": person.zone,
        "tz_label": person.zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def user_change_event(person: Person, ts: str) -> Json:
    """Somebody is changed (https://docs.slack.dev/reference/events/user_change, read 2026-11-22)."""
    seconds = float(ts)
    return {
        "type": "user_change",
        "user": user_json(person, seconds),
        "cache_ts": int(seconds),
        "event_ts": ts,
    }


def interaction(kind: str, person: Person, trigger_id: str) -> Json:
    """What every interaction carries."""
    return {
        "type": kind,
        "team": TEAM,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "trigger_id": trigger_id,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_container(message: Message, channel: Channel) -> Json:
    """Say in which message something was pressed; an ephemeral one is not sent along, as in Slack."""
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = message.ephemeral
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return found if message.ephemeral else found | {"message": message_json(message)}


def channel_name(channel: Channel) -> str:
    """A channel's name as interactions and commands give it."""
    return "directmessage" if channel.kind == "im" else channel.name


def command_form(name: str, text: str, person: Person, channel: Channel) -> dict[str, str]:
    """What a slash command carries, but for its trigger_id and response_url."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
    }
