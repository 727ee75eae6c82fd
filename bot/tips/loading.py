"""Deliveries whose turn has come → what is sent for each: for many lanes at a time, in few journeys."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.coach.handbook import Handbook
from bot.store import deliveries, history, lanes, subscriptions
from bot.store.database import Database
from bot.store.lanes import LANES_A_POLL
from bot.store.records import Delivery, Lane, Subscription
from bot.tips.chosen import Card, choose_card
from bot.tips.counters import Counters, Drop
from bot.tips.gathering import Gathering
from bot.tips.schedule import is_too_late

A_LOAD = 16
"""Deliveries of one lane that are looked up at a time."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with what is to be sent for it."""

    delivery: Delivery
    subscription: Subscription
    card: Card
    is_late: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent next in a lane."""

    ready: Sequence[Ready]
    has_more: bool
    """Whether there may be more behind it that is due."""


class Loader:
    """Looks up what is needed to send, and writes off what is not to be sent.

    Args:
        database: Where.
        handbook: Gives the content as it is now.
        counts: Where is counted what was written off.
    """

    def __init__(self, database: Database, handbook: Callable[[], Handbook], counts: Counters) -> None:
        self._database = database
        self._handbook = handbook
        self._counts = counts
        self._loads: Gathering[Lane, Load] = Gathering(self._load_all, LANES_A_POLL)

    async def now(self) -> int:
        """The database's time in UTC milliseconds."""
        async with self._database.reading() as connection:
            return await self._database.now_ms(connection)

    async def load(self, lane: Lane) -> Load:
        """What may be sent in a lane by now, in the order of turns.

        Raises:
            StoreError: Nothing was written off.
        """
        return await self._loads.do(lane)

    async def find(self, wanted: Collection[Delivery], now: int) -> list[Ready | Delivery]:
        """What to send for each of these, in their order.

        Where there is nothing to say it stays a delivery; whoever was erased meanwhile is left out.
        """
        if not wanted:
            return []
        ids = {each.key.subscription_id for each in wanted}
        whose = await subscriptions.find_all(self._database, ids)
        seen = await history.find_seen(self._database, ids)
        handbook = self._handbook()
        found: list[Ready | Delivery] = []
        for each in wanted:
            of = whose.get(each.key.subscription_id)
            if of is not None:
                card = choose_card(handbook, each, of, seen[of.id])
                is_late = is_too_late(of.tz, each.due_at, now)
                found.append(Ready(each, of, card, is_late) if card else each)
        return found

    async def _load_all(self, asked: Sequence[Lane]) -> Sequence[Load]:
        due = await lanes.take(self._database, asked, limit=A_LOAD)
        found = await self.find(due, await self.now() if due else 0)
        ready = [each for each in found if isinstance(each, Ready) and not each.is_late]
        await self._skip(
            [each.delivery for each in found if isinstance(each, Ready) and each.is_late], Drop.LATE
        )
        await self._skip([each for each in found if isinstance(each, Delivery)], Drop.NOTHING_LEFT)
        counts = Counter(each.workspace_id for each in due)
        return [
            Load(
                [each for each in ready if each.delivery.workspace_id == lane.workspace_id],
                counts[lane.workspace_id] == A_LOAD,
            )
            for lane in asked
        ]

    async def _skip(self, unsent: Sequence[Delivery], why: Drop) -> None:
        if unsent:
            self._counts.dropped[why] += await deliveries.skip(self._database, unsent, why)
