"""What may have arrived: it is sent once more, when that makes sense, and never a third time."""

import asyncio
from datetime import date

import pytest

from bot.errors import DeliveryError
from bot.store.deliveries import postpone
from bot.store.lanes import SOON_MS
from bot.store.ledger import MAYBE
from bot.store.records import Key, State
from bot.tips.verdict import RESEND_AFTER_MS

HOUR = 3_600_000
TODAY = date(2026, 11, 23)
LOST = DeliveryError("reset", outcome_unknown=True)
AWAY = DeliveryError("no connection")
BUSY = DeliveryError("too fast", retry_after_seconds=30)


async def test_a_message_that_may_have_arrived_is_sent_once_more(world):
    known = await world.subscribe()
    world.platform.fails(LOST, takes=True)
    await world.tips.turn()
    world.clock.now += RESEND_AFTER_MS
    await world.tips.turn()
    assert list(world.platform.often.values()) == [2]
    assert world.posts[0].answer == world.posts[1].answer
    assert await world.states() == [(State.SENT, MAYBE)]
    assert (await world.find(known)).unanswered == 1


async def test_a_message_is_never_sent_a_third_time(world):
    known = await world.subscribe()
    world.platform.fails(LOST, takes=True, times=5)
    for _ in range(5):
        await world.tips.turn()
        world.clock.now += RESEND_AFTER_MS
    assert list(world.platform.often.values()) == [2]
    assert await world.states() == [(State.UNKNOWN, MAYBE)]
    assert (world.tips.counts.unknown, len(await world.history(known))) == (2, 1)


@pytest.mark.parametrize("seconds", [30, 9 * 60])
async def test_an_outage_of_the_platform_loses_no_tip_and_sends_none_twice(world, seconds):
    await world.plan(20)
    world.platform.fails(LOST, times=10_000)
    for _ in range(seconds):
        await world.tips.turn()
        world.clock.now += 1_000
    world.platform.faults.clear()
    for _ in range(20):
        await world.tips.turn()
        world.clock.now += 60_000
    assert set(world.platform.often.values()) == {1}
    assert len(world.posts) == 20


async def test_a_long_outage_of_the_platform_costs_few_tips(world):
    await world.plan(20)
    world.platform.fails(LOST, times=10_000)
    for _ in range(60):
        await world.tips.turn()
        world.clock.now += 60_000
    world.platform.faults.clear()
    for _ in range(20):
        await world.tips.turn()
        world.clock.now += 60_000
    assert len(world.posts) >= 20 - 60 * 60_000 // RESEND_AFTER_MS
    assert set(world.platform.often.values()) == {1}


async def test_once_sends_go_well_again_what_was_in_doubt_comes_at_once(world):
    await world.plan(2)
    world.platform.fails(LOST)
    assert await world.tips.turn() == 1
    world.clock.now += SOON_MS - 1
    assert await world.tips.turn() == 0
    world.clock.now += 1
    assert await world.tips.turn() == 1


async def test_what_a_person_put_off_is_not_hastened(world):
    known = await world.subscribe()
    world.platform.fails(LOST)
    await world.tips.turn()
    world.clock.now += RESEND_AFTER_MS
    assert await world.tips.turn() == 1
    await postpone(world.database, known.workspace_id, Key(known.id, TODAY), world.clock.now + 3 * HOUR)
    await world.subscribe("U2", next_at=world.clock.now)
    assert await world.tips.turn() == 1
    world.clock.now += HOUR
    assert await world.tips.turn() == 0


async def test_what_was_in_doubt_and_is_late_by_now_counts_as_sent(world):
    known = await world.subscribe()
    world.platform.fails(LOST)
    await world.tips.turn()
    world.clock.now += 5 * HOUR
    assert await world.tips.turn() == 0
    assert await world.states() == [(State.UNKNOWN, MAYBE)]
    assert len(await world.history(known)) == 1


async def test_a_doubt_is_not_forgotten_over_other_troubles(world):
    await world.subscribe()
    for error, takes in ((LOST, True), (BUSY, False), (AWAY, False), (LOST, True)):
        world.platform.fails(error, takes=takes)
    for _ in range(6):
        await world.tips.turn()
        world.clock.now += RESEND_AFTER_MS
    assert list(world.platform.often.values()) == [2]
    assert await world.states() == [(State.UNKNOWN, MAYBE)]


async def test_a_platform_that_is_too_slow_leaves_a_doubt(world):
    await world.subscribe()
    world.platform.gate = asyncio.Event()
    impatient = world.replica("b", send_seconds=0.001)
    assert await impatient.turn() == 0
    assert await world.states() == [(State.PENDING, MAYBE)]
