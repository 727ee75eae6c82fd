"""The daily tip at work: plan what is due, send what has its turn, write down what became of it.

Any number of replicas may run on one database. Each tip is sent at least once and, unless a machine dies or
the network breaks during the send, exactly once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

from bot.coach.handbook import Handbook
from bot.errors import StoreError
from bot.incidents import report
from bot.store import sweeping
from bot.store.database import Database
from bot.store.lanes import LANES_A_POLL
from bot.tips.counters import Counters
from bot.tips.held import Held
from bot.tips.lanes import Lanes
from bot.tips.ledger import Ledger
from bot.tips.loading import Loader
from bot.tips.planner import Planner
from bot.tips.sending import Deliver, Sender
from bot.tips.times import Times

__all__ = ["Deliver", "Tips"]

LANES_HELD = 512
"""Workspaces that one replica sends in at a time."""
RENEW_SECONDS = 8.0
"""Less than a third of a lease: after two renewals that failed the third one still comes in time."""
SWEEP_SECONDS = 60.0
PRUNE_SECONDS = 3600.0
_FULL_POLL = 20
"""Where all that was asked for was there to take, there is more: the next poll comes so many times sooner."""
_TIMES = Times()


class Tips:
    """Sends the daily tips of all workspaces, from `async with` to its end; or one `turn` at a time.

    Args:
        database: Where they are planned; its clock tells what is due.
        handbook: Gives the content as it is now.
        delivers: How to send, by platform; workspaces of others are left to other replicas.
        owner: Names this replica; no two that run may share it.
        times: How long is waited for what.
    """

    def __init__(
        self,
        database: Database,
        handbook: Callable[[], Handbook],
        delivers: Mapping[str, Deliver],
        *,
        owner: str,
        times: Times = _TIMES,
    ) -> None:
        self.counts = Counters()
        """What happened so far."""
        self._database = database
        self._times = times
        self._ledger = Ledger(database, self.counts, times.sleep)
        self._planner = Planner(database, self.counts)
        sender = Sender(database, delivers, self._ledger, self.counts, times.send_seconds)
        self._lanes = Lanes(Loader(database, handbook, self.counts), sender, times, owner=owner)
        self._stopping = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self._drains: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        loops = (
            (self._plan, self._times.poll_seconds),
            (self._poll, self._times.poll_seconds),
            (self._renew, RENEW_SECONDS),
            (self._sweep, SWEEP_SECONDS),
            (self._prune, PRUNE_SECONDS),
        )
        self._loops = [asyncio.create_task(self._repeat(work, seconds)) for work, seconds in loops]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Begin nothing more, wait for what is on its way, give every lane back."""
        self._stopping.set()
        self._lanes.stop()
        try:
            async with asyncio.timeout(self._times.drain_seconds):
                await _wait_for(self._loops)
                self._lanes.stop()  # those too that were just being taken
                await _wait_for(self._drains)
                await self._ledger.write_all()
        except TimeoutError:
            for task in (*self._loops, *self._drains):
                task.cancel()
            await _wait_for([*self._loops, *self._drains])
        finally:  # whoever leaves us leaves the database next
            await self._lanes.close()

    async def turn(self) -> int:
        """Do one round at once: plan all that is due, send all that has its turn, at no pace, and write it.

        Returns:
            How many messages went out.

        Raises:
            StoreError: The database did not do its part; what was not sent comes later.
        """
        await self._planner.plan()
        sent = 0
        while taken := await self._lanes.take(LANES_A_POLL):
            async with asyncio.TaskGroup() as group:
                drains = [group.create_task(self._lanes.drain(held, paced=False)) for held in taken]
            sent += sum(drain.result() for drain in drains)
        return sent

    async def _repeat(self, work: Callable[[], Awaitable[float | None]], seconds: float) -> None:
        """Do something again and again; it may say that it wants to be done sooner."""
        while not self._stopping.is_set():
            sooner = None
            try:
                sooner = await work()
            except StoreError:
                self.counts.troubles += 1
            except Exception as error:  # noqa: BLE001  tips go on whatever happens to one round
                self.counts.troubles += 1
                report(error, "working on daily tips")
            await self._wait(seconds if sooner is None else sooner)

    async def _wait(self, seconds: float) -> None:
        """Wait so long, or until the end."""
        waits = [
            asyncio.ensure_future(self._times.sleep(seconds)),
            asyncio.ensure_future(self._stopping.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def _plan(self) -> None:
        await self._planner.plan()

    async def _poll(self) -> float | None:
        limit = min(LANES_A_POLL, LANES_HELD - len(self._lanes))
        taken = await self._lanes.take(limit) if limit > 0 else ()
        for held in taken:
            drain = asyncio.create_task(self._drain(held))
            self._drains.add(drain)
            drain.add_done_callback(self._drains.discard)
        return self._times.poll_seconds / _FULL_POLL if taken and len(taken) == limit else None

    async def _drain(self, held: Held) -> None:
        try:
            await self._lanes.drain(held, paced=True)
        except StoreError:
            self.counts.troubles += 1
        except Exception as error:  # noqa: BLE001  other workspaces go on
            self.counts.troubles += 1
            report(error, "sending daily tips")

    async def _renew(self) -> None:
        await self._lanes.renew()

    async def _sweep(self) -> None:
        await sweeping.wake_overlooked(self._database)

    async def _prune(self) -> None:
        await sweeping.prune(self._database)


async def _wait_for(tasks: "set[asyncio.Task[None]] | list[asyncio.Task[None]]") -> None:
    if tasks:
        await asyncio.wait(list(tasks))
