"""What people say about their tips and about what is stored of them → what is kept, and what they read."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.coach.answer import Answer, Step
from bot.coach.commands import Verb
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook
from bot.coach.question import Ask
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import Subscription
from bot.tips import own_data
from bot.tips.card import TOOL
from bot.tips.granting import grant
from bot.tips.keeping import KeepError, Keeping
from bot.tips.own_data import OwnData, Rows
from bot.tips.reacting import Reacting
from bot.tips.standing import stand
from bot.tips.telling import WISH, Telling, wish_step
from bot.tips.who import Who
from bot.tips.wish import Misread, Wish
from bot.tips.wishes import find_wish, parse_wish

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
        return await self._follow(parse_wish(words), who)

    async def said(self, text: str, who: Who) -> Answer | None:
        """Follow a wish in plain words, or a command without its slash; None where the text is neither."""
        wish = find_wish(text) or _find_command(text)
        return None if wish is None else await self._follow(wish, who)

    async def press(self, item: str, who: Who) -> Answer:
        """Do what a button carries; one that is forged, old or another's changes nothing."""
        act, _, words = item.partition(_MARK)
        if act == WISH:
            return await self.command(words, who)
        own = self._own(who)
        data = {own_data.FORGET: own.ask, own_data.SURE: own.forget}
        do = data.get(item) or partial(Reacting(self.database, who, self._handbook()).press, item)
        return await self._tried(do(), Step(AGAIN, Ask(tool=TOOL, item=item)))

    async def privacy(self, who: Who) -> Answer:
        """Say what is stored about somebody."""
        return await self._tried(self._own(who).tell(), Step(AGAIN, Ask(tool="privacy")))

    async def export(self, who: Who) -> Rows:
        """Everything that is stored about somebody, by table, in nothing but texts, numbers and truths.

        Raises:
            StoreError: It cannot be read.
        """
        return await self._own(who).read()

    async def give(self, who: Who) -> Answer:
        """The same as an answer with a file."""
        return await self._tried(self._own(who).give())

    async def forget(self, who: Who) -> Answer:
        """Erase somebody from every table, at once."""
        return await self._tried(self._own(who).forget(), Step(AGAIN, Ask(tool=TOOL, item=own_data.FORGET)))

    async def erase(self, who: Who) -> None:
        """Erase somebody who has left, and reads no answer.

        Raises:
            StoreError: Nothing was erased, or perhaps all.
        """
        try:
            await self._own(who).forget()
        except KeepError as error:
            raise StoreError("Somebody who left is not erased yet.", outcome_unknown=error.unsure) from error

    async def find(self, who: Who) -> Subscription | None:
        """Somebody's own subscription; None where they have none, or it has ended.

        Raises:
            StoreError: It cannot be read.
        """
        return (await stand(self.database, who, here=False)).live

    async def _follow(self, wish: Wish | Misread, who: Who) -> Answer:
        telling = Telling(self._handbook().daily)
        if isinstance(wish, Misread):
            return telling.ask_back(wish)
        if wish.here and who.channel is None:
            return telling.say(DailyText.NO_CHANNEL)
        look = partial(stand, self.database, who, here=wish.here)
        keeping = Keeping(self.database, who, telling)
        return await self._tried(keeping.follow(look, partial(grant, wish, who)), wish_step(AGAIN, wish))

    async def _tried(self, work: Awaitable[Answer], *again: Step) -> Answer:
        """Say so where the database did not do its part."""
        telling = Telling(self._handbook().daily)
        try:
            return await work
        except KeepError as error:
            log.warning("a change was not kept: %s", error)
            return telling.say(DailyText.NOT_SURE if error.unsure else DailyText.NOT_STORED, steps=again)
        except StoreError as error:
            log.warning("how things stand cannot be read: %s", error)
            return telling.say(DailyText.NOT_READ, steps=again)

    def _own(self, who: Who) -> OwnData:
        return OwnData(self.database, self._threads, who, self._handbook())


def _find_command(text: str) -> Wish | None:
    """What is said as behind the slash, as far as all of it is understood: else it may be a question."""
    first, _, words = text.strip().partition(" ")
    wish = parse_wish(words) if first.casefold() == Verb.DAILY else None
    return wish if isinstance(wish, Wish) else None
