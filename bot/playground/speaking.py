"""What people write: messages, edits, slash commands, the tabs that they open, and what becomes of them."""

from collections.abc import Sequence
from typing import Final

from bot.playground.arguments import RefusedError
from bot.playground.delivery import Delivery, Envelope, Kind, Reply
from bot.playground.model import Change, ChangeKind, Channel, Command, Json, Message, Person
from bot.playground.payloads import (
    change_event,
    command_form,
    home_opened_event,
    message_event,
    user_change_event,
)
from bot.playground.response_urls import ResponseUrls
from bot.playground.typed import encode, escape
from bot.playground.workspace import COACH, SLACKBOT, Workspace

APP_MENTION: Final = "app_mention"
MESSAGE_IM: Final = "message.im"
MESSAGE_CHANNELS: Final = "message.channels"
APP_HOME_OPENED: Final = "app_home_opened"
APP_UNINSTALLED: Final = "app_uninstalled"
TOKENS_REVOKED: Final = "tokens_revoked"
USER_CHANGE: Final = "user_change"
_OK: Final = 200


class Speaking:
    """Carries out what people write, and tells the app what it has subscribed to."""

    def __init__(
        self,
        workspace: Workspace,
        delivery: Delivery,
        response_urls: ResponseUrls,
        commands: Sequence[Command],
        subscribed: frozenset[str],
    ) -> None:
        self.commands = {command.command: command for command in commands}
        self._workspace = workspace
        self._delivery = delivery
        self._response_urls = response_urls
        self._subscribed = subscribed

    async def send(self, text: str, channel: Channel, person: Person, thread_ts: str | None = None) -> None:
        """Do what the composer does: a text that starts with a slash is a command, any other a message."""
        if not text.startswith("/"):
            await self.say(text, channel, person, thread_ts)
        elif thread_ts:
            self._notice(channel, person, f"{_first_word(text)} does not work in threads.", thread_ts)
        else:
            name, _, rest = text.partition(" ")
            await self.command(name, rest.strip(), channel, person)

    async def say(self, text: str, channel: Channel, person: Person, thread_ts: str | None = None) -> Message:
        """Post what a person typed and deliver the events that come of it; wait for the first tries."""
        stored = encode(text, self._workspace.people, self._workspace.channels)
        posted = self._workspace.post(Message(channel.id, "", person.id, stored, thread_ts=thread_ts))
        if f"<@{COACH.id}>" in stored and channel.kind == "channel":
            await self._tell(APP_MENTION, message_event(posted, channel, mention=True))
        await self._tell(_event_name(channel), message_event(posted, channel))
        return posted

    async def command(self, name: str, text: str, channel: Channel, person: Person) -> Reply:
        """Run a slash command and show the app's answer, or why there is none."""
        command = self.commands.get(name)
        if command is None:
            known = ", ".join(self.commands) or "none"
            self._notice(channel, person, f"{name[:40]} is not a command here. There is: {known}.")
            return Reply(failure="unknown_command")
        form = command_form(name, self._command_text(command, text), person, channel)
        form["trigger_id"] = self._workspace.views.triggers.issue(person.id)
        form["response_url"] = self._response_urls.issue(channel.id, person.id)
        reply = await self._delivery.send(Envelope(Kind.COMMAND, dict(form)))
        if reply.failure or reply.status != _OK:
            self._notice(channel, person, _apology(name, reply))
        else:
            self._show(reply.content(), f"{name} {text}".strip(), channel, person)
        return reply

    async def edit(self, message: Message, text: str) -> Message:
        """Change what a person wrote."""
        stored = encode(text, self._workspace.people, self._workspace.channels)
        after = self._workspace.change(message, stored, ())
        await self._tell_change(Change(ChangeKind.MESSAGE_CHANGED, message=after, before=message))
        return after

    async def delete(self, message: Message) -> None:
        """Take away what a person wrote."""
        self._workspace.remove(message)
        await self._tell_change(Change(ChangeKind.MESSAGE_DELETED, message=message, before=message))

    async def open_tab(self, tab: str, person: Person) -> None:
        """Open the app's `home` or `messages` tab."""
        channel = self._workspace.direct_channel(person.id)
        home = self._workspace.views.home(person.id)
        await self._tell(
            APP_HOME_OPENED, home_opened_event(person.id, channel, tab, self._workspace.next_ts(), home)
        )

    async def uninstall(self) -> None:
        """Tell the app that it was uninstalled, and that its token is void."""
        await self.revoke()
        await self._tell(APP_UNINSTALLED, {"type": APP_UNINSTALLED})

    async def revoke(self) -> None:
        """Tell the app that its token is void."""
        await self._tell(TOKENS_REVOKED, {"type": TOKENS_REVOKED, "tokens": {"oauth": [], "bot": [COACH.id]}})

    async def change_person(self, after: Person) -> None:
        """Change who somebody is, and tell the app."""
        self._workspace.people[after.id] = after
        await self._tell(USER_CHANGE, user_change_event(after, self._workspace.next_ts()))

    def echo(self, change: Change) -> None:
        """Tell the app of its own messages too, as Slack does; without waiting."""
        message = change.message
        if message is None or not message.bot or message.ephemeral:
            return
        channel = self._workspace.channels[message.channel]
        if change.kind is ChangeKind.MESSAGE:
            self._delivery.spawn(self._tell(_event_name(channel), message_event(message, channel)))
        else:
            self._delivery.spawn(self._tell_change(change))

    async def _tell_change(self, change: Change) -> None:
        if change.message:
            channel = self._workspace.channels[change.message.channel]
            await self._tell(_event_name(channel), change_event(change, channel, self._workspace.next_ts()))

    async def _tell(self, name: str, event: Json) -> None:
        if name in self._subscribed:
            await self._delivery.send_event(event)

    def _command_text(self, command: Command, text: str) -> str:
        if not command.should_escape:
            return escape(text)
        return encode(text, self._workspace.people, self._workspace.channels, label=True)

    def _show(self, said: Json, typed: str, channel: Channel, person: Person) -> None:
        if not said:
            return
        if said.get("response_type") == "in_channel":
            self._workspace.post(Message(channel.id, "", person.id, escape(typed)))
        try:
            self._response_urls.apply(channel.id, person.id, said)
        except RefusedError as refusal:
            self._notice(
                channel,
                person,
                f"{_first_word(typed)} did not work: Slack would refuse its answer. {refusal}",
            )

    def _notice(self, channel: Channel, person: Person, text: str, thread_ts: str | None = None) -> None:
        notice = Message(
            channel.id, "", SLACKBOT.id, escape(text), (), thread_ts, bot=True, audience=person.id
        )
        self._workspace.post(notice)


def _event_name(channel: Channel) -> str:
    return MESSAGE_IM if channel.kind == "im" else MESSAGE_CHANNELS


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0][:40]


def _apology(name: str, reply: Reply) -> str:
    reasons = {
        "http_timeout": "the app gave no answer in time (operation_timeout)",
        "no_app": "no app is connected (dispatch_failed)",
        "connection_failed": "the app could not be reached (dispatch_failed)",
    }
    return (
        f"{name} did not work: {reasons.get(reply.failure, f'the app answered {reply.status} (http_error)')}."
    )
