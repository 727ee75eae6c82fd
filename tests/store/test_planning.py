import asyncio
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.store import planning, subscriptions, workspaces
from bot.store.lanes import Release, lease, release
from bot.store.planning import Crowd, NewDelivery, Step
from bot.store.records import Status, WorkspaceStatus
from bot.store.tables import delivery
from bot.store.turns import take

DAY = 86_400_000


def skip(subscription, now):
    new = NewDelivery(subscription.next_on, subscription.next_at, now, skipped="late")
    return Step(new, now + DAY, subscription.next_on + timedelta(days=1))


def ask_and_wait(subscription, now):
    new = NewDelivery(subscription.next_on, now, now, content_id="how-go-on")
    return Step(new, None, None)


async def deliveries(database):
    async with database.reading() as connection:
        return await connection.scalar(select(func.count()).select_from(delivery))


async def test_nothing_is_due_in_an_empty_database(database, plan):
    assert await plan() == 0
    assert await planning.next_due_in(database) is None


async def test_what_is_due_is_planned_once_and_moves_on(database, subscribe, plan, clock):
    known = await subscribe()
    assert await plan() == 1
    assert await plan() == 0
    moved = await subscriptions.find_by_id(database, known.workspace_id, known.id)
    assert (moved.next_at, moved.next_on) == (clock.now + DAY, date(2026, 11, 24))
    assert await deliveries(database) == 1


async def test_what_is_not_due_is_left_alone(database, subscribe, plan, clock):
    await subscribe(next_at=clock.now + 1)
    assert await plan() == 0
    assert await planning.next_due_in(database) == 1


async def test_the_longest_due_come_first(database, subscribe, plan, clock):
    for age in (1, 3, 2):
        await subscribe(f"U{age}", next_at=clock.now - age)
    assert await plan(limit=2) == 2
    (lane,) = await lease(database, "a", ["slack"])
    assert [each.target_id for each in await take(database, [lane])] == ["U3", "U2"]


async def test_a_day_has_one_tip_however_often_it_is_planned(database, subscribe, plan, clock):
    known = await subscribe()
    await plan()
    for _ in range(3):
        known = await subscriptions.find_by_id(database, known.workspace_id, known.id)
        again = replace(known, next_at=clock.now, next_on=date(2026, 11, 23))
        assert await subscriptions.put(database, again)
        assert await plan() == 1
    assert await deliveries(database) == 1


async def test_what_is_too_late_is_written_off_and_wakes_nobody(database, subscribe, plan):
    await subscribe()
    assert await plan(skip) == 1
    assert await deliveries(database) == 1
    assert await lease(database, "a", ["slack"]) == ()


async def test_a_plan_may_ask_and_then_wait(database, subscribe, plan):
    known = await subscribe()
    await plan(ask_and_wait)
    asked = await subscriptions.find_by_id(database, known.workspace_id, known.id)
    assert (asked.next_at, asked.next_on) == (None, None)


async def test_whoever_is_due_after_a_pause_is_on_again(database, subscribe, plan):
    known = await subscribe(status=Status.PAUSED, paused_until=date(2026, 11, 23))
    await plan()
    resumed = await subscriptions.find_by_id(database, known.workspace_id, known.id)
    assert (resumed.status, resumed.paused_until) == (Status.ON, None)


async def test_those_who_are_due_at_once_are_counted_by_workspace(database, subscribe, workspace, clock):
    other = await workspaces.ensure(database, "slack", "T2")
    for number in range(3):
        await subscribe(f"U{number}")
    await subscribe("U4", next_at=clock.now + 1)
    await subscribe("U5", workspace_id=other.id)
    await workspaces.stop(database, other.id, other.generation)
    assert await planning.find_crowds(database) == {
        (workspace.id, clock.now): Crowd(3, workspaces.RATE, WorkspaceStatus.ACTIVE),
        (other.id, clock.now): Crowd(1, workspaces.RATE, WorkspaceStatus.STOPPED),
    }


async def test_replicas_that_plan_at_once_share_the_work(database, subscribe, plan):
    for number in range(40):
        await subscribe(f"U{number}")
    counts = await asyncio.gather(*(plan(limit=10) for _ in range(8)))
    assert sum(counts) == 40
    assert await deliveries(database) == 40


async def test_a_plan_that_fails_leaves_everything_as_it_was(subscribe, plan):
    await subscribe()

    def fail(*_):
        raise ZeroDivisionError

    outcome = await asyncio.gather(plan(fail), return_exceptions=True)
    assert isinstance(outcome[0], ZeroDivisionError)
    assert await plan() == 1


async def test_a_workspace_is_woken_for_the_first_turn_and_no_sooner(database, subscribe, plan, clock):
    def later(subscription, now):
        new = NewDelivery(subscription.next_on, now, now + 5_000 + subscription.id)
        return Step(new, None, None)

    await subscribe("U1")
    await subscribe("U2")
    await plan(later)
    assert await lease(database, "a", ["slack"]) == ()
    clock.now += 5_001
    assert len(await lease(database, "a", ["slack"])) == 1


async def test_what_is_put_back_comes_later(database, leased, clock):
    lane, delivery = await leased()
    await planning.put_back(database, [delivery], 60_000)
    assert await take(database, [lane]) == ()
    clock.now += 60_000
    assert len(await take(database, [lane])) == 1


async def test_planning_wakes_nobody_whom_the_platform_told_to_wait(database, leased, subscribe, plan, clock):
    lane, _ = await leased()
    await release(database, [Release(lane, not_before=clock.now + 60_000)])
    await subscribe("U2")
    await plan()
    assert await lease(database, "a", ["slack"]) == ()
    clock.now += 60_000
    assert len(await lease(database, "a", ["slack"])) == 1
