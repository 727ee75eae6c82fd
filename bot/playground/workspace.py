"""The people, the channels and the messages of the workspace; pure, with the clock passed in."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.playground.model import Announce, Change, ChangeKind, Channel, Clock, Json, Message, Person
from bot.playground.views import Views

YOU: Final = Person("U0ANARUIZ1", "ana", "Ana Ruiz")
"""The person at the keyboard."""
COACH: Final = Person("U0COACH001", "coach", "Coach", bot=True)
SLACKBOT: Final = Person("USLACKBOT", "slackbot", "Slackbot", bot=True)
"""Who says what the workspace itself has to say."""
COLLEAGUES: Final = (
    Person("U0BENOKAFO", "ben", "Ben Okafor", "Africa/Lagos"),
    Person("U0MEILIN01", "mei", "Mei Lin", "Asia/Singapore"),
)
CHANNELS: Final = (
    Channel("C0GENERAL1", "general"),
    Channel("C0TEAMLEAD", "team-leads"),
    Channel("C0RANDOM01", "random"),
)
_MICROSECONDS: Final = 1_000_000


class Workspace:
    """What everyone sees. Every change is announced once, after it was made."""

    def __init__(self, clock: Clock, announce: Announce) -> None:
        self.clock = clock
        self.people: dict[str, Person] = {p.id: p for p in (YOU, *COLLEAGUES, COACH, SLACKBOT)}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in CHANNELS}
        self.views = Views(clock, announce)
        self.prompts: dict[str, Json] = {}
        """The suggested prompts, by channel."""
        self._announce = announce
        self._messages: dict[tuple[str, str], Message] = {}
        self._last_ts = 0
        self._busy: set[tuple[str, str | None]] = set()
        self._ids = itertools.count(1)
        self.direct_channel(YOU.id)

    def next_ts(self) -> str:
        """Give a timestamp that no message has; later ones are greater, whatever the clock does."""
        self._last_ts = max(int(self.clock() * _MICROSECONDS), self._last_ts + 1)
        return f"{self._last_ts // _MICROSECONDS}.{self._last_ts % _MICROSECONDS:06d}"

    def make_id(self) -> str:
        """Make an id for a block or an element that came without one."""
        return f"made-{next(self._ids)}"

    def find_channel(self, wanted: str) -> Channel | None:
        """Find a channel by id, by `#name`, or by the id of a person, whose direct messages it then is."""
        if wanted.startswith("#"):
            return next(
                (c for c in self.channels.values() if c.name == wanted[1:] and c.kind == "channel"), None
            )
        person = self.people.get(wanted)
        if person is not None and not person.bot:
            return self.direct_channel(wanted)
        return self.channels.get(wanted)

    def direct_channel(self, user: str) -> Channel:
        """Get a person's direct messages with the coach, opened when first asked for."""
        channel = Channel(f"D{user[1:]}", COACH.real_name, "im", user)
        return self.channels.setdefault(channel.id, channel)

    def sees(self, user: str, channel: Channel) -> bool:
        """Tell whether a person is in a channel; everyone is in every public one."""
        return channel.kind == "channel" or channel.user == user

    def post(self, message: Message) -> Message:
        """Add a message; its `ts` is given here, and a reply to a reply goes to the thread's root."""
        root = self.find(message.channel, message.thread_ts) if message.thread_ts else None
        thread_ts = (root.thread_ts or root.ts) if root else message.thread_ts
        posted = replace(message, ts=self.next_ts(), thread_ts=thread_ts)
        self._messages[posted.channel, posted.ts] = posted
        self._announce(Change(ChangeKind.MESSAGE, self._audience(posted), posted))
        if posted.bot and (posted.channel, thread_ts) in self._busy:
            self.show_status(self.channels[posted.channel], thread_ts, "")
        return posted

    def change(self, before: Message, text: str, blocks: Sequence[Json]) -> Message:
        """Put other words in a message's place."""
        after = replace(before, text=text, blocks=tuple(blocks), edited=True)
        self._messages[after.channel, after.ts] = after
        self._announce(Change(ChangeKind.MESSAGE_CHANGED, self._audience(after), after, before))
        return after

    def remove(self, message: Message) -> None:
        """Take a message away."""
        del self._messages[message.channel, message.ts]
        self._announce(Change(ChangeKind.MESSAGE_DELETED, self._audience(message), message, message))

    def find(self, channel: str, ts: str | None) -> Message | None:
        """Find a message, an ephemeral one too."""
        return self._messages.get((channel, ts or ""))

    def messages(self, channel: str, viewer: str | None = None) -> list[Message]:
        """List a channel's messages, replies among them, oldest first.

        Args:
            channel: The channel's id.
            viewer: Whose ephemeral messages are included; None for nobody's.
        """
        return [m for m in self._messages.values() if m.channel == channel and m.audience in {None, viewer}]

    def thread(self, channel: str, ts: str, viewer: str | None = None) -> list[Message]:
        """List a thread, its root first."""
        return [m for m in self.messages(channel, viewer) if ts in {m.ts, m.thread_ts}]

    def suggest(self, channel: Channel, title: str, prompts: Iterable[Json]) -> None:
        """Pin suggested prompts above a composer."""
        detail = {"channel": channel.id, "title": title, "prompts": list(prompts)}
        self.prompts[channel.id] = detail
        self._announce(Change(ChangeKind.PROMPTS, channel.user, detail=detail))

    def show_status(self, channel: Channel, thread_ts: str | None, status: str) -> None:
        """Say what the app is doing, until it says something else there or posts in that thread."""
        (self._busy.add if status else self._busy.discard)((channel.id, thread_ts))
        detail = {"channel": channel.id, "thread_ts": thread_ts, "status": status}
        self._announce(Change(ChangeKind.STATUS, channel.user, detail=detail))

    def _audience(self, message: Message) -> str | None:
        return message.audience or self.channels[message.channel].user
