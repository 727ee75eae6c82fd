"""Where in Slack something was said or pressed, and the place in the conversation it stands for."""

from dataclasses import dataclass, replace

from bot.places import SHARED, name_place
from bot.slack.payload import Payload

PLATFORM = "slack"
"""What the database calls us."""
DIRECT_MESSAGE = "D"
"""The first letter of the id of a direct message."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a click came from, and so where its answer goes."""

    place: str
    team: str
    user: str
    channel: str = ""
    thread: str | None = None
    """The thread to answer in; None in a direct message without one."""
    ephemeral: bool = False
    response_url: str = ""
    view_id: str = ""
    """The open modal or Home tab, where the click was in one."""
    in_modal: bool = False
    trigger: str = ""


def of_command(command: Payload) -> str:
    """The place of someone's commands in a channel: theirs alone."""
    team, channel, user = (_text(command, name) for name in ("team_id", "channel_id", "user_id"))
    return _place(team, channel, "commands", user)


def of_thread(team: str, channel: str, thread: str | None, person: str) -> str:
    """The place of a thread: in a channel everyone's, in a direct message the person's."""
    if is_direct(channel):
        return _place(team, channel, "direct", person, thread or "")
    return _place(team, channel, SHARED, thread or "")


def of_click(body: Payload) -> Origin:
    """Read where a button was pressed, or a window sent; whatever is missing is empty."""
    user, container, view = _part(body, "user"), _part(body, "container"), _part(body, "view")
    team = _text(_part(body, "team"), "id") or _text(user, "team_id")
    person, channel = _text(user, "id"), _text(container, "channel_id") or _text(_part(body, "channel"), "id")
    origin = Origin(
        place=_place(team, channel, "commands", person),
        team=team,
        user=person,
        channel=channel,
        response_url=_text(body, "response_url"),
        trigger=_text(body, "trigger_id"),
    )
    if view:
        place = _place(team, "", "modal", person)
        return replace(origin, place=place, view_id=_text(view, "id"), in_modal=view.get("type") == "modal")
    if container.get("is_ephemeral"):
        return replace(origin, ephemeral=True)
    thread = thread_of(channel, _text(container, "thread_ts") or None, _text(container, "message_ts"))
    return replace(origin, thread=thread, place=of_thread(team, channel, thread, person))


def is_direct(channel: str) -> bool:
    """Whether a channel is somebody's direct messages with us."""
    return channel.startswith(DIRECT_MESSAGE)


def thread_of(channel: str, thread: str | None, ts: str) -> str | None:
    """The thread to answer in: in a channel always one, in a direct message only where one is open."""
    return thread or (None if is_direct(channel) else ts)


def _place(team: str, channel: str, sort: str, *key: str) -> str:
    return name_place(PLATFORM, team, channel, sort, *key)


def _part(payload: Payload, name: str) -> Payload:
    part = payload.get(name)
    return part if isinstance(part, dict) else {}


def _text(payload: Payload, name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""
