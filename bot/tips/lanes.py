"""The lanes of this replica: each sends what is due in one workspace, at the pace that its platform bears."""

import asyncio
from collections.abc import Sequence

from bot.store import lanes as store
from bot.store import turns
from bot.store.lanes import LEASE_SECONDS, SOON_MS
from bot.store.ledger import MAYBE
from bot.store.records import Lane
from bot.tips.held import Held
from bot.tips.loading import Loader, Ready
from bot.tips.schedule import is_too_late
from bot.tips.sending import Sender
from bot.tips.times import Times
from bot.tips.verdict import Verdict, Went, doubt

IN_FLIGHT = 8
"""Messages of one lane on their way at a time: a slow platform is not waited for one by one."""


class Lanes:
    """Takes lanes, sends in them, and gives them back.

    Args:
        loader: Looks up what to send.
        sender: Sends it.
        times: How long is waited.
        owner: Names this replica.
    """

    def __init__(self, loader: Loader, sender: Sender, times: Times, *, owner: str) -> None:
        self._database = sender.database
        self._loader = loader
        self._sender = sender
        self._counts = sender.counts
        self._owner = owner
        self._monotonic = times.monotonic
        self._sleep = times.sleep
        self._held: dict[int, Held] = {}
        self._ahead_ms = 0.0

    def __len__(self) -> int:
        return len(self._held)

    async def take(self, limit: int) -> tuple[Held, ...]:
        """Take lanes that wait; at most so many.

        Raises:
            StoreError: Those that were taken come back when their lease is over.
        """
        reach = await self._sender.reach()
        began = self._monotonic()
        lanes = await store.lease(self._database, self._owner, *reach, limit=limit)
        if not lanes:
            return ()
        await self._tell_time()
        await self._take_over(lanes)
        taken = {lane.workspace_id: Held(lane, began + LEASE_SECONDS, lane.rate) for lane in lanes}
        self._held |= taken
        self._counts.lanes = len(self._held)
        return tuple(taken.values())

    async def drain(self, held: Held, *, paced: bool) -> int:
        """Send what is due in a lane until nothing is or it has to wait, and give it back.

        Args:
            held: It.
            paced: Whether to keep to its rate; else everything is sent at once.

        Returns:
            How many messages went out.

        Raises:
            StoreError: It comes back when its lease is over.
        """
        sent = 0
        try:
            has_more = True
            while has_more and not held.stopped:
                load = await self._loader.load(held.lane)
                if load.ready:
                    sent += await self._send(held, load.ready, paced=paced)
                has_more = load.has_more
            await self._sender.ledger.release(held.give_back())
        finally:
            if self._held.get(held.lane.workspace_id) is held:
                del self._held[held.lane.workspace_id]
            self._counts.lanes = len(self._held)
        return sent

    async def renew(self) -> None:
        """Keep what is held; what is not ours any more is stopped.

        Raises:
            StoreError: What is held stays good as long as it was.
        """
        mine = {id_: held for id_, held in self._held.items() if not held.stopped}
        if not mine:
            return
        began = self._monotonic()
        renewed = await store.renew(self._database, self._owner, [held.lane for held in mine.values()])
        kept = {lane.workspace_id: lane for lane in renewed}
        for id_, held in mine.items():
            if id_ in kept:
                held.lane, held.good_until = kept[id_], began + LEASE_SECONDS
            else:
                held.stopped = True

    def stop(self) -> None:
        """Begin to send nothing more; what is on its way is waited for by `drain`."""
        for held in self._held.values():
            held.stopped = True

    async def close(self) -> None:
        """Leave the database alone from now on."""
        await self._loader.close()
        await self._sender.ledger.close()

    async def _tell_time(self) -> None:
        self._ahead_ms = await self._loader.now() - self._monotonic() * 1000

    def _now(self) -> int:
        """The database's time, as far as it is known without asking."""
        return int(self._ahead_ms + self._monotonic() * 1000)

    async def _take_over(self, lanes: Sequence[Lane]) -> None:
        """Judge what former holders had begun; what this very process had is judged when it ends."""
        begun = await turns.take_over(self._database, lanes)
        foreign = [each for each in begun if not self._sender.ledger.knows(each.attempt_token)]
        soon = self._now() + SOON_MS
        doubts = [
            doubt(each.delivery, each.card, None if each.is_late else soon)
            if isinstance(each, Ready)
            else doubt(each.delivery, None, None)
            for each in await self._loader.find(foreign)
        ]
        self._counts.unknown += len(doubts)
        # Together: one after the other, a few hundred would hold all lanes up for longer than a lease.
        await asyncio.gather(*(self._sender.ledger.finish(verdict.result) for verdict in doubts))

    async def _send(self, held: Held, load: Sequence[Ready], *, paced: bool) -> int:
        slots = asyncio.Semaphore(IN_FLIGHT)
        flights = []
        async with asyncio.TaskGroup() as group:
            for ready in load:
                await slots.acquire()
                if paced and (wait := held.take_turn(self._monotonic())) > 0:
                    await self._sleep(wait)
                if held.stopped:
                    break
                flights.append(group.create_task(self._send_one(held, ready, slots)))
                if ready.delivery.error == MAYBE and not held.is_well:
                    await asyncio.wait(flights)  # one at a time, as it is lost if this goes wrong as well
        verdicts = [verdict for flight in flights if (verdict := flight.result())]
        if not verdicts:
            held.stopped = True  # nothing here is ours any more
        return sum(verdict.went is Went.WELL for verdict in verdicts)

    async def _send_one(self, held: Held, ready: Ready, slots: asyncio.Semaphore) -> Verdict | None:
        try:

            def may_go() -> bool:
                late = is_too_late(ready.subscription.tz, ready.delivery.due_at, self._now())
                return self._monotonic() < held.good_until and not late

            verdict = await self._sender.send(held.lane, ready.delivery, ready.card, self._now, may_go)
            if verdict is not None:
                held.learn(verdict, self._now())
            if verdict is not None and verdict.refusal is not None:
                await self._sender.give_up(held.lane, ready.delivery, ready.subscription, verdict.refusal)
            return verdict
        finally:
            slots.release()
