import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.errors import DeliveryError, StoreError
from bot.store import workspaces
from bot.store.database import Database
from bot.store.lanes import LEASE_SECONDS
from bot.store.records import State
from bot.tips.engine import Tips
from bot.tips.held import MOST_RATE
from bot.tips.lanes import IN_FLIGHT
from bot.tips.times import Times

LEASE_MS = LEASE_SECONDS * 1000
QUICK = {"poll_seconds": 0.01}


@pytest.fixture
async def flaky(database, clock):
    """The same database by another way, which is away while `away` is set."""
    address = database.address.dsn or f"sqlite:///{database.address.path}"

    class Flaky(Database):
        away = False
        passing = True

        @asynccontextmanager
        async def writing(self):
            if self.away:
                raise StoreError("away", passing=self.passing)
            async with super().writing() as connection:
                yield connection

    async with Flaky(address, clock=clock) as other:
        yield other


async def test_what_is_due_goes_out_while_the_engine_runs(world):
    await world.plan(5)
    await world.subscribe("late-comer")
    async with world.replica("b", **QUICK) as tips:
        await world.platform.has(6)
    assert tips.counts.sent == 6
    assert await world.states() == [(State.SENT, None)] * 6


async def test_replicas_share_the_work_and_send_nothing_twice(world):
    for team in range(40):
        await world.subscribe("U1", f"T{team}")
    async with world.replica("b", **QUICK), world.replica("c", **QUICK):
        await world.platform.has(40)
    assert set(world.platform.often.values()) == {1}


async def test_at_the_end_what_is_on_its_way_is_waited_for_and_nothing_new_begins(world):
    await world.plan(20)
    world.platform.gate = asyncio.Event()
    async with world.replica("b", **QUICK, sleep=lambda _: asyncio.sleep(0)):
        await world.platform.holds(IN_FLIGHT)
        asyncio.get_running_loop().call_later(0.05, world.platform.gate.set)
    sent = (State.SENT, None)
    assert sorted(await world.states()) == [(State.PENDING, None)] * 12 + [sent] * IN_FLIGHT
    assert await world.tips.turn() == 12


async def test_at_the_end_a_platform_that_never_answers_is_not_waited_for_long(world):
    await world.plan(1)
    world.platform.gate = asyncio.Event()
    async with world.replica("b", **QUICK, drain_seconds=0.05):
        await world.platform.holds(1)
    assert await world.states() == [(State.SENDING, None)]
    world.platform.gate = None
    world.clock.now += LEASE_MS + 1
    await world.tips.turn()
    world.clock.now += LEASE_MS
    assert await world.tips.turn() == 1


@pytest.mark.parametrize("passing", [True, False])  # as when a server takes no writes during a fail-over
async def test_results_wait_while_the_database_is_away(world, flaky, passing):
    await world.plan(3)
    world.database, flaky.passing = flaky, passing
    world.platform.gate = asyncio.Event()
    tried = asyncio.Event()

    async def rest(_):
        tried.set()
        await asyncio.sleep(0)

    turn = asyncio.create_task(world.replica("b", sleep=rest).turn())
    await world.platform.holds(3)
    flaky.away = True
    world.platform.gate.set()
    await asyncio.wait_for(tried.wait(), 10)
    flaky.away = False
    assert await turn == 3
    assert set(world.platform.often.values()) == {1}
    assert await world.states() == [(State.SENT, None)] * 3


async def test_what_is_still_to_be_told_here_is_nobody_elses_doubt(world, flaky):
    await world.plan(1)
    world.database = flaky
    world.platform.gate = asyncio.Event()
    tips = world.replica("b", sleep=lambda _: asyncio.sleep(0))
    turn = asyncio.create_task(tips.turn())
    await world.platform.holds(1)
    world.clock.now += LEASE_MS + 1
    assert await tips.turn() == 0
    assert await world.states() == [(State.SENDING, None)]
    world.platform.gate.set()
    assert await turn == 1
    assert await world.states() == [(State.SENT, None)]
    assert tips.counts.unknown == 0


