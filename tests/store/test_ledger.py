import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.coach.handbook import Side
from bot.store import history, ledger, subscriptions, workspaces
from bot.store.lanes import LEASE_SECONDS, lease
from bot.store.ledger import Intent, Result, Seen
from bot.store.records import Key, SeenTip, State, Status
from bot.store.turns import take, take_over

LEASE_MS = LEASE_SECONDS * 1000
TODAY = date(2026, 11, 23)
SEEN = Seen("a-tip", TODAY, 0, date(2026, 11, 25), Side.MANAGING)


async def test_an_intent_may_be_sent_and_is_begun(database, leased, begin, clock):
    lane, delivery = await leased()
    assert await begin(lane, delivery)
    (begun,) = await take_over(database, [lane])
    assert (begun.attempts, begun.attempt_token, begun.started_at) == (1, "first", clock.now)
    assert begun.content_id == "a-tip"


async def test_the_same_intent_written_twice_is_one_attempt(database, leased, begin):
    lane, delivery = await leased()
    assert await begin(lane, delivery)
    assert await begin(lane, delivery)
    assert (await take_over(database, [lane]))[0].attempts == 1


async def test_what_is_begun_is_not_begun_by_another_attempt(leased, begin):
    lane, delivery = await leased()
    assert await begin(lane, delivery, "first")
    assert not await begin(lane, delivery, "second")


async def test_an_intent_needs_a_lease_that_lasts(leased, begin, clock):
    lane, delivery = await leased()
    clock.now += LEASE_MS
    assert not await begin(lane, delivery)


@pytest.mark.parametrize("wrong", [{"owner": "b"}, {"epoch": 99}])
async def test_an_intent_needs_the_lease_of_whoever_asks(leased, begin, wrong):
    lane, delivery = await leased()
    assert not await begin(replace(lane, **wrong), delivery)


async def test_no_intent_is_written_once_a_peer_has_the_lane(database, leased, begin, clock):
    lane, delivery = await leased("a")
    clock.now += LEASE_MS + 1
    (taken,) = await lease(database, "b", ["slack"])
    assert not await begin(lane, delivery)
    assert await begin(taken, delivery)


async def test_sending_stops_with_a_token_that_is_refused(database, leased, begin):
    lane, delivery = await leased()
    await workspaces.stop(database, lane.workspace_id, lane.generation)
    assert not await begin(lane, delivery)


async def test_sending_stops_with_the_uninstall(database, leased, begin, clock):
    lane, delivery = await leased()
    await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    assert not await begin(lane, delivery)


async def test_sending_stops_with_the_subscription(database, leased, begin, pause):
    lane, delivery = await leased()
    known = await subscriptions.find_by_id(database, lane.workspace_id, delivery.key.subscription_id)
    await pause(known, Status.ENDED)
    assert not await begin(lane, delivery)


async def test_a_delivery_that_does_not_exist_may_not_be_sent(database, leased):
    lane, delivery = await leased()
    ghost = Key(delivery.key.subscription_id, date(2026, 11, 24))
    assert await ledger.write(database, [Intent(ghost, lane, "first", "a-tip")], []) == frozenset()


async def test_of_many_attempts_at_once_one_may_send(database, leased):
    lane, delivery = await leased()
    attempts = [[Intent(delivery.key, lane, str(number), "a-tip")] for number in range(8)]
    allowed = await asyncio.gather(*(ledger.write(database, each, []) for each in attempts))
    assert sum(len(each) for each in allowed) == 1


async def test_what_was_sent_is_not_taken_again(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, external_ts="1.5")
    assert await take(database, [lane]) == await take_over(database, [lane]) == ()
    assert not await begin(lane, delivery, "second")


async def test_a_failure_puts_back_with_a_later_turn(database, leased, begin, finish, clock):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, send_after=clock.now + 1_000, error="connect")
    assert await take(database, [lane]) == ()
    clock.now += 1_000
    (again,) = await take(database, [lane])
    assert (again.attempts, again.error) == (1, "connect")


async def test_being_told_to_wait_is_no_attempt(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, counted=False)
    assert (await take(database, [lane]))[0].attempts == 0


