"""Deliveries whose turn has come → what is sent for each: many lanes at a time, in few journeys."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.coach.handbook import Handbook
from bot.store import deliveries, history, subscriptions
from bot.store.database import Database
from bot.store.records import Delivery, Subscription
from bot.tips.chosen import Card, choose_card
from bot.tips.counters import Counters, Drop
from bot.tips.schedule import is_too_late


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with what is to be sent for it."""

    delivery: Delivery
    subscription: Subscription
    card: Card | None
    """None where there is nothing to send."""
    is_late: bool


@dataclass(frozen=True, slots=True)
class Loader:
    """Looks up what is needed to send, and writes off what is not to be sent."""

    database: Database
    handbook: Callable[[], Handbook]
    counts: Counters

    async def now(self) -> int:
        """The database's time in UTC milliseconds."""
        async with self.database.reading() as connection:
            return await self.database.now_ms(connection)

    async def find(self, wanted: Collection[Delivery], now: int) -> list[Ready]:
        """What to send for each of these, in their order; whoever was erased meanwhile is left out."""
        if not wanted:
            return []
        ids = {each.key.subscription_id for each in wanted}
        whose = await subscriptions.find_all(self.database, ids)
        seen = await history.find_seen(self.database, ids)
        handbook = self.handbook()
        found = []
        for each in wanted:
            of = whose.get(each.key.subscription_id)
            if of is not None:
                card = choose_card(handbook, each, of, seen[of.id])
                found.append(Ready(each, of, card, is_too_late(of.tz, each.due_at, now)))
        return found

    async def sift(self, found: Sequence[Ready]) -> list[Ready]:
        """Write off what is too late or has nothing to say; the rest is to be sent."""
        late = [each.delivery for each in found if each.is_late]
        empty = [each.delivery for each in found if not each.is_late and each.card is None]
        for unsent, why in ((late, Drop.LATE), (empty, Drop.NOTHING_LEFT)):
            if unsent:
                self.counts.dropped[why] += await deliveries.skip(self.database, unsent, why)
        return [each for each in found if each.card is not None and not each.is_late]
