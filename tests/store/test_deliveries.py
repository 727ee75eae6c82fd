from datetime import date

from sqlalchemy import insert

from bot.coach.question import Aspect
from bot.store import deliveries, feedback, history, inbox, sweeping, workspaces
from bot.store.lanes import LEASE_SECONDS, Release, lease, release
from bot.store.ledger import Seen
from bot.store.records import Key, State, Status, WorkspaceStatus
from bot.store.tables import delivery
from bot.store.turns import take

DAY = 86_400_000
TODAY = date(2026, 11, 23)


async def test_an_event_is_claimed_once(database):
    assert await inbox.claim(database, "Ev1")
    assert not await inbox.claim(database, "Ev1")
    assert await inbox.claim(database, "Ev2")


async def test_verdicts_are_counted(database):
    for aspect in (Aspect.FULL, Aspect.FULL, Aspect.WHY):
        await feedback.count(database, "risk", aspect, "helped")
    assert await feedback.totals(database) == {
        ("risk", Aspect.FULL, "helped"): 2,
        ("risk", Aspect.WHY, "helped"): 1,
    }


async def test_a_reaction_is_kept(database, send, workspace):
    _, sent = await send(seen=Seen("a-tip", TODAY, 0, None))
    of = sent.key.subscription_id
    assert await history.react(database, workspace.id, of, "a-tip", "tried")
    assert (await history.find_seen(database, [of]))[of][0].reaction == "tried"


async def test_a_reaction_to_what_was_never_seen_changes_nothing(database, subscribe, workspace):
    known = await subscribe()
    other = await workspaces.ensure(database, "slack", "T2")
    assert not await history.react(database, workspace.id, known.id, "a-tip", "tried")
    assert not await history.react(database, other.id, known.id, "a-tip", "tried")


async def test_a_recall_question_keeps_what_was_said_and_a_new_round_does_not(
    database, leased, begin, finish, workspace
):
    lane, sent = await leased()
    of, reactions = sent.key.subscription_id, []
    for number, seen_on in enumerate((TODAY, TODAY, date(2027, 3, 1))):
        assert await begin(lane, sent, str(number))
        await finish(sent, str(number), seen=Seen("a-tip", seen_on, number, None))
        reactions.append((await history.find_seen(database, [of]))[of][0].reaction)
        await history.react(database, workspace.id, of, "a-tip", "tried")
        await deliveries.postpone(database, workspace.id, sent.key, 0)
    assert reactions == [None, "tried", None]


async def test_a_tip_that_has_arrived_can_be_put_off_to_later_that_day(database, send, workspace, clock):
    lane, sent = await send()
    await release(database, [Release(lane)])
    assert await deliveries.postpone(database, workspace.id, sent.key, clock.now + 1_000)
    assert not await deliveries.postpone(database, workspace.id, sent.key, clock.now + 2_000)
    assert await lease(database, "b", ["slack"]) == ()
    clock.now += 1_000
    (again,) = await lease(database, "b", ["slack"])
    (later,) = await take(database, [again])
    assert (later.content_id, later.due_at) == ("a-tip", clock.now)


async def test_nobody_puts_off_a_tip_of_another_workspace(database, send):
    lane, sent = await send()
    other = await workspaces.ensure(database, "slack", "T2")
    assert not await deliveries.postpone(database, other.id, sent.key, 0)
    assert not await deliveries.postpone(database, lane.workspace_id, Key(99, TODAY), 0)


async def test_everything_is_counted_by_workspace(database, send, subscribe, clock):
    await subscribe("U2", status=Status.PAUSED, next_at=None)
    await send(next_at=clock.now - deliveries.LATE_MS - 1)
    (counts,) = await deliveries.count(database, TODAY)
    assert (counts.external_id, counts.status) == ("T1", WorkspaceStatus.ACTIVE)
    assert counts.subscriptions == {Status.ON: 1, Status.PAUSED: 1}
    assert (counts.deliveries, counts.late) == ({State.SENT: 1}, 1)
    assert (await deliveries.count(database, date(2026, 11, 24)))[0].deliveries == {}


async def test_a_sweep_finds_nothing_where_all_is_well(database, leased):
    await leased()
    assert await sweeping.wake_overlooked(database) == 0


async def test_a_sweep_wakes_a_workspace_that_was_overlooked(database, workspace, subscribe, clock):
    known = await subscribe()
    async with database.writing() as connection:
        row = {"subscription_id": known.id, "due_on": TODAY, "workspace_id": workspace.id}
        instants = {"due_at": clock.now, "send_after": clock.now}
        await connection.execute(insert(delivery).values(**row, **instants, state=State.PENDING))
    assert await lease(database, "a", ["slack"]) == ()
    assert await sweeping.wake_overlooked(database) == 1
    assert len(await lease(database, "a", ["slack"])) == 1


async def test_a_sweep_does_not_cut_short_a_pause_that_the_platform_asked_for(database, leased, clock):
    lane, _ = await leased()
    await release(database, [Release(lane, not_before=clock.now + 1_000)])
    assert await sweeping.wake_overlooked(database) == 0


async def test_a_stopped_workspace_is_woken_when_it_is_installed_anew(database, leased, workspace, clock):
    await leased()
    await workspaces.stop(database, workspace.id, workspace.generation)
    clock.now += LEASE_SECONDS * 1000 + 1
    assert await sweeping.wake_overlooked(database) == 0
    await workspaces.install(database, "slack", "T1")
    assert len(await lease(database, "a", ["slack"])) == 1


async def test_what_is_old_is_forgotten_and_nothing_else(database, leased, clock):
    await leased()
    await inbox.claim(database, "Ev1")
    clock.now += 2 * DAY
    assert await sweeping.prune(database) == 0
    clock.now += 1
    assert await sweeping.prune(database) == 1
    clock.now += (sweeping.KEPT_DAYS - 2) * DAY
    assert await sweeping.prune(database) == 0
    clock.now += DAY
    assert await sweeping.prune(database) == 1


async def test_what_is_not_to_be_sent_any_more_is_written_off(database, leased):
    lane, delivery = await leased()
    assert await deliveries.skip(database, [delivery], "late") == 1
    assert await take(database, [lane]) == ()
    assert (
        await deliveries.skip(database, [delivery], "late")
        == await deliveries.skip(database, [], "late")
        == 0
    )


async def test_what_was_put_off_is_not_written_off(database, send, workspace, clock):
    lane, delivery = await send()
    await deliveries.postpone(database, workspace.id, delivery.key, clock.now + 1)
    clock.now += 1
    assert await deliveries.skip(database, [delivery], "late") == 0
    assert len(await take(database, [lane])) == 1
