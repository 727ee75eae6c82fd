import asyncio
from datetime import date

from bot.errors import DeliveryError, Refusal
from bot.store import workspaces
from bot.store.deliveries import postpone
from bot.store.lanes import LEASE_SECONDS, SOON_MS
from bot.store.ledger import MAYBE
from bot.store.records import Key, State, Status, TargetKind, WorkspaceStatus
from bot.tips.card import show_gone
from bot.tips.lanes import IN_FLIGHT
from bot.tips.verdict import RESEND_AFTER_MS

HOUR = 3_600_000
TODAY = date(2026, 11, 23)
LEASE_MS = LEASE_SECONDS * 1000
LOST = DeliveryError("reset", outcome_unknown=True)
AWAY = DeliveryError("no connection")
BUSY = DeliveryError("too fast", retry_after_seconds=30)


async def die(task):
    """End everything that runs, as a machine does."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(task, *others, return_exceptions=True)


async def test_what_was_not_sent_is_sent_again_after_a_while(world):
    await world.subscribe()
    world.platform.fails(AWAY)
    assert await world.tips.turn() == await world.tips.turn() == 0
    world.clock.now += 1_000
    assert await world.tips.turn() == 1
    assert world.tips.counts.retried == 1
    assert await world.states() == [(State.SENT, None)]


async def test_what_cannot_be_sent_for_hours_is_given_up(world):
    known = await world.subscribe()
    world.platform.fails(AWAY, times=100)
    for _ in range(60):
        await world.tips.turn()
        world.clock.now += 5 * 60_000
    assert await world.states() == [(State.SKIPPED, "late")]
    assert (await world.find(known)).unanswered == 0


async def test_a_workspace_that_is_told_to_wait_waits_as_long(world):
    await world.subscribe()
    await world.subscribe("U2", "T2")
    world.platform.fails(BUSY)
    assert await world.tips.turn() == 1
    world.clock.now += 29_999
    assert await world.tips.turn() == 0
    world.clock.now += 1
    assert await world.tips.turn() == 1
    assert (world.tips.counts.lane_waits, world.tips.counts.lane_wait_seconds) == (1, 30)


async def test_being_told_to_wait_halves_the_rate_of_the_workspace(world):
    await world.subscribe()
    world.platform.fails(BUSY)
    await world.tips.turn()
    assert (await workspaces.find(world.database, "slack", "T1")).rate == workspaces.RATE / 2


async def test_a_fault_of_ours_stops_no_other_message(world):
    await world.plan(2)
    world.platform.fails(ZeroDivisionError())
    await world.tips.turn()
    world.clock.now += HOUR
    await world.tips.turn()
    assert {post.target for post in world.posts} == {"U0", "U1"}


async def test_whoever_is_gone_is_paused(world):
    known = await world.subscribe()
    world.platform.fails(DeliveryError("user_disabled", permanent=Refusal.TARGET_GONE))
    await world.live(3)
    assert (await world.find(known)).status is Status.PAUSED
    assert await world.states() == [(State.FAILED, "target-gone")]
    assert (world.posts, world.tips.counts.dropped["target-gone"]) == ([], 1)


async def test_who_set_up_a_channel_is_told_once_that_it_is_gone(world):
    await world.subscribe("C1", kind=TargetKind.CHANNEL)
    world.platform.fails(DeliveryError("is_archived", permanent=Refusal.TARGET_GONE))
    await world.live(3)
    (post,) = world.posts
    assert (post.target, post.answer) == ("U1", show_gone())


async def test_who_set_up_a_channel_is_told_and_a_fault_in_that_stops_no_other_message(world):
    await world.subscribe("C1", kind=TargetKind.CHANNEL)
    for number in range(3):
        await world.subscribe(f"U{number + 5}")
    deliver = world.platform.deliver

    async def odd(delivery, answer):
        if delivery.target_id == "C1":
            raise DeliveryError("is_archived", permanent=Refusal.TARGET_GONE)
        if answer == show_gone():
            raise KeyError
        return await deliver(delivery, answer)

    world.platform.deliver = odd
    await world.tips.turn()
    world.clock.now += 5 * 60_000
    await world.tips.turn()
    assert {post.target for post in world.posts} == {"U5", "U6", "U7"}
    assert world.tips.counts.troubles == 1


async def test_a_refused_token_is_shown_to_the_platform_no_more_than_it_takes_to_hear_of_it(world):
    await world.plan(20)
    world.platform.fails(DeliveryError("token_revoked", permanent=Refusal.WORKSPACE_GONE), times=20)
    assert await world.tips.turn() == 0
    assert len(world.platform.faults) >= 20 - IN_FLIGHT


async def test_a_refused_token_stops_the_workspace_and_no_other(world):
    await world.plan(20)
    await world.subscribe("U1", "T2")
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(9)
    world.platform.fails(DeliveryError("token_revoked", permanent=Refusal.WORKSPACE_GONE), times=8)
    world.platform.gate.set()
    await turn
    assert (await workspaces.find(world.database, "slack", "T1")).status is WorkspaceStatus.STOPPED
    assert (await workspaces.find(world.database, "slack", "T2")).status is WorkspaceStatus.ACTIVE


async def test_an_uninstall_stops_what_is_not_on_its_way_yet(world):
    await world.plan(20)
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(8)
    await workspaces.uninstall(world.database, "slack", "T1", at=world.clock.now)
    world.platform.gate.set()
    await turn
    assert len(world.posts) == 8
    assert await world.states() == []


async def test_a_peer_goes_on_after_a_crash_and_sends_the_same_again(world):
    await world.subscribe()
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(1)
    await die(turn)
    world.platform.gate = None
    peer = world.replica("b")
    assert await peer.turn() == 0
    world.clock.now += LEASE_MS + 1
    await peer.turn()
    world.clock.now += SOON_MS
    assert await peer.turn() == 1
    assert await world.states() == [(State.SENT, MAYBE)]
    assert peer.counts.unknown == 1


async def test_what_a_crash_left_in_doubt_is_not_sent_hours_later(world):
    known = await world.subscribe()
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(1)
    await die(turn)
    world.platform.gate = None
    world.clock.now += 5 * HOUR
    assert await world.replica("b").turn() == 0
    assert await world.states() == [(State.UNKNOWN, MAYBE)]
    assert len(await world.history(known)) == 1


async def test_a_lane_that_was_lost_meanwhile_sends_nothing_more(world):
    await world.plan(20)
    world.platform.gate = asyncio.Event()
    turn = asyncio.create_task(world.tips.turn())
    await world.platform.holds(8)
    world.clock.now += LEASE_MS + 1
    other = asyncio.create_task(world.replica("b").turn())
    await world.platform.holds(16)
    world.platform.gate.set()
    await asyncio.gather(turn, other)
    world.clock.now += RESEND_AFTER_MS
    await world.tips.turn()
    assert len(world.platform.often) == 20
    assert set(world.platform.often.values()) == {1}


async def test_a_lane_without_luck_lets_its_platform_rest(world):
    await world.plan(20)
    world.platform.fails(AWAY, times=100)
    await world.tips.turn()
    assert len(world.platform.faults) >= 100 - 8 - 3
    assert {state for state, _ in await world.states()} == {State.PENDING}


async def test_a_tip_that_was_put_off_comes_again_and_counts_once(world):
    known = await world.subscribe()
    await world.tips.turn()
    key = Key(known.id, TODAY)
    assert await postpone(world.database, known.workspace_id, key, world.clock.now + 3 * HOUR)
    assert await world.tips.turn() == 0
    world.clock.now += 3 * HOUR
    assert await world.tips.turn() == 1
    assert world.posts[0].answer == world.posts[1].answer
    now = await world.find(known)
    assert (now.cursor, now.unanswered) == (1, 1)
