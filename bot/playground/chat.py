"""The Web API's chat.* methods."""

from bot.playground.arguments import Arguments, RefusedError
from bot.playground.content import Content, read_content
from bot.playground.model import Channel, Json, Message
from bot.playground.payloads import message_json
from bot.playground.workspace import COACH, Workspace


def get_channel(workspace: Workspace, arguments: Arguments, name: str = "channel") -> Channel:
    """Get the channel that an argument names.

    Raises:
        RefusedError: There is none of that name.
    """
    channel = workspace.find_channel(arguments.get_text(name))
    if channel is None:
        raise RefusedError("channel_not_found")
    return channel


def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    """Post a message that everyone in the channel sees (chat.postMessage)."""
    channel = get_channel(workspace, arguments)
    content = _content(workspace, arguments)
    metadata = arguments.find_json("metadata")
    posted = workspace.post(
        Message(
            channel.id,
            "",
            COACH.id,
            content.text,
            content.blocks,
            _thread(workspace, channel, arguments),
            bot=True,
            metadata=metadata if isinstance(metadata, dict) else None,
        )
    )
    answer = {"channel": channel.id, "ts": posted.ts, "message": message_json(posted)}
    warned = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    return answer | warned if content.cut else answer


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    """Post a message that one person sees (chat.postEphemeral)."""
    channel = get_channel(workspace, arguments)
    person = workspace.people.get(arguments.get_text("user"))
    if person is None or not workspace.sees(person.id, channel):
        raise RefusedError("user_not_in_channel")
    content = _content(workspace, arguments)
    thread_ts = _thread(workspace, channel, arguments)
    posted = workspace.post(
        Message(
            channel.id, "", COACH.id, content.text, content.blocks, thread_ts, bot=True, audience=person.id
        )
    )
    return {"message_ts": posted.ts}


def update(workspace: Workspace, arguments: Arguments) -> Json:
    """Put other words in the place of a message of the app's own (chat.update)."""
    before = _own(workspace, arguments, "cant_update_message")
    content = _content(workspace, arguments)
    after = workspace.change(before, content.text, content.blocks)
    return {"channel": after.channel, "ts": after.ts, "text": after.text, "message": message_json(after)}


def delete(workspace: Workspace, arguments: Arguments) -> Json:
    """Take a message of the app's own away (chat.delete)."""
    message = _own(workspace, arguments, "cant_delete_message")
    workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _content(workspace: Workspace, arguments: Arguments) -> Content:
    return read_content(workspace, arguments.find_text("text"), arguments.find_json("blocks"))


def _thread(workspace: Workspace, channel: Channel, arguments: Arguments) -> str | None:
    thread_ts = arguments.find_text("thread_ts")
    if thread_ts and workspace.find(channel.id, thread_ts) is None:
        raise RefusedError("thread_not_found")
    return thread_ts


def _own(workspace: Workspace, arguments: Arguments, error: str) -> Message:
    message = workspace.find(get_channel(workspace, arguments).id, arguments.get_text("ts"))
    if message is None or message.ephemeral:
        raise RefusedError("message_not_found")
    if message.user != COACH.id:
        raise RefusedError(error)
    return message
