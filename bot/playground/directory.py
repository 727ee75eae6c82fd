"""The Web API's methods that look things up: auth.*, users.* and conversations.*."""

from typing import Final

from bot.playground.arguments import Arguments, RefusedError
from bot.playground.chat import get_channel
from bot.playground.model import BOT_ID, TEAM_DOMAIN, TEAM_ID, Channel, Json, Message
from bot.playground.payloads import message_json, user_json
from bot.playground.workspace import COACH, Workspace

_EVERYTHING_FROM: Final = 0.0


def auth_test(_workspace: Workspace, _arguments: Arguments) -> Json:
    """Say whose token it is (auth.test)."""
    return {
        "url": f"https://{TEAM_DOMAIN}.invalid/",
        "team": "Local workspace",
        "team_id": TEAM_ID,
        "user": COACH.name,
        "user_id": COACH.id,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def users_info(workspace: Workspace, arguments: Arguments) -> Json:
    """Say who somebody is (users.info)."""
    person = workspace.people.get(arguments.get_text("user"))
    if person is None:
        raise RefusedError("user_not_found")
    return {"user": user_json(person, workspace.clock())}


def users_list(workspace: Workspace, arguments: Arguments) -> Json:
    """List everyone (users.list)."""
    return _listing(
        "members", [user_json(each, workspace.clock()) for each in workspace.people.values()], arguments
    )


def conversations_open(workspace: Workspace, arguments: Arguments) -> Json:
    """Open direct messages with a person (conversations.open)."""
    user = arguments.get_text("users")
    person = workspace.people.get(user)
    if person is None or person.bot:
        raise RefusedError("user_not_found")
    return {"channel": {"id": workspace.direct_channel(user).id}}


def conversations_list(workspace: Workspace, arguments: Arguments) -> Json:
    """List channels of the `types` asked for (conversations.list)."""
    wanted = (arguments.find_text("types") or "public_channel").split(",")
    kinds = {"channel" if kind == "public_channel" else kind for kind in wanted}
    found = [_channel_json(channel) for channel in workspace.channels.values() if channel.kind in kinds]
    return _listing("channels", found, arguments)


def conversations_info(workspace: Workspace, arguments: Arguments) -> Json:
    """Describe one channel (conversations.info)."""
    return {"channel": _channel_json(get_channel(workspace, arguments))}


def conversations_history(workspace: Workspace, arguments: Arguments) -> Json:
    """List a channel's messages without the replies, newest first (conversations.history)."""
    channel = get_channel(workspace, arguments)
    roots = [m for m in workspace.messages(channel.id) if m.thread_ts is None and _in_range(m, arguments)]
    return _messages(workspace, roots[::-1], arguments)


def conversations_replies(workspace: Workspace, arguments: Arguments) -> Json:
    """List a thread, its root first (conversations.replies)."""
    channel = get_channel(workspace, arguments)
    ts = arguments.get_text("ts")
    if workspace.find(channel.id, ts) is None:
        raise RefusedError("thread_not_found")
    thread = [m for m in workspace.thread(channel.id, ts) if _in_range(m, arguments)]
    return _messages(workspace, thread, arguments)


def _messages(workspace: Workspace, messages: list[Message], arguments: Arguments) -> Json:
    shown = []
    for message in messages:
        said = message_json(message)
        replies = len(workspace.thread(message.channel, message.ts)) - 1
        if replies and message.thread_ts is None:
            said |= {"thread_ts": message.ts, "reply_count": replies}
        if message.metadata and arguments.is_on("include_all_metadata"):
            said["metadata"] = message.metadata
        shown.append(said)
    answer = _listing("messages", shown, arguments)
    return answer | {"has_more": bool(answer["response_metadata"]["next_cursor"])}


def _in_range(message: Message, arguments: Arguments) -> bool:
    try:
        oldest = float(arguments.find_text("oldest") or _EVERYTHING_FROM)
        latest = float(arguments.find_text("latest") or "inf")
    except ValueError:
        raise RefusedError("invalid_ts_oldest") from None
    at = float(message.ts)
    return oldest < at < latest or (arguments.is_on("inclusive") and at in {oldest, latest})


def _listing(name: str, items: list[Json], arguments: Arguments) -> Json:
    shown, cursor = arguments.page(items)
    return {name: shown, "response_metadata": {"next_cursor": cursor}}


def _channel_json(channel: Channel) -> Json:
    if channel.kind == "im":
        return {"id": channel.id, "is_im": True, "user": channel.user, "is_archived": False}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": False,
        "is_member": True,
    }
