"""What people say about their tips and about what is stored of them → what is kept, and what they read."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.coach.answer import Answer, Step
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook
from bot.coach.languages import Languages
from bot.coach.question import Ask
from bot.coach.wording import words as words_of
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import Key, Subscription, TargetKind
from bot.tips import own_data
from bot.tips.card import TOOL, write_item
from bot.tips.granting import grant
from bot.tips.hearing import Heard
from bot.tips.in_words import Rows, in_words
from bot.tips.keeping import KeepError, Keeping
from bot.tips.own_data import OwnData
from bot.tips.reacting import Reacting
from bot.tips.standing import Standing, stand
from bot.tips.taking import Take, reply_to, take
from bot.tips.telling import SAID, WISH, Telling, wish_step
from bot.tips.who import Who
from bot.tips.wish import Act, Misread, Wish
from bot.tips.wishes import find_language, parse_wish, tired

log = logging.getLogger("bot.tips")

AGAIN = "Try again"
_MARK = ":"


class Daily:
    """Everyone's daily tip, and everyone's data.

    What cannot be stored is said in its answer; only `export` and `find` raise.

    Args:
        database: Where all of it is.
        handbook: Gives the content as it is now.
        threads: Where conversations are remembered, which belong to people too.
    """

    def __init__(
        self, database: Database, handbook: Callable[[], Handbook], *, threads: DatabaseThreads
    ) -> None:
        self.database = database
        """Where all of it is."""
        self._handbook = handbook
        self._threads = threads

    async def command(self, words: str, who: Who) -> Answer:
        """Follow the words behind `/lvm daily`."""
        wish = parse_wish(words)
        answer = await self._follow(wish, who)
        return self._in_their_language(answer, words) if isinstance(wish, Misread) else answer

    async def said(self, heard: Heard, who: Who, *, typed: bool = False) -> Answer | None:
        """Follow what was said of the tips without naming the command; None where it is not about them.

        Args:
            heard: What was said.
            who: Who said it.
            typed: Whether behind the slash, where nobody else reads the answer.
        """
        shared = who.channel is not None and not typed
        if isinstance(heard.wish, Wish) and heard.wish.here:
            return await self._follow(heard.wish, who)
        try:
            standing = await stand(self.database, who, here=shared)
        except StoreError as error:
            log.warning("how things stand cannot be read: %s", error)
            return self._telling.say(DailyText.NOT_READ)
        match take(heard, standing, typed=typed):
            case Take.LEAVE:
                return None
            case Take.WHICH:
                return self._telling.ask_which(heard.wish)
            case Take.NOTHING:
                return self._telling.nothing(standing.kind)
        return await self._take(heard, who, standing, shared=shared)

    async def ask_to_stop(self, who: Who) -> Answer:
        """Offer what there is to somebody who seems to want fewer tips, or none."""
        return await self.said(Heard(tired("")), who) or self._telling.nothing(TargetKind.PERSON)

    async def press(self, item: str, who: Who) -> Answer:
        """Do what a button carries; one that is forged, old or another's changes nothing."""
        act, _, words = item.partition(_MARK)
        if act == WISH:
            return await self.command(words, who)
        if act == SAID and (said := await self.said(Heard(parse_wish(words)), who)):
            return said
        own = self._own(who)
        data = {own_data.FORGET: own.ask, own_data.SURE: own.forget}
        do = data.get(item) or partial(Reacting(self.database, who, self._handbook()).press, item)
        return await self._tried(do(), Step(AGAIN, Ask(tool=TOOL, item=item)))

    async def privacy(self, who: Who) -> Answer:
        """Say what is kept of anybody, and what is stored about somebody."""
        own = self._own(who)
        try:
            return await own.tell()
        except StoreError as error:
            log.warning("what is stored cannot be read: %s", error)
            return own.tell_uncounted(Step(AGAIN, Ask(tool="privacy")))

    async def export(self, who: Who) -> Rows:
        """Everything that is stored about somebody, by table, in words where there are any.

        Raises:
            StoreError: It cannot be read.
        """
        return in_words(await self._own(who).read())

    async def give(self, who: Who) -> Answer:
        """The same as an answer with a file."""
        own = self._own(who)
        return own.headed(await self._tried(own.give()))

    async def forget(self, who: Who, *, sure: bool = True) -> Answer:
        """Erase somebody from every table, at once; ask first whoever may not be sure."""
        own = self._own(who)
        work = own.forget() if sure else own.ask()
        return own.headed(await self._tried(work, Step(AGAIN, Ask(tool=TOOL, item=own_data.FORGET))))

    async def erase(self, who: Who) -> None:
        """Erase somebody who has left, and reads no answer.

        Raises:
            StoreError: Nothing was erased, or perhaps all.
        """
        try:
            await self._own(who).forget()
        except KeepError as error:
            raise StoreError("Somebody who left is not erased yet.", outcome_unknown=error.unsure) from error

    async def end(self, who: Who) -> None:
        """End the own tips of somebody who may get none any more, and reads no answer.

        Raises:
            StoreError: They have not ended, or perhaps they have.
        """
        look = partial(stand, self.database, who, here=False)
        try:
            await Keeping(self.database, who, self._telling).follow(look, partial(grant, Wish(Act.OFF), who))
        except KeepError as error:
            raise StoreError("Somebody's tips have not ended yet.", outcome_unknown=error.unsure) from error

    async def find(self, who: Who) -> Subscription | None:
        """Somebody's own subscription; None where they have none, or it has ended.

        Raises:
            StoreError: It cannot be read.
        """
        return (await stand(self.database, who, here=False)).live

    async def _take(self, heard: Heard, who: Who, standing: Standing, *, shared: bool) -> Answer:
        live = standing.live
        if heard.press and live and standing.last:
            return await self.press(write_item(heard.press, Key(live.id, standing.last.due_on)), who)
        wish = heard.wish
        if heard.reply and live:
            reply = reply_to(heard.reply, live)
            if isinstance(reply, DailyText):
                return self._telling.reply(standing, reply)
            wish = reply
        answer = await self._follow(wish, who, discreet=shared)
        return self._telling.open(answer) if heard.is_bare and heard.act is Act.OFF else answer

    async def _follow(self, wish: Wish | Misread, who: Who, *, discreet: bool = False) -> Answer:
        telling = Telling(self._handbook().daily, discreet)
        if isinstance(wish, Misread):
            return telling.ask_back(wish)
        if wish.here and who.channel is None:
            return telling.say(DailyText.NO_CHANNEL)
        look = partial(stand, self.database, who, here=wish.here)
        again = wish_step(AGAIN, wish)
        keeping = Keeping(self.database, who, telling, again)
        return await self._tried(keeping.follow(look, partial(grant, wish, who)), again)

    async def _tried(self, work: Awaitable[Answer], *again: Step) -> Answer:
        """Say so where the database did not do its part."""
        telling = self._telling
        try:
            return await work
        except KeepError as error:
            log.warning("a change was not kept: %s", error)
            return telling.say(DailyText.NOT_SURE if error.unsure else DailyText.NOT_STORED, steps=again)
        except StoreError as error:
            log.warning("how things stand cannot be read: %s", error)
            return telling.say(DailyText.NOT_READ, steps=again)

    def _in_their_language(self, answer: Answer, said: str) -> Answer:
        """Say first which language we speak, to whoever speaks another."""
        spoken = self._handbook().spoken
        name = Languages(spoken).find_language(words_of(said)) or find_language(said)
        says = spoken.get(name).says if name else ""
        return replace(answer, lead=f"{says}\n\n{answer.lead}") if says else answer

    @property
    def _telling(self) -> Telling:
        return Telling(self._handbook().daily)

    def _own(self, who: Who) -> OwnData:
        return OwnData(self.database, self._threads, who, self._handbook())