async def test_the_result_of_an_earlier_attempt_comes_too_late(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery, "first")
    await finish(delivery, "first", State.PENDING)
    await begin(lane, delivery, "second")
    await finish(delivery, "first", State.FAILED)
    assert (await take_over(database, [lane]))[0].attempt_token == "second"


@pytest.mark.parametrize("given_up", [State.PENDING, State.UNKNOWN])
async def test_a_message_that_did_arrive_is_told_even_by_a_former_holder(
    database, leased, begin, finish, given_up
):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=given_up)
    await finish(delivery, state=State.SENT)
    assert await take(database, [lane]) == ()
    assert not await begin(lane, delivery, "second")


async def test_a_doubt_can_be_given_up_while_it_waits_to_be_sent_once_more(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.PENDING, error=ledger.MAYBE)
    await finish(delivery, state=State.UNKNOWN, seen=SEEN)
    assert await take(database, [lane]) == ()
    assert len((await history.find_seen(database, [delivery.key.subscription_id]))[delivery.key[0]]) == 1


async def test_a_tip_that_was_sent_is_seen_and_counted_once(database, send, finish):
    lane, delivery = await send(seen=SEEN)
    await finish(delivery, seen=SEEN)
    of = delivery.key.subscription_id
    known = await subscriptions.find_by_id(database, lane.workspace_id, of)
    assert (known.cursor, known.unanswered, known.next_side) == (1, 1, Side.MANAGING)
    seen = SeenTip("a-tip", TODAY, recall_on=date(2026, 11, 25))
    assert await history.find_seen(database, [of]) == {of: (seen,)}


async def test_what_may_have_arrived_counts_as_seen_and_only_once(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.UNKNOWN, seen=SEEN)
    await finish(delivery, seen=SEEN)
    of = delivery.key.subscription_id
    known = await subscriptions.find_by_id(database, lane.workspace_id, of)
    assert (known.cursor, known.unanswered) == (1, 1)
    assert len((await history.find_seen(database, [of]))[of]) == 1


async def test_a_pace_that_was_told_is_kept_and_no_change_from_before_undoes_it(database, send):
    lane, delivery = await send(seen=replace(SEEN, pace=1))
    known = await subscriptions.find_by_id(database, lane.workspace_id, delivery.key.subscription_id)
    assert (known.pace, known.version) == (1, 2)
    assert await subscriptions.put(database, replace(known, version=1, pace=0)) is None


async def test_the_question_how_to_go_on_is_out_once_it_was_sent(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.FAILED, asked=True)
    of = delivery.key.subscription_id
    assert not (await subscriptions.find_by_id(database, lane.workspace_id, of)).asked


async def test_the_question_how_to_go_on_stays_out(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, asked=True)
    known = await subscriptions.find_by_id(database, lane.workspace_id, delivery.key.subscription_id)
    assert (known.asked, known.cursor, known.version) == (True, 0, 2)


async def test_a_tip_that_was_not_sent_is_not_seen(database, leased, begin, finish):
    lane, delivery = await leased()
    await begin(lane, delivery)
    await finish(delivery, state=State.FAILED, seen=SEEN)
    of = delivery.key.subscription_id
    assert await history.find_seen(database, [of]) == {of: ()}


async def test_intents_and_results_of_many_lanes_are_written_together(database, subscribe, plan):
    for number in range(3):
        other = await workspaces.ensure(database, "slack", f"T{number}")
        for person in range(2):
            await subscribe(f"U{person}", workspace_id=other.id)
    await plan()
    lanes = await lease(database, "a", ["slack"])
    ours = [(lane, each) for lane in lanes for each in await take(database, [lane])]
    intents = [Intent(each.key, lane, f"{each.key}", "a-tip") for lane, each in ours]
    results = [Result(intent.key, intent.token, State.SENT) for intent in intents]
    assert await ledger.write(database, intents[:3], []) == set(intents[:3])
    assert await ledger.write(database, intents[3:], results[:3]) == set(intents[3:])
    await ledger.write(database, [], results)
    assert [await take_over(database, [lane]) for lane in lanes] == [(), (), ()]


async def test_nothing_to_write_is_no_trouble(database):
    assert await ledger.write(database, [], []) == frozenset()
