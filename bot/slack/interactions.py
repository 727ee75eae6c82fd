"""Buttons, menus and the question box."""

from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.background import Background
from bot.coach.answer import Answer
from bot.coach.match import MatchKind
from bot.coach.question import read_ask
from bot.conversation import Conversation
from bot.errors import DeliveryError
from bot.slack import actions, places
from bot.slack.delivery import Delivery, Message
from bot.slack.home import Home
from bot.slack.payload import Payload
from bot.slack.people import People
from bot.slack.places import Origin
from bot.slack.rendering import Surface, notice, render_message, shared
from bot.slack.views import read_question, refuse, render_modal
from bot.tips.card import TOOL
from bot.tips.who import Who, needs_profile

SORRY = "That did not work"
"""The heading over an apology in a window."""


class Interactions:
    """What people press and submit, over one conversation and one delivery."""

    def __init__(
        self,
        conversation: Conversation,
        delivery: Delivery,
        background: Background,
        people: People | None,
        home: Home,
    ) -> None:
        self._conversation = conversation
        self._delivery = delivery
        self._background = background
        self._people = people
        self._home = home

    async def on_action(self, ack: AsyncAck, body: Payload, action: Payload) -> None:
        """Acknowledge a click, and answer where it was made."""
        await ack()
        origin = places.of_click(body)
        name = str(action.get("action_id") or "")
        do = self._share if name == actions.SHARE else self._answer
        if name.startswith(actions.DAILY):
            do = self._change_daily
        self._background.start(do(origin, action), "answering a click", partial(self._apologise, origin))

    async def on_submission(self, ack: AsyncAck, body: Payload, view: Payload) -> None:
        """Answer a question typed into a modal, in the same modal."""
        block_id, text = read_question(view)
        if not text.strip():
            await ack(refuse(block_id, self._conversation.coach.handbook.replies.empty))
            return
        origin = places.of_click(body)
        who = await self._who(origin, with_profile=needs_profile(text))
        answer = await self._conversation.ask(text, origin.place, who=who)
        await ack(response_action="update", view=render_modal(self.hand_over(answer, origin.user)))

    def hand_over(self, answer: Answer, user: str) -> Answer:
        """Send the file that goes along with an answer, to this person alone; gives the answer without it."""
        document = answer.document
        if document is None:
            return answer
        sent = self._delivery.share_file(user, document.name, document.text.encode(), answer.headline)
        self._background.start(sent, "handing over a file")
        return replace(answer, document=None)

    async def _answer(self, origin: Origin, action: Payload) -> None:
        text = _value(action)
        if action.get("type") == "plain_text_input":
            who = await self._who(origin, with_profile=needs_profile(text))
            answer = await self._conversation.ask(text, origin.place, who=who)
        else:
            ask = read_ask(text)
            who = await self._who(origin, with_profile=ask.tool == TOOL)
            answer = await self._conversation.press(ask, origin.place, origin.user, who=who)
        answer = self.hand_over(answer, origin.user)
        if origin.view_id:
            await self._show(origin, answer)
        else:
            await self._say(origin, answer)

    async def _change_daily(self, origin: Origin, action: Payload) -> None:
        await self._home.publish(origin.team, origin.user, action)

    async def _who(self, origin: Origin, *, with_profile: bool) -> Who | None:
        if self._people is None:
            return None
        return await self._people.find(origin.team, origin.user, origin.channel, with_profile=with_profile)

    async def _show(self, origin: Origin, answer: Answer) -> None:
        if origin.in_modal:
            await self._delivery.update_modal(origin.view_id, render_modal(answer))
        else:
            await self._delivery.open_modal(origin.trigger, render_modal(answer))

    async def _share(self, origin: Origin, action: Payload) -> None:
        asked = read_ask(_value(action))
        answer = self._conversation.coach.press(asked)
        if answer.shared_as != asked:
            # The content has changed since: show what there is now to them alone, to share or not.
            await self._whisper(origin, render_message(answer, Surface.EPHEMERAL))
            return
        message = {**shared(answer, origin.user), "response_type": "in_channel", "replace_original": False}
        await self._delivery.respond(origin.response_url, message)

    async def _say(self, origin: Origin, answer: Answer) -> None:
        if origin.ephemeral or (answer.is_personal and not places.is_direct(origin.channel)):
            await self._whisper(origin, render_message(answer, Surface.EPHEMERAL))
            return
        try:
            await self._delivery.post(origin.channel, render_message(answer, Surface.MESSAGE), origin.thread)
        except DeliveryError as error:
            # A shared answer can stand in a channel that we are no member of: whisper instead.
            if error.outcome_unknown:
                raise
            await self._whisper(origin, render_message(answer, Surface.EPHEMERAL))

    async def _whisper(self, origin: Origin, message: Message) -> None:
        whispered = {**message, "response_type": "ephemeral", "replace_original": False}
        await self._delivery.respond(origin.response_url, whispered)

    async def _apologise(self, origin: Origin, reference: str) -> None:
        words = self._conversation.apology(reference)
        if origin.view_id:
            await self._show(origin, Answer(MatchKind.DECLINE, SORRY, words))
        elif origin.response_url:
            await self._whisper(origin, notice(words))


def _value(action: Payload) -> str:
    """What a button, a menu or a box holds."""
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else action.get("value")
    return value if isinstance(value, str) else ""
