"""Question in, answer out: the one place that joins the coach and what is remembered of a thread."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Protocol
from zlib import crc32

from bot import content
from bot.coach.answer import Answer
from bot.coach.coach import Coach
from bot.coach.commands import TIPS_OFF, Command, Verb, parse_command
from bot.coach.handbook import Handbook
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Question
from bot.store import prepared
from bot.store.threads import MemoryThreads, Thread
from bot.tips.hearing import Heard, hear
from bot.tips.who import Who


class Threads(Protocol):
    """Where the topic of a thread is kept."""

    async def find(self, place: str) -> Thread | None:
        """What is remembered of a place, or None."""

    async def remember(self, place: str, thread: Thread) -> None:
        """Keep this of a place, instead of what was there."""


class Daily(Protocol):
    """Everyone's daily tip and everyone's data, where there are a platform and a database for them."""

    async def command(self, words: str, who: Who) -> Answer:
        """Follow the words behind `/lvm daily`."""

    async def said(self, heard: Heard, who: Who, *, typed: bool = False) -> Answer | None:
        """Follow what was said of the tips, perhaps behind the slash; None where it is not about them."""

    async def ask_to_stop(self, who: Who) -> Answer:
        """Offer what there is to who wants fewer tips."""

    async def press(self, item: str, who: Who) -> Answer:
        """Do what a button carries."""

    async def privacy(self, who: Who) -> Answer:
        """Say what is stored about somebody."""

    async def give(self, who: Who) -> Answer:
        """Give it to them."""

    async def forget(self, who: Who, *, sure: bool = True) -> Answer:
        """Erase it, or ask first."""


class Conversation:
    """Answers in a place: a thread, a direct message, or one person's commands in a channel.

    A place is any string; the platforms build theirs so that two never share one. Where several people
    share one, `person` tells them apart, so that nobody's role colours another's answers.
    Of what people write, only the topic, its aspect and the role they named are remembered. What concerns
    their own tips and data goes to `daily`, where it is known who they are.
    """

    def __init__(self, coach: Coach, threads: Threads, daily: Daily | None = None) -> None:
        self.coach = coach
        """May be swapped for one with newer content at any time."""
        self._threads = threads
        self._daily = daily

    async def ask(self, text: str, place: str, person: str = "", who: Who | None = None) -> Answer:
        """Answer what someone wrote: a question in their own words, or a command without its slash."""
        command = parse_command(text)
        if own := await self._heard(text, who) or await self._own_data(command, who):
            return own
        thread = await self._recall(place, person)
        answer = self.coach.spoken(command) or await self._question(text, place, thread, who)
        return await self._remember(place, person, thread, answer)

    async def command(self, text: str, place: str, who: Who | None = None) -> Answer:
        """Answer the words after `/lvm`."""
        command = parse_command(text)
        if command.verb is Verb.TIP:
            return await self.press(Ask(tool="tip"), place)
        if own := await self._command_own(command, who):
            return own
        if command.verb is Verb.QUESTION and (own := await self._heard(command.question, who, typed=True)):
            return own
        thread = await self._recall(place)
        answer = self.coach.command(command) or await self._question(command.question, place, thread, who)
        return await self._remember(place, "", thread, answer)

    async def press(self, ask: Ask, place: str, person: str = "", who: Who | None = None) -> Answer:
        """Answer a button."""
        thread = await self._recall(place, person)
        answer = await self._press_own(ask, who) or self.coach.press(ask, tip=_next_tip(place, thread))
        return await self._remember(place, person, thread, answer)

    def apology(self, reference: str) -> str:
        """What people read when something breaks: nothing but the incident's reference."""
        return self.coach.handbook.replies.failed.replace("{reference}", reference)

    async def _heard(self, text: str, who: Who | None, *, typed: bool = False) -> Answer | None:
        """Follow a wish about the tips; None where it is none, or where somebody may be in trouble."""
        heard = hear(text)
        if heard is None or self._may_be_trouble(text, heard):
            return None
        if self._daily is None or who is None:
            return self.coach.without_tips(is_bare=heard.is_bare, stops=heard.stops)
        said = await self._daily.said(heard, who, typed=typed)
        return replace(said, is_personal=True) if said else None

    def _may_be_trouble(self, text: str, heard: Heard) -> bool:
        """Whether somebody may be in trouble; what is clearly about tips must hold a sign of it."""
        match = self.coach.match(Question(text))
        return match.kind is MatchKind.REFER and not (heard.is_clear and match.score < 1)

    async def _own_data(self, command: Command, who: Who | None) -> Answer | None:
        """Answer who asks for their data without the slash; what is erased is asked about first."""
        if command.verb is Verb.FORGET:
            command = replace(command, rest="")
        return await self._command_own(command, who) if command.verb in {Verb.EXPORT, Verb.FORGET} else None

    async def _command_own(self, command: Command, who: Who | None) -> Answer | None:
        """Answer a command about one's own tips and data; None where it is about anything else."""
        if self._daily is None or who is None:
            return None
        match command.verb:
            case Verb.DAILY:
                own = self._daily.command(command.rest, who)
            case Verb.PRIVACY:
                own = self._daily.privacy(who)
            case Verb.EXPORT:
                own = self._daily.give(who)
            case Verb.FORGET:
                own = self._daily.forget(who, sure=bool(command.rest))
            case _:
                return None
        return replace(await own, is_personal=True)

    async def _press_own(self, ask: Ask, who: Who | None) -> Answer | None:
        if ask.tool == Verb.PRIVACY:
            return await self._command_own(Command(Verb.PRIVACY), who)
        if ask.tool == TIPS_OFF and self._daily and who:
            return replace(await self._daily.ask_to_stop(who), is_personal=True)
        if ask.tool != Verb.DAILY:
            return None
        if self._daily is None or who is None:
            return self.coach.command(Command(Verb.DAILY))
        return replace(await self._daily.press(ask.item or "", who), is_personal=True)

    async def _question(self, text: str, place: str, thread: Thread, who: Who | None) -> Answer:
        match = self.coach.match(Question(text, thread.role, thread.topic, thread.aspect))
        own = await self._press_own(Ask(tool=match.tool), who) if match.tool else None
        return own or self.coach.answer(match, tip=_next_tip(place, thread))

    async def _recall(self, place: str, person: str = "") -> Thread:
        """Where a conversation stands, as this person sees it; a topic that is gone is forgotten."""
        thread = await self._threads.find(place) or Thread()
        if thread.topic not in self.coach.handbook.topics:
            thread = replace(thread, topic=None, aspect=Aspect.FULL)
        if person:
            own = await self._threads.find(_seat(place, person))
            thread = replace(thread, role=own.role if own else None)
        return thread

    async def _remember(self, place: str, person: str, thread: Thread, answer: Answer) -> Answer:
        role = answer.role or thread.role
        shared = None if person else role
        if answer.topic is not None:
            tips = thread.tips + (answer.kind is MatchKind.TOOL)
            await self._threads.remember(place, Thread(answer.topic, answer.aspect, shared, tips))
        elif role is not thread.role and not person:
            await self._threads.remember(place, replace(thread, role=role))
        if person and role is not thread.role:
            await self._threads.remember(_seat(place, person), Thread(role=role))
        return answer


