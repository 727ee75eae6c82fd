import asyncio
from datetime import date

from sqlalchemy import insert

from bot.store import workspaces
from bot.store.lanes import LEASE_SECONDS, SOON_MS, Release, lease, release, renew
from bot.store.ledger import MAYBE
from bot.store.planning import wake
from bot.store.records import State
from bot.store.tables import delivery
from bot.store.turns import take, take_over

LEASE_MS = LEASE_SECONDS * 1000


async def test_a_lane_tells_what_is_needed_to_send(leased, workspace, clock):
    lane, delivery = await leased()
    assert (lane.platform, lane.external_id, lane.owner) == ("slack", "T1", "a")
    assert (lane.workspace_id, lane.generation, lane.rate) == (workspace.id, 1, workspaces.RATE)
    assert lane.lease_until == clock.now + LEASE_MS
    assert (delivery.target_id, delivery.state, delivery.attempts) == ("U1", State.PENDING, 0)
    assert delivery.due_at == delivery.send_after == clock.now


async def test_a_leased_workspace_is_nobody_elses(database, leased):
    await leased("a")
    assert await lease(database, "b", ["slack"]) == ()


async def test_of_many_replicas_one_gets_the_lane(database, subscribe, plan):
    await subscribe()
    await plan()
    lanes = await asyncio.gather(*(lease(database, str(number), ["slack"]) for number in range(8)))
    assert sum(len(each) for each in lanes) == 1


async def test_a_replica_is_given_only_what_it_can_send_to(database, subscribe, plan):
    other = await workspaces.ensure(database, "slack", "T2")
    teams = await workspaces.ensure(database, "teams", "T2")
    await subscribe()
    for each in (other, teams):
        await subscribe(workspace_id=each.id)
    await plan()
    assert await lease(database, "a", [], []) == ()
    own = await lease(database, "a", ["teams"], [other.id])
    assert {lane.workspace_id for lane in own} == {other.id, teams.id}


async def test_once_sends_go_well_what_may_have_arrived_waits_no_longer(
    database, leased, begin, finish, clock
):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, send_after=clock.now + 600_000, error=MAYBE)
    assert await release(database, [Release(lane, is_well=True)])
    clock.now += SOON_MS
    assert len(await lease(database, "b", ["slack"])) == 1


async def test_what_was_surely_not_sent_keeps_its_turn(database, leased, begin, finish, clock):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, send_after=clock.now + 600_000, error="not-sent")
    assert await release(database, [Release(lane, is_well=True)])
    clock.now += SOON_MS
    assert await lease(database, "b", ["slack"]) == ()


async def test_no_replica_takes_more_than_asked(database, subscribe, plan):
    for number in range(5):
        other = await workspaces.ensure(database, "slack", f"T{number}")
        await subscribe(workspace_id=other.id)
    await plan()
    assert len(await lease(database, "a", ["slack"], limit=3)) == 3
    assert len(await lease(database, "b", ["slack"], limit=3)) == 2


async def test_a_peer_goes_on_when_the_lease_is_over(database, leased, clock):
    lane, _ = await leased("a")
    clock.now += LEASE_MS
    assert await lease(database, "b", ["slack"]) == ()
    clock.now += 1
    (taken,) = await lease(database, "b", ["slack"])
    assert taken.epoch == lane.epoch + 1


async def test_a_renewed_lease_lasts_on(database, leased, clock):
    lane, _ = await leased("a")
    clock.now += LEASE_MS - 1
    (renewed,) = await renew(database, "a", [lane])
    assert renewed.lease_until == clock.now + LEASE_MS
    clock.now += LEASE_MS
    assert await lease(database, "b", ["slack"]) == ()


async def test_a_lease_that_is_over_cannot_be_renewed(database, leased, clock):
    lane, _ = await leased("a")
    clock.now += LEASE_MS
    assert await renew(database, "a", [lane]) == ()


async def test_a_lane_that_was_lost_and_taken_again_is_another(database, leased, clock):
    lane, _ = await leased("a")
    clock.now += LEASE_MS + 1
    (again,) = await lease(database, "a", ["slack"])
    assert await renew(database, "a", [lane]) == ()
    assert len(await renew(database, "a", [again])) == 1
    assert not await release(database, [Release(lane)])
    assert await release(database, [Release(again)])


async def test_nothing_to_renew_is_no_trouble(database):
    assert await renew(database, "a", []) == ()


async def test_a_released_lane_waits_for_its_next_turn(database, leased, begin, finish, clock):
    lane, delivery = await leased("a")
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, send_after=clock.now + 1_000)
    assert await release(database, [Release(lane)])
    assert await lease(database, "b", ["slack"]) == ()
    clock.now += 1_000
    assert len(await lease(database, "b", ["slack"])) == 1


async def test_a_lane_with_nothing_left_sleeps(database, leased, begin, finish, clock):
    lane, delivery = await leased("a")
    await begin(lane, delivery)
    await finish(delivery)
    await release(database, [Release(lane)])
    clock.now += 365 * 86_400_000
    assert await lease(database, "b", ["slack"]) == ()


async def test_the_pace_that_was_borne_is_kept(database, leased):
    lane, _ = await leased("a")
    await release(database, [Release(lane, rate=1.5)])
    (again,) = await lease(database, "b", ["slack"])
    assert again.rate == 1.5


async def test_a_lane_is_not_given_back_while_something_is_planned_for_it(database, send, subscribe, clock):
    lane, _ = await send()
    other = await subscribe("U2", next_at=None)
    async with database.writing() as connection:
        row = {"subscription_id": other.id, "due_on": date(2026, 11, 23), "workspace_id": lane.workspace_id}
        instants = {"due_at": clock.now, "send_after": clock.now}
        await connection.execute(insert(delivery).values(**row, **instants, state=State.PENDING))
        await wake(connection, {lane.workspace_id: clock.now})
        released = asyncio.create_task(release(database, [Release(lane)]))
        done, _ = await asyncio.wait([released], timeout=0.3)
        assert not done
    assert await released
    (again,) = await lease(database, "b", ["slack"])
    assert len(await take(database, [again])) == 1


async def test_turns_are_taken_in_order_and_no_more_than_asked(database, leased, subscribe, plan, clock):
    lane, _ = await leased("a")
    for number in (3, 2):
        await subscribe(f"U{number}", next_at=clock.now - number)
    await plan()
    assert [each.target_id for each in await take(database, [lane])] == ["U3", "U2", "U1"]
    assert [each.target_id for each in await take(database, [lane], limit=1)] == ["U3"]


async def test_the_next_holder_finds_what_the_last_had_begun(database, leased, begin, clock):
    lane, delivery = await leased("a")
    await begin(lane, delivery)
    clock.now += LEASE_MS + 1
    (taken,) = await lease(database, "b", ["slack"])
    (doubtful,) = await take_over(database, [taken])
    assert (doubtful.key, doubtful.state, doubtful.attempts) == (delivery.key, State.SENDING, 1)
    assert await take(database, [taken]) == ()


async def test_a_lane_is_looked_at_again_while_a_send_in_it_is_not_ended(database, leased, begin, clock):
    lane, delivery = await leased("a")
    await begin(lane, delivery)
    await release(database, [Release(lane)])
    clock.now += LEASE_MS
    (taken,) = await lease(database, "b", ["slack"])
    assert len(await take_over(database, [taken])) == 1
