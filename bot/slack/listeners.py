"""What people say to us in Slack, and what we do about it.

Few listeners, because Bolt tries them one after the other. A command is answered within its own
acknowledgement; whatever needs a call to Slack goes on in the background.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.background import Apology, Background
from bot.conversation import Conversation
from bot.slack import actions, places
from bot.slack.delivery import Delivery, Message
from bot.slack.home import Home
from bot.slack.incoming import plain
from bot.slack.installation import Installation
from bot.slack.interactions import Interactions
from bot.slack.payload import Payload
from bot.slack.people import People
from bot.slack.rendering import Surface, notice, render_acknowledgement, render_message
from bot.tips.daily import Daily
from bot.tips.who import Who, needs_profile

Say = Callable[[Message], Awaitable[None]]
Asker = Callable[[str], Awaitable[Who | None]]
"""Says who wrote a text."""

JSON_HEADERS: dict[str, str | Sequence[str]] = {"content-type": "application/json"}

SPOKEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of messages that people write themselves; the others are edits and Slack's own notices.
https://docs.slack.dev/reference/events/message (from memory)
"""

PROMPTS_TITLE = "Ask me about leading and managing"


@dataclass(frozen=True, slots=True)
class Ways:
    """How an answer gets to who asked."""

    to_all: Say
    """For everyone there to read."""
    alone: Say


@dataclass(frozen=True, slots=True)
class Keeping:
    """What there is beside the conversation where there is a database."""

    installation: Installation
    people: People
    daily: Daily