def _seat(place: str, person: str) -> str:
    """One person's own place within a shared one."""
    return f"{place} {person}"


def _next_tip(place: str, thread: Thread) -> int:
    """Each place begins elsewhere in the list, and meets every tip once before any comes again."""
    return crc32(place.encode()) + thread.tips


def content_folders(responses: Path | None) -> list[Path]:
    """The shipped content, and the owner's folder over it."""
    return [content.shipped_folder(), *([responses] if responses else [])]


def read_handbook(responses: Path | None) -> Handbook:
    """Read the shipped content, with the owner's folder over it.

    Raises:
        ContentError: The content has faults.
    """
    return content.load(content_folders(responses))


def build_coach(responses: Path | None, cache: Path | None = None) -> Coach:
    """Read the content and fit the matcher, or find both in the cache as they were made before.

    Raises:
        ContentError: The content has faults.
    """
    digest = content.fingerprint(content_folders(responses)) if cache else None
    found = prepared.find(cache, digest) if cache and digest else None
    if found is not None:
        return Coach(*found)
    coach = Coach(read_handbook(responses))
    if cache:
        prepared.keep(cache, coach.handbook, coach.matcher)
    return coach


def build_conversation(responses: Path | None, cache: Path | None = None) -> Conversation:
    """A conversation that remembers its threads for as long as this process lives.

    Raises:
        ContentError: The content has faults.
    """
    return Conversation(build_coach(responses, cache), MemoryThreads(time.monotonic))
