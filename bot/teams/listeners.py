"""What people do in Teams, and what we do about it."""

import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.background import Background
from bot.coach.answer import Answer
from bot.coach.commands import Verb
from bot.coach.question import Aspect
from bot.conversation import Conversation
from bot.store import feedback
from bot.store.expiring import Expiring
from bot.teams import places
from bot.teams.activity import Activity, Scope, Sort
from bot.teams.connector import Connector
from bot.teams.elements import is_press, read_press, was_alone
from bot.teams.installation import Installation
from bot.teams.people import People
from bot.teams.rendering import (
    CHOOSE_FIRST,
    Message,
    beside_it,
    in_its_place,
    notice,
    render_card,
    render_document,
    render_message,
)
from bot.tips.card import TOOL
from bot.tips.daily import Daily
from bot.tips.who import Who, needs_profile

JUDGED_SECONDS = 86_400.0
JUDGED = 50_000
"""Answers whose topic is known when somebody judges them: a day's, about 10 MiB."""
_SLASH = re.compile(r"\A/?lvm\b[\s,:]*|\A/", re.IGNORECASE)
_TITLES = frozenset(verb.value for verb in Verb if verb.value.isalpha())
"""What stands in a chat's menu of commands: it is sent as it is, without a slash and often with no more."""
_VERDICTS = {"like": "helpful", "dislike": "not-helpful"}
"""What Teams says of a judgement, and what we count (from memory).
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bot-messages-ai-generated-content
"""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What there is beside the conversation where there is a database."""

    installation: Installation
    daily: Daily


class Listeners:
    """The listeners, over one conversation and one connector; without `keeping` nothing is kept."""

    def __init__(
        self,
        conversation: Conversation,
        connector: Connector,
        background: Background,
        keeping: Keeping | None,
    ) -> None:
        self._conversation = conversation
        self._connector = connector
        self._background = background
        self._keeping = keeping
        self._people = People(connector, time.monotonic)
        self._shown: Expiring[tuple[str, Aspect]] = Expiring(
            lifetime_seconds=JUDGED_SECONDS, limit=JUDGED, clock=time.monotonic
        )
        self._listeners: Mapping[Sort, Callable[[Activity], Awaitable[None]]] = {
            Sort.MESSAGE: self._on_message,
            Sort.FEEDBACK: self._on_feedback,
            Sort.ADDED: self._on_added,
            Sort.RENEWED: self._on_renewed,
            Sort.REMOVED: self._on_removed,
            Sort.CHANNEL_GONE: self._on_channel_gone,
            Sort.TEAM_GONE: self._on_team_gone,
        }

    async def on_activity(self, activity: Activity) -> None:
        """Do what follows from an activity; an answer to a message follows in the background.

        Raises:
            StoreError: Nothing was changed: Teams is to tell us again.
        """
        listener = self._listeners.get(activity.sort)
        if listener is not None:
            await listener(activity)

    async def on_press(self, activity: Activity) -> Message:
        """What a button is answered with: mostly the card that takes its card's place for who pressed it."""
        activity = _as_asked(activity)
        answer = await self._press(activity)
        if answer is None:
            return beside_it(CHOOSE_FIRST)
        return in_its_place(render_card(answer, alone=_is_alone(activity, answer)))

    def sorry(self, reference: str) -> Message:
        """What people see when something breaks: nothing but the reference, and the card stays."""
        return beside_it(self._conversation.apology(reference))

    async def _press(self, activity: Activity) -> Answer | None:
        """The answer to a button; None where it was a menu's, and nothing was chosen."""
        ask = read_press(activity.value)
        if ask is None:
            return None
        who = await self._who(activity, about_tips=ask.tool == TOOL)
        answer = await self._conversation.press(ask, places.of(activity), activity.person, who=who)
        return self._hand_over(answer, activity)

    async def _on_message(self, activity: Activity) -> None:
        is_button = is_press(activity.value)
        work = self._press_in_words(_as_asked(activity)) if is_button else self._reply(activity)
        self._background.start(work, "answering a message in Teams", partial(self._apologise, activity))

    async def _reply(self, activity: Activity) -> None:
        answer = self._conversation.coach.welcome()
        if activity.text:
            answer = await self._answer(activity)
        await self._say(activity, self._hand_over(answer, activity))

    async def _answer(self, activity: Activity) -> Answer:
        words, place = _SLASH.sub("", activity.text), places.of(activity)
        who = await self._who(activity, about_tips=needs_profile(words))
        if activity.is_private or words != activity.text or words.casefold() in _TITLES:
            return await self._conversation.command(words, place, who=who)
        return await self._conversation.ask(words, place, activity.person, who=who)

    async def _press_in_words(self, activity: Activity) -> None:
        """Answer a button of a client that cannot show the answer in the card's place."""
        answer = await self._press(activity)
        if answer is None:
            await self._send(activity, notice(CHOOSE_FIRST), alone=activity.place.scope is not Scope.PERSONAL)
        else:
            await self._say(activity, answer)

    async def _say(self, activity: Activity, answer: Answer) -> None:
        alone = _is_alone(activity, answer)
        name = await self._send(activity, render_message(answer, alone=alone), alone=alone)
        if answer.topic is not None:
            self._shown.put(_message(activity, name), (answer.topic, answer.aspect))

    async def _send(self, activity: Activity, message: Message, *, alone: bool) -> str:
        to = activity.account if alone else ""
        return await self._connector.reply(activity.place, message, to=to)

    async def _apologise(self, activity: Activity, reference: str) -> None:
        await self._send(activity, notice(self._conversation.apology(reference)), alone=_is_alone(activity))

    def _hand_over(self, answer: Answer, activity: Activity) -> Answer:
        """Send the file that goes along with an answer, to this person alone; gives the answer without it."""
        document = answer.document
        if document is None:
            return answer
        alone = "" if activity.place.scope is Scope.PERSONAL else activity.account

        async def send() -> None:
            for message in render_document(document):
                await self._connector.reply(activity.place, message, to=alone)

        self._background.start(send(), "handing over a file in Teams")
        return replace(answer, document=None)

    async def _who(self, activity: Activity, *, about_tips: bool) -> Who | None:
        if self._keeping is None:
            return None
        has_chat = not about_tips or await self._keeping.installation.keep_way(activity)
        return replace(await self._people.find(activity, with_profile=about_tips), has_chat=has_chat)

    async def _on_feedback(self, activity: Activity) -> None:
        """Count a judgement; what may stand beside it in words is not even read."""
        shown = self._shown.find(_message(activity, activity.reply_to))
        verdict = _VERDICTS.get(_reaction(activity))
        if self._keeping is not None and shown is not None and verdict is not None:
            await feedback.count(self._keeping.daily.database, *shown, verdict)

    async def _on_added(self, activity: Activity) -> None:
        await self._on_renewed(activity)
        welcome = render_message(self._conversation.coach.welcome())
        self._background.start(self._greet(activity, welcome), "saying welcome in Teams")

    async def _greet(self, activity: Activity, welcome: Mapping[str, Any]) -> None:
        await self._connector.reply(activity.place, welcome)

    async def _on_renewed(self, activity: Activity) -> None:
        if self._keeping is not None:
            await self._keeping.installation.begin(activity)

    async def _on_removed(self, activity: Activity) -> None:
        if self._keeping is None:
            return
        where = activity.place
        if where.scope is Scope.PERSONAL:
            await self._keeping.daily.erase(await self._people.find(activity, with_profile=False))
        elif where.team:
            await self._keeping.installation.forget_team(where)
        else:
            await self._keeping.installation.forget_channel(where)

    async def _on_channel_gone(self, activity: Activity) -> None:
        if self._keeping is not None:
            await self._keeping.installation.forget_channel(activity.place)

    async def _on_team_gone(self, activity: Activity) -> None:
        if self._keeping is not None:
            await self._keeping.installation.forget_team(activity.place)


def _as_asked(activity: Activity) -> Activity:
    """A press on what one person sees alone is theirs alone, too: Teams does not say that it is."""
    return replace(activity, is_private=activity.is_private or was_alone(activity.value))


def _is_alone(activity: Activity, answer: Answer | None = None) -> bool:
    """Whether an answer is to be kept from others who read there."""
    is_theirs = activity.is_private or (answer is not None and answer.is_personal)
    return is_theirs and activity.place.scope is not Scope.PERSONAL


def _message(activity: Activity, name: str) -> str:
    return f"{activity.place.conversation} {name}"


def _reaction(activity: Activity) -> str:
    given = activity.value.get("actionValue")
    said = given.get("reaction") if isinstance(given, Mapping) else None
    return said if isinstance(said, str) else ""
