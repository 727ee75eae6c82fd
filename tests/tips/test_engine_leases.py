"""A lane is ours for as long as its lease lasts, and not a moment longer."""

import asyncio
from contextlib import asynccontextmanager

from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State
from bot.tips.engine import RENEW_SECONDS

LEASE_MS = LEASE_SECONDS * 1000


async def test_nothing_is_sent_once_the_lease_is_over_by_our_own_clock(world):
    await world.plan(1)
    slow = 0.0

    class Stalling(type(world.database)):
        @asynccontextmanager
        async def writing(self):
            nonlocal slow
            async with super().writing() as connection:
                yield connection
            slow += stall  # the machine sleeps, and the database's clock is not ours

    address, stall = world.database.address, 0.0
    dsn = address.dsn or f"sqlite:///{address.path}"
    async with Stalling(dsn, clock=world.clock) as stalling:
        tips = world.replica("b", database=stalling, monotonic=lambda: slow)
        (held,) = await tips._lanes.take(1)
        stall = LEASE_SECONDS + 1.0
        assert await tips._lanes.drain(held, paced=False) == 0
    assert (world.posts, await world.states()) == ([], [(State.PENDING, None)])


async def test_a_lane_that_was_lost_is_stopped_at_the_next_renewal(world):
    await world.plan(1)
    (held,) = await world.tips._lanes.take(1)
    await world.tips._lanes.renew()
    assert not held.stopped
    world.clock.now += LEASE_MS
    await world.tips._lanes.renew()
    assert held.stopped


async def test_in_a_lane_that_outlasts_a_lease_sending_goes_on(world):
    await world.plan(1)
    (held,) = await world.tips._lanes.take(1)
    for _ in range(3):
        world.clock.now += LEASE_MS - 1
        await world.tips._lanes.renew()
    assert await world.tips._lanes.drain(held, paced=False) == 1


def test_after_two_renewals_that_failed_the_third_comes_in_time():
    assert 3 * RENEW_SECONDS < LEASE_SECONDS


async def test_a_lane_that_is_renewed_stays_ours(world):
    await world.plan(1)
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(1)
    for _ in range(5):
        world.clock.now += LEASE_MS - 1
        await world.tips._lanes.renew()
    assert await world.replica("b").turn() == 0
    world.platform.gate.set()
    assert await turn == 1
