"""Deliveries whose turn has come → what is sent for each: for many lanes at a time, in few journeys."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.coach.handbook import Handbook
from bot.incidents import report
from bot.store import deliveries, history, ledger, planning, turns
from bot.store.database import Database
from bot.store.history import Reader
from bot.store.lanes import LANES_A_POLL
from bot.store.ledger import MAYBE
from bot.store.records import Delivery, Lane, Subscription
from bot.tips.chosen import Card, choose_card
from bot.tips.counters import Counters, Drop
from bot.tips.gathering import Gathering
from bot.tips.schedule import is_too_late
from bot.tips.verdict import doubt

A_LOAD = 16
"""Deliveries of one lane that are looked up at a time."""
AGAIN_AFTER_MS = 10 * 60_000
"""A tip that cannot be chosen, by a row that makes no sense or a fault of ours, is left alone so long."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with what is to be sent for it."""

    delivery: Delivery
    subscription: Subscription
    card: Card
    is_late: bool


@dataclass(frozen=True, slots=True)
class Unsent:
    """A delivery for which there is nothing to send."""

    delivery: Delivery
    why: Drop | None
    """None where that is a fault, which may be mended before it is too late."""


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

    async def close(self) -> None:
        """Look nothing up any more."""
        await self._loads.close()

    async def find(self, wanted: Collection[Delivery]) -> list[Ready | Unsent]:
        """What to send for each of these, in their order; whoever was erased meanwhile is left out."""
        if not wanted:
            return []
        readers, now = await history.find_readers(
            self._database, {each.key.subscription_id for each in wanted}
        )
        handbook = self._handbook()
        return [
            _look(handbook, each, of, now)
            for each in wanted
            if (of := readers.get(each.key.subscription_id)) is not None
        ]

    async def _load_all(self, asked: Sequence[Lane]) -> Sequence[Load]:
        due = await turns.take(self._database, asked, limit=A_LOAD)
        found = await self.find(due)
        ready = [each for each in found if isinstance(each, Ready) and not each.is_late]
        await self._write_off([each for each in found if isinstance(each, Unsent) or each.is_late])
        counts = Counter(each.workspace_id for each in due)
        return [
            Load(
                [each for each in ready if each.delivery.workspace_id == lane.workspace_id],
                counts[lane.workspace_id] == A_LOAD,
            )
            for lane in asked
        ]

    async def _write_off(self, unsent: Sequence[Ready | Unsent]) -> None:
        """What may have arrived and is late by now was sent, as far as anybody knows; the rest was not."""
        doubts = [each for each in unsent if isinstance(each, Ready) and _is_in_doubt(each.delivery)]
        if doubts:
            results = [doubt(each.delivery, each.card, None).result for each in doubts]
            await ledger.write(self._database, [], results)
        whys: dict[Drop | None, list[Delivery]] = defaultdict(list)
        for each in unsent:
            if each not in doubts:
                whys[each.why if isinstance(each, Unsent) else Drop.LATE].append(each.delivery)
        for why, given_up in whys.items():
            if why is None:
                await planning.put_back(self._database, given_up, AGAIN_AFTER_MS)
            else:
                self._counts.dropped[why] += await deliveries.skip(self._database, given_up, why)


def _is_in_doubt(delivery: Delivery) -> bool:
    """Whether its latest attempt may have arrived; what was put off by a person begins anew."""
    return delivery.error == MAYBE and delivery.attempt_token is not None


def _look(handbook: Handbook, delivery: Delivery, of: Reader, now: int) -> Ready | Unsent:
    """What is to be sent; one faulty row must not stop all others."""
    is_late = is_too_late(of.subscription.tz, delivery.due_at, now)
    try:
        card = choose_card(handbook, delivery, of.subscription, of.seen)
    except Exception as error:  # noqa: BLE001  whatever it is, the others go on
        report(error, "choosing a tip")
        return Unsent(delivery, Drop.LATE if is_late else None)
    return Ready(delivery, of.subscription, card, is_late) if card else Unsent(delivery, Drop.NOTHING_LEFT)
