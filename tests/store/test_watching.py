from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.store import deliveries, history, people, subscriptions, workspaces
from bot.store.database import Database
from bot.store.engines import Patience
from bot.store.lanes import Release, release
from bot.store.migrate import migrate
from bot.store.records import Status, TargetKind
from bot.store.revision import HEAD, is_current
from bot.store.watching import Resting, find_for, find_resting, next_turn_in

HOUR = 3_600_000


async def test_where_nobody_subscribed_nothing_is_due(database):
    assert await next_turn_in(database) is None


async def test_the_next_turn_is_the_first_that_is_due(database, subscribe, clock):
    await subscribe("U1", next_at=clock.now + 2 * HOUR)
    await subscribe("U2", next_at=clock.now + HOUR)
    assert await next_turn_in(database) == HOUR
    clock.now += 3 * HOUR
    assert await next_turn_in(database) == -2 * HOUR


async def test_a_tip_that_was_put_off_is_a_turn_too(database, send, clock):
    lane, delivery = await send()
    await release(database, [Release(lane)])
    await deliveries.postpone(database, lane.workspace_id, delivery.key, clock.now + HOUR)
    assert await next_turn_in(database) == HOUR


async def test_what_is_put_off_goes_with_its_subscription(database, send, clock):
    lane, delivery = await send()
    await release(database, [Release(lane)])
    await deliveries.postpone(database, lane.workspace_id, delivery.key, clock.now + HOUR)
    ours = [delivery.key.subscription_id]
    (known,) = (await history.find_readers(database, ours))[0].values()
    await people.forget(database, lane.workspace_id, known.subscription.target_id)
    assert (await next_turn_in(database) or HOUR) >= HOUR
    assert (await history.find_readers(database, ours))[0] == {}


async def test_what_waits_for_an_answer_is_not_due(database, subscribe, clock):
    await subscribe("U1", next_at=clock.now + HOUR, asked=True)
    assert await next_turn_in(database) is None
    assert await find_resting(database) == Resting(asked=True, paused=False, stopped=False)
    await subscribe("U2", next_at=clock.now + 2 * HOUR)
    assert await next_turn_in(database) == 2 * HOUR


async def test_where_the_workspace_is_stopped_nothing_is_due(database, subscribe):
    known = await subscribe("U1")
    await workspaces.stop(database, known.workspace_id, 1)
    assert await next_turn_in(database) is None
    assert (await find_resting(database)).stopped


async def test_what_has_ended_is_no_reason(database, subscribe):
    known = await subscribe("U1")
    ended = replace(known, status=Status.ENDED, asked=True, next_at=None, next_on=None)
    await subscriptions.put(database, replace(known, status=Status.PAUSED, next_at=None, next_on=None))
    assert await find_resting(database) == Resting(asked=False, paused=True, stopped=False)
    await subscriptions.put(database, replace(ended, version=known.version + 1))
    assert await find_resting(database) == Resting(asked=False, paused=False, stopped=False)


async def test_somebody_is_found_by_their_id_in_every_workspace(database, subscribe, wanted, clock):
    here = await subscribe("U1")
    other = await workspaces.ensure(database, "slack", "T2")
    target = {"workspace_id": other.id, "target_kind": TargetKind.PERSON, "target_id": "U1"}
    there = await subscriptions.put(database, replace(wanted, **target))
    await subscribe("U2")
    assert await find_for(database, "U1") == ((here, there), clock.now)
    assert await find_for(database, "U3") == ((), clock.now)


async def test_a_database_is_current_once_it_is_migrated(empty_address):
    async with Database(empty_address) as database:
        assert not await is_current(database)
        assert (await migrate(empty_address)).after == HEAD
        assert await is_current(database)


async def test_a_database_that_is_away_is_not_taken_for_an_old_one():
    away = "postgresql://nobody@127.0.0.1:1/none"
    async with Database(away, patience=Patience(wait_seconds=1)) as database:
        with pytest.raises(StoreError, match="cannot be reached"):
            await is_current(database)
