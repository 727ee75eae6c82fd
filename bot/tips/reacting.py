"""The buttons of a tip: what is kept of them, and what is said."""

from dataclasses import dataclass, replace
from functools import partial

from bot.coach import composing
from bot.coach.answer import Answer
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook
from bot.coach.match import MatchKind
from bot.coach.question import Aspect
from bot.store import deliveries, history
from bot.store.database import Database
from bot.store.records import Key, TargetKind
from bot.tips.card import Act, cheer, read_item
from bot.tips.choice import Reaction, tried
from bot.tips.chosen import has_slowed, read_seen, write_reaction
from bot.tips.granting import Grant, grant, may_change
from bot.tips.keeping import Decide, Keeping, Look, changing
from bot.tips.pace import later_today
from bot.tips.saying import say_later
from bot.tips.schedule import Pace, local_day
from bot.tips.standing import Standing, stand_by_id
from bot.tips.telling import Telling
from bot.tips.who import Who
from bot.tips.wish import Act as WishAct
from bot.tips.wish import Wish

_REACTIONS = {
    Act.TRIED: Reaction.TRIED,
    Act.LATER: Reaction.LATER,
    Act.NOT_FOR_ME: Reaction.NOT_FOR_ME,
    Act.LESS: Reaction.LESS_OFTEN,
    Act.MORE: Reaction.MORE,
}
_WISHES = {
    Act.STOP: Wish(WishAct.OFF),
    Act.GO_ON_DAILY: Wish(WishAct.RESUME, pace=Pace.DAILY),
    Act.GO_ON_WEEKLY: Wish(WishAct.RESUME, pace=Pace.WEEKLY),
}
"""Which wish a button says in place of whoever presses it."""
_LARGEST = 2**63 - 1
"""The last number that a subscription can have; beyond it the database refuses to look."""
_FOR_ALL = frozenset({Act.TRIED, Act.MORE})
"""What anybody in a channel may press under its tip; the others change which tips come, or when."""


@dataclass(frozen=True, slots=True)
class Reacting:
    """Takes in what somebody presses."""

    database: Database
    who: Who
    handbook: Handbook

    async def press(self, item: str) -> Answer:
        """Do what a button says.

        Raises:
            StoreError: How things stand cannot be read; nothing is changed.
            KeepError: It was not kept, or perhaps was.
        """
        read = _read(item)
        look = partial(stand_by_id, self.database, self.who, read[1].subscription_id if read else 0)
        standing = await look() if read else None
        if read is None or standing is None or standing.known is None or not _sees(self.who, standing):
            return self._telling.say(DailyText.OLD_BUTTON)
        act, key = read
        if act not in _FOR_ALL and not may_change(self.who, standing.known):
            return self._telling.tell(standing, DailyText.NOT_YOURS)
        if act not in _REACTIONS:
            return await self._follow(look, partial(grant, _WISHES[act], self.who))
        return await self._react(act, key, standing, look)

    @property
    def _telling(self) -> Telling:
        return Telling(self.handbook.daily)

    async def _follow(self, look: Look, decide: Decide) -> Answer:
        return await Keeping(self.database, self.who, self._telling).follow(look, decide)

    async def _react(self, act: Act, key: Key, standing: Standing, look: Look) -> Answer:
        seen = (await history.find_seen(self.database, [key.subscription_id]))[key.subscription_id]
        tip = next((each for each in seen if key.due_on in (each.seen_on, each.recall_on)), None)
        if tip is None:
            return self._telling.tell(standing, DailyText.OLD_BUTTON)
        reaction = write_reaction(tip, _REACTIONS[act], key.due_on)
        with changing():
            await history.react(
                self.database, standing.workspace_id, key.subscription_id, tip.tip_id, reaction
            )
        if act is Act.LESS:
            was = None if has_slowed(tip, key.due_on) or standing.known is None else standing.known.pace
            return await self._follow(look, partial(self._slow_down, was))
        if act is Act.LATER:
            return await self._put_off(key, standing)
        if act is Act.MORE:
            return self._more(tip.tip_id, standing)
        if act is Act.NOT_FOR_ME:
            return self._telling.tell(standing, DailyText.NOT_FOR_ME)
        reacted = [replace(each, reaction=reaction) if each is tip else each for each in seen]
        return self._telling.tell(standing, DailyText.TRIED, cheer(tried(map(read_seen, reacted))))

    def _slow_down(self, was: int | None, standing: Standing) -> Grant:
        """Send less often, unless this was asked on the same tip before, or is at this very moment."""
        if standing.live is None or standing.live.pace == was:
            return grant(Wish(WishAct.LESS), self.who, standing)
        return Grant(DailyText.UNCHANGED)

    async def _put_off(self, key: Key, standing: Standing) -> Answer:
        if standing.is_stopped:
            return self._telling.tell(standing, DailyText.STOPPED)
        zone = standing.known.tz if standing.known else ""
        then = later_today(zone, standing.now) if local_day(zone, standing.now) == key.due_on else None
        if then is not None:
            with changing():
                postponed = await deliveries.postpone(self.database, standing.workspace_id, key, then)
            if not postponed:
                return self._telling.tell(standing, DailyText.COMES_ALREADY)
        return self._telling.tell(standing, say_later(zone, then))

    def _more(self, tip_id: str, standing: Standing) -> Answer:
        topic = next((tip.topic for tip in self.handbook.tips if tip.id == tip_id), "")
        if topic not in self.handbook.topics:
            return self._telling.tell(standing, DailyText.OLD_BUTTON)
        return composing.explain(
            self.handbook, self.handbook.topics[topic], Aspect.FULL, None, MatchKind.ANSWER
        )


def _read(item: str) -> tuple[Act, Key] | None:
    read = read_item(item)
    return read if read and 0 < read[1].subscription_id <= _LARGEST else None


def _sees(who: Who, standing: Standing) -> bool:
    """Whether the tip is theirs, or of the channel they are in."""
    return standing.target == (who.channel if standing.kind is TargetKind.CHANNEL else who.person)
