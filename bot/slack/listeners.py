"""What people say to us in Slack, and what we do about it.

Few listeners, because Bolt tries them one after the other. A command is answered within its own
acknowledgement; whatever needs a call to Slack goes on in the background.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.conversation import Conversation
from bot.slack import actions, places
from bot.slack.background import Apology, Background
from bot.slack.delivery import Delivery, Message
from bot.slack.incoming import plain
from bot.slack.interactions import Interactions
from bot.slack.payload import Payload
from bot.slack.rendering import Surface, notice, render_acknowledgement, render_message
from bot.slack.views import render_home

Say = Callable[[Message], Awaitable[None]]

JSON_HEADERS: dict[str, str | Sequence[str]] = {"content-type": "application/json"}

SPOKEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
"""Subtypes of messages that people write themselves; the others are edits and Slack's own notices.
https://docs.slack.dev/reference/events/message (from memory)
"""

PROMPTS_TITLE = "Ask me about leading and managing"


class Listeners:
    """The listeners, over one conversation and one delivery."""

    def __init__(self, conversation: Conversation, delivery: Delivery, background: Background) -> None:
        self._conversation = conversation
        self._delivery = delivery
        self._background = background
        self._interactions = Interactions(conversation, delivery, background)

    def register(self, app: AsyncApp) -> None:
        """Hand every listener to Bolt; the last one takes the events that no other does."""
        app.command(re.compile(r"/.*"))(self.on_command)
        app.action(re.compile(rf"{actions.PREFIX}:.*"))(self._interactions.on_action)
        app.view(actions.ANSWER_VIEW)(self._interactions.on_submission)
        app.event("app_mention")(self.on_mention)
        app.event("message")(self.on_message)
        app.event("app_home_opened")(self.on_home_opened)
        app.event(re.compile(r".*"))(self.on_other_event)

    async def on_command(self, command: Payload) -> BoltResponse:
        """Answer `/lvm …`, for the asker alone."""
        text = plain(command.get("text") or "")
        answer = await self._conversation.command(text, places.of_command(command))
        surface = Surface.MESSAGE if _is_direct(command.get("channel_id")) else Surface.EPHEMERAL
        return BoltResponse(status=200, body=render_acknowledgement(answer, surface), headers=JSON_HEADERS)

    async def on_mention(self, event: Payload, body: Payload) -> None:
        """Answer a mention, in its thread; in a direct message the message event is answered instead."""
        if _by_a_person(event) and not _is_direct(event.get("channel")):
            self._reply_soon(event, body)

    async def on_message(self, event: Payload, body: Payload) -> None:
        """Answer a direct message, where it stands."""
        if _by_a_person(event) and event.get("channel_type") == "im":
            self._reply_soon(event, body)

    async def on_home_opened(self, event: Payload) -> None:
        """Show the Home tab, or suggest prompts in the Messages tab."""
        if event.get("tab") == "messages":
            work = self._suggest(event["channel"])
        else:
            work = self._publish_home(event["user"])
        self._background.start(work, "opening the app")

    async def on_other_event(self) -> None:
        """Take what we have nothing to say to; Slack counts an unanswered event as a failure."""

    def _reply_soon(self, event: Payload, body: Payload) -> None:
        channel = event["channel"]
        thread = places.thread_of(channel, event.get("thread_ts"), event["ts"])
        place = places.of_thread(body.get("team_id") or "", channel, thread)
        person = event["user"]
        say = partial(self._delivery.post, channel, thread=thread)
        self._background.start(
            self._reply(plain(event.get("text") or ""), place, person, say),
            "answering a message",
            self._apology(say),
        )

    async def _reply(self, text: str, place: str, person: str, say: Say) -> None:
        answer = self._conversation.coach.welcome()
        if text:
            answer = await self._conversation.ask(text, place, person)
        await say(render_message(answer, Surface.MESSAGE))

    def _apology(self, say: Say) -> Apology:
        async def apologise(reference: str) -> None:
            await say(self.sorry(reference))

        return apologise

    def sorry(self, reference: str) -> Message:
        """What people read when something breaks: nothing but the reference."""
        return notice(self._conversation.apology(reference))

    async def _publish_home(self, user: str) -> None:
        coach = self._conversation.coach
        privacy = coach.handbook.tools["privacy"].text
        await self._delivery.publish_home(user, render_home(coach.welcome(), coach.browse(), privacy))

    async def _suggest(self, channel: str) -> None:
        handbook = self._conversation.coach.handbook
        asked = [handbook.topics[topic] for topic in self._conversation.coach.suggestions]
        prompts = [{"title": topic.title, "message": topic.phrasings[0]} for topic in asked]
        tip = handbook.tools["tip"]
        prompts.append({"title": tip.headline, "message": tip.phrasings[0]})
        await self._delivery.suggest(channel, PROMPTS_TITLE, prompts)


def _by_a_person(event: Payload) -> bool:
    """Whether someone wrote this just now: no bot, no edit, no notice of Slack's own."""
    unwanted = ("bot_id", "edited", "app_id", "hidden")
    spoken = (event.get("subtype") or "") in SPOKEN
    return spoken and bool(event.get("user")) and not any(event.get(name) for name in unwanted)


def _is_direct(channel: object) -> bool:
    return str(channel or "").startswith(places.DIRECT_MESSAGE)