async def test_at_the_end_what_is_still_to_be_told_is_written(world, flaky):
    await world.plan(1)
    world.database = flaky
    world.platform.gate = asyncio.Event()
    tried = asyncio.Event()

    async def rest(_):
        tried.set()
        await asyncio.sleep(0.001)

    async with world.replica("b", sleep=rest) as tips:
        await world.platform.holds(1)
        flaky.away = True
        world.platform.gate.set()
        await world.platform.has(1)
        tried.clear()
        await asyncio.wait_for(tried.wait(), 10)
        for drain in tips._drains:  # as by a fault of ours
            drain.cancel()
        asyncio.get_running_loop().call_later(0.05, setattr, flaky, "away", False)  # noqa: FBT003
    assert await world.states() == [(State.SENT, None)]


async def test_at_the_end_nothing_works_on_while_the_database_is_left(world, flaky):
    await world.plan(1)
    world.database = flaky
    world.platform.gate = asyncio.Event()
    before = asyncio.all_tasks()
    async with world.replica("b", **QUICK, drain_seconds=0.05):
        await world.platform.holds(1)
        flaky.away = True
        world.platform.gate.set()
        await world.platform.has(1)
    assert asyncio.all_tasks() == before


async def test_the_engine_runs_on_when_the_database_comes_back(world, flaky):
    await world.plan(1)
    flaky.away = True
    world.database = flaky
    waited = asyncio.Event()

    async def rest(_):
        waited.set()
        await asyncio.sleep(0.001)

    async with world.replica("b", sleep=rest) as tips:
        await asyncio.wait_for(waited.wait(), 10)
        flaky.away = False
        await world.platform.has(1)
    assert tips.counts.troubles


async def test_a_lane_keeps_to_its_rate_and_goes_faster_while_all_goes_well(world):
    await world.plan(20)
    began = world.clock.now

    async def wait(seconds):
        world.clock.now += round(seconds * 1000)

    tips = world.replica("b", sleep=wait)
    (held,) = await tips._lanes.take(1)
    assert await tips._lanes.drain(held, paced=True) == 20
    seconds = (world.clock.now - began) / 1000
    assert 20 / MOST_RATE < seconds < 20 / workspaces.RATE
    assert workspaces.RATE < (await workspaces.find(world.database, "slack", "T1")).rate < MOST_RATE


async def test_a_slow_workspace_holds_up_no_other(world):
    await world.plan(1, "T1")
    await world.plan(1, "T2")
    deliver, gate = world.platform.deliver, asyncio.Event()

    async def slow_in_one(delivery, answer):
        if delivery.workspace_id == 1:
            await gate.wait()
        return await deliver(delivery, answer)

    world.platform.deliver = slow_in_one
    async with world.replica("b", **QUICK):
        await world.platform.has(1)
        assert [post.workspace_id for post in world.posts] == [2]
        gate.set()
        await world.platform.has(2)


async def test_a_round_that_fails_is_not_the_last(world):
    await world.plan(1)
    failed = asyncio.Event()

    def read():
        if failed.is_set():
            return world.handbook
        failed.set()
        raise ZeroDivisionError

    times = Times(**QUICK, monotonic=lambda: world.clock.now / 1000)
    async with Tips(world.database, read, {"slack": world.platform}, owner="b", times=times) as tips:
        await asyncio.wait_for(failed.wait(), 10)
        world.clock.now += LEASE_MS + 1
        await world.platform.has(1)
    assert tips.counts.troubles


async def test_what_the_platform_calls_a_message_may_be_anything(world):
    await world.plan(1)

    async def deliver(*_):
        return "\0\ud800" + "x" * 10_000

    world.platform.deliver = deliver
    assert await world.tips.turn() == 1
    assert await world.states() == [(State.SENT, None)]


async def test_a_wait_that_is_no_number_is_a_short_one(world):
    await world.plan(1)
    world.platform.fails(DeliveryError("too fast", retry_after_seconds=float("nan")))
    await world.tips.turn()
    world.clock.now += 1_000
    assert await world.tips.turn() == 1
