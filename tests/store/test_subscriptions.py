import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.coach.handbook import Side
from bot.errors import StoreError
from bot.store import subscriptions, workspaces
from bot.store.lanes import lease
from bot.store.records import Status, TargetKind
from bot.store.turns import take


async def find(database, known):
    return await subscriptions.find(database, known.workspace_id, known.target_kind, known.target_id)


async def test_what_was_put_is_found_with_every_field(database, subscribe):
    wanted = {
        "pace": 2,
        "until_on": date(2026, 12, 4),
        "asked": True,
        "next_side": Side.MANAGING,
        "days_mask": 127,
    }
    stored = await subscribe(**wanted)
    assert await find(database, stored) == stored
    assert {name: getattr(stored, name) for name in wanted} == wanted
    assert (stored.version, stored.cursor, stored.unanswered) == (1, 0, 0)


async def test_who_never_subscribed_is_not_found(database, workspace):
    assert await subscriptions.find(database, workspace.id, TargetKind.PERSON, "U9") is None


async def test_a_person_and_a_channel_of_one_name_are_two(database, subscribe):
    person = await subscribe("X1")
    channel = await subscribe("X1", target_kind=TargetKind.CHANNEL)
    assert person.id != channel.id
    assert await find(database, channel) == channel


async def test_a_change_keeps_the_id_and_counts_the_version(database, subscribe):
    first = await subscribe()
    changed = await subscriptions.put(database, replace(first, tz="Asia/Tokyo", minute=510))
    assert (changed.id, changed.tz, changed.minute, changed.version) == (first.id, "Asia/Tokyo", 510, 2)


async def test_of_two_changes_from_one_version_the_second_is_told(database, subscribe):
    known = await subscribe()
    assert await subscriptions.put(database, replace(known, minute=1))
    assert await subscriptions.put(database, replace(known, minute=2)) is None
    assert (await find(database, known)).minute == 1


async def test_of_many_who_subscribe_at_once_one_wins(subscribe):
    outcomes = await asyncio.gather(*(subscribe(minute=minute) for minute in range(10)))
    assert sum(outcome is not None for outcome in outcomes) == 1


@pytest.mark.parametrize("wrong", [{"minute": 1440}, {"minute": -1}, {"days_mask": 0}, {"days_mask": 128}])
async def test_an_hour_or_a_day_that_does_not_exist_changes_nothing(database, subscribe, wrong):
    known = await subscribe()
    with pytest.raises(StoreError, match="nothing was changed"):
        await subscriptions.put(database, replace(known, **wrong))
    assert await find(database, known) == known


@pytest.mark.parametrize("field", ["tz", "target_id", "set_up_by"])
@pytest.mark.parametrize("text", ["'; DROP TABLE subscription; --", "%s {} \\ \x1b[0m \u202e", "x" * 10_000])
async def test_a_text_is_a_text_whatever_it_holds(database, subscribe, field, text):
    stored = await subscribe(**{field: text})
    assert getattr(await find(database, stored), field) == text


async def test_nothing_is_set_up_where_the_coach_is_uninstalled(database, subscribe, clock):
    await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    with pytest.raises(StoreError, match="not installed here any more"):
        await subscribe()


@pytest.mark.parametrize("status", [Status.PAUSED, Status.ENDED])
async def test_where_the_token_is_refused_tips_can_be_stopped_but_not_begun(
    database, subscribe, pause, status
):
    known = await subscribe()
    await workspaces.stop(database, known.workspace_id, 1)
    stopped = await pause(known, status)
    assert stopped.status is status
    with pytest.raises(StoreError, match="our token is refused"):
        await subscriptions.put(database, replace(stopped, status=Status.ON))
    assert await find(database, known) == stopped


@pytest.mark.parametrize("status", [Status.PAUSED, Status.ENDED])
async def test_what_waits_to_be_sent_is_dropped_with_a_pause_and_an_end(
    database, subscribe, plan, pause, status
):
    known = await subscribe()
    await plan()
    await pause(known, status)
    (lane,) = await lease(database, "a", ["slack"])
    assert await take(database, [lane]) == ()


async def test_the_planner_passes_over_what_is_not_on(subscribe, plan, pause):
    await pause(await subscribe("U1"))
    await pause(await subscribe("U2"), Status.ENDED)
    assert await plan() == 0


async def test_planning_does_not_get_in_the_way_of_a_change(database, subscribe, plan):
    known = await subscribe()
    await plan()
    assert await subscriptions.put(database, replace(known, minute=1))


async def test_a_button_of_one_workspace_opens_nothing_in_another(database, subscribe):
    known = await subscribe()
    other = await workspaces.ensure(database, "slack", "T2")
    assert await subscriptions.find_by_id(database, known.workspace_id, known.id) == known
    assert await subscriptions.find_by_id(database, other.id, known.id) is None