class Listeners:
    """The listeners, over one conversation and one delivery; without `keeping` nothing is kept of anybody."""

    def __init__(
        self, conversation: Conversation, delivery: Delivery, background: Background, keeping: Keeping | None
    ) -> None:
        self._conversation = conversation
        self._delivery = delivery
        self._background = background
        self._installation = keeping.installation if keeping else None
        self._people = keeping.people if keeping else None
        self._daily = keeping.daily if keeping else None
        self._home = Home(conversation, delivery, self._people, self._daily)
        self._interactions = Interactions(conversation, delivery, background, self._people, self._home)

    def register(self, app: AsyncApp) -> None:
        """Hand every listener to Bolt; the last one takes the events that no other does."""
        app.command(re.compile(r"/.*"))(self.on_command)
        app.action(re.compile(rf"{actions.PREFIX}:.*"))(self._interactions.on_action)
        app.view(actions.ANSWER_VIEW)(self._interactions.on_submission)
        app.event("app_mention")(self.on_mention)
        app.event("message")(self.on_message)
        app.event("app_home_opened")(self.on_home_opened)
        app.event("app_uninstalled")(self.on_uninstalled)
        app.event("tokens_revoked")(self.on_revoked)
        app.event("user_change")(self.on_user_change)
        app.event(re.compile(r".*"))(self.on_other_event)

    async def on_command(self, command: Payload) -> BoltResponse:
        """Answer `/lvm …`, for the asker alone."""
        text = plain(command.get("text") or "")
        team, user, channel = (str(command.get(f"{name}_id") or "") for name in ("team", "user", "channel"))
        who = await self._who(text, team, user, channel)
        answer = await self._conversation.command(text, places.of_command(command), who=who)
        answer = self._interactions.hand_over(answer, user)
        surface = Surface.MESSAGE if places.is_direct(channel) else Surface.EPHEMERAL
        return BoltResponse(status=200, body=render_acknowledgement(answer, surface), headers=JSON_HEADERS)

    async def on_mention(self, event: Payload, body: Payload) -> None:
        """Answer a mention, in its thread; in a direct message the message event is answered instead."""
        if _by_a_person(event) and not places.is_direct(event.get("channel") or ""):
            self._reply_soon(event, body)

    async def on_message(self, event: Payload, body: Payload) -> None:
        """Answer a direct message, where it stands."""
        if _by_a_person(event) and event.get("channel_type") == "im":
            self._reply_soon(event, body)

    async def on_home_opened(self, event: Payload, body: Payload) -> None:
        """Show the Home tab, or suggest prompts in the Messages tab."""
        if event.get("tab") == "messages":
            work = self._suggest(event["channel"])
        else:
            work = self._home.publish(body.get("team_id") or "", event["user"])
        self._background.start(work, "opening the app")

    async def on_uninstalled(self, body: Payload) -> None:
        """Stop and erase; where that fails Slack is not told that we know, and tells us again."""
        if self._installation is not None:
            await self._installation.uninstalled(*_when(body))

    async def on_revoked(self, event: Payload, body: Payload) -> None:
        """Stop sending where the token that is void is ours, and not a person's."""
        tokens = event.get("tokens")
        if self._installation is not None and isinstance(tokens, dict) and tokens.get("bot"):
            await self._installation.revoked(*_when(body))

    async def on_user_change(self, event: Payload, body: Payload) -> None:
        """End the tips of whoever became a guest or a bot, or was deactivated.

        It comes for every status that anybody in the workspace sets, so most of it is let go at a glance.
        """
        if self._people is None or self._daily is None:
            return
        who = self._people.learn(str(body.get("team_id") or ""), event.get("user"))
        if who is not None and not who.may_get_tips:
            await self._daily.end(who)

    async def on_other_event(self) -> None:
        """Take what we have nothing to say to; Slack counts an unanswered event as a failure."""

    def _reply_soon(self, event: Payload, body: Payload) -> None:
        channel = event["channel"]
        thread = places.thread_of(channel, event.get("thread_ts"), event["ts"])
        team, person = body.get("team_id") or "", event["user"]
        place = places.of_thread(team, channel, thread, person)
        say = partial(self._delivery.post, channel, thread=thread)
        alone = partial(self._delivery.whisper, channel, person, thread=thread)
        ways = Ways(say, say if places.is_direct(channel) else alone)
        asker = partial(self._who, team=team, person=person, channel=channel)
        self._background.start(
            self._reply(plain(event.get("text") or ""), place, person, asker, ways),
            "answering a message",
            self._apology(say),
        )

    async def _reply(self, text: str, place: str, person: str, asker: Asker, ways: Ways) -> None:
        answer = self._conversation.coach.welcome()
        if text:
            answer = await self._conversation.ask(text, place, person, who=await asker(text))
            answer = self._interactions.hand_over(answer, person)
        say = ways.alone if answer.is_personal else ways.to_all
        await say(render_message(answer, Surface.MESSAGE))

    async def _who(self, text: str, team: str, person: str, channel: str) -> Who | None:
        if self._people is None:
            return None
        return await self._people.find(team, person, channel, with_profile=needs_profile(text))

    def _apology(self, say: Say) -> Apology:
        async def apologise(reference: str) -> None:
            await say(self.sorry(reference))

        return apologise

    def sorry(self, reference: str) -> Message:
        """What people read when something breaks: nothing but the reference."""
        return notice(self._conversation.apology(reference))

    async def _suggest(self, channel: str) -> None:
        handbook = self._conversation.coach.handbook
        asked = [handbook.topics[topic] for topic in self._conversation.coach.suggestions]
        prompts = [{"title": topic.title, "message": topic.phrasings[0]} for topic in asked]
        tip = handbook.tools["tip"]
        prompts.append({"title": tip.headline, "message": tip.phrasings[0]})
        await self._delivery.suggest(channel, PROMPTS_TITLE, prompts)


def _when(body: Payload) -> tuple[str, int]:
    """In which workspace an event came about, and when, in seconds since 1970."""
    at = body.get("event_time")
    return str(body.get("team_id") or ""), at if isinstance(at, int) else 0


def _by_a_person(event: Payload) -> bool:
    """Whether someone wrote this just now: no bot, no edit, no notice of Slack's own."""
    unwanted = ("bot_id", "edited", "app_id", "hidden")
    spoken = (event.get("subtype") or "") in SPOKEN
    return spoken and bool(event.get("user")) and not any(event.get(name) for name in unwanted)
