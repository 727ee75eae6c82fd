import asyncio
from datetime import date

import pytest
from sqlalchemy import func, select, update

from bot.coach.question import Role
from bot.store import history, ledger, people, subscriptions, sweeping, workspaces
from bot.store.lanes import lease
from bot.store.ledger import Result, Seen
from bot.store.records import Person, State, WorkspaceStatus
from bot.store.tables import delivery, person, subscription, tip_seen
from bot.store.tables import workspace as workspace_table

SECOND = 1_000


async def rows(database):
    """How many rows there are that belong to some workspace."""
    async with database.reading() as connection:
        return [
            await connection.scalar(select(func.count()).select_from(table))
            for table in (subscription, delivery, tip_seen, person)
        ]


@pytest.fixture
async def lively(database, send, workspace):
    """A workspace with something in every table."""
    await send(seen=Seen("a-tip", date(2026, 11, 23), 0, None))
    await people.put(database, Person(workspace.id, "U1", Role.EXECUTIVE))
    assert await rows(database) == [1, 1, 1, 1]
    return workspace


async def test_a_workspace_is_made_once_however_many_ask(database, clock):
    made = await asyncio.gather(*(workspaces.ensure(database, "slack", "T1") for _ in range(5)))
    assert len({each.id for each in made}) == 1
    assert (made[0].status, made[0].generation, made[0].installed_at) == (
        WorkspaceStatus.ACTIVE,
        1,
        clock.now,
    )
    assert await workspaces.find(database, "slack", "T1") == made[0]


async def test_a_workspace_nobody_heard_of_is_not_found(database, workspace):
    assert await workspaces.find(database, "teams", workspace.external_id) is None


async def keep_token(database, of):
    """A token in the table, as an encrypted one would lie there."""
    async with database.writing() as connection:
        change = update(workspace_table).where(workspace_table.c.id == of.id)
        await connection.execute(change.values(token_ct=b"\0secret", key_id="k1"))


async def test_a_new_installation_begins_without_the_token_of_the_last(database, workspace):
    await keep_token(database, workspace)
    assert (await workspaces.find(database, "slack", "T1")).token_ct == b"\0secret"
    newer = await workspaces.install(database, "slack", "T1")
    assert (newer.generation, newer.token_ct, newer.key_id) == (workspace.generation + 1, None, None)


async def test_an_uninstalled_workspace_keeps_nothing_but_that_it_was_here(database, lively, clock):
    await keep_token(database, lively)
    assert await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    gone = await workspaces.find(database, "slack", "T1")
    assert (gone.status, gone.generation, gone.token_ct) == (
        WorkspaceStatus.GONE,
        lively.generation + 1,
        None,
    )
    assert await rows(database) == [0, 0, 0, 0]


@pytest.mark.usefixtures("lively")
async def test_another_workspace_is_not_touched(database, clock):
    await workspaces.ensure(database, "slack", "T2")
    assert await workspaces.uninstall(database, "slack", "T2", at=clock.now)
    assert await rows(database) == [1, 1, 1, 1]


async def test_an_uninstalled_workspace_is_leased_to_nobody(database, leased, clock):
    lane, _ = await leased()
    await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    clock.now += 3600 * SECOND
    assert await lease(database, "b", ["slack"]) == ()
    assert lane.generation == 1


@pytest.mark.usefixtures("workspace")
async def test_uninstalling_twice_is_once(database, clock):
    assert await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    assert not await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    assert not await workspaces.uninstall(database, "slack", "T9", at=clock.now)


@pytest.mark.usefixtures("lively")
async def test_an_uninstall_from_before_the_installation_is_not_followed(database, clock):
    clock.now += 10 * SECOND
    await workspaces.install(database, "slack", "T1")
    assert not await workspaces.uninstall(database, "slack", "T1", at=clock.now - SECOND)
    assert await rows(database) == [1, 1, 1, 1]


async def test_an_uninstall_in_the_second_of_the_installation_is_followed(database, clock):
    clock.now += 900
    await workspaces.install(database, "slack", "T1")
    assert await workspaces.uninstall(database, "slack", "T1", at=clock.now - 900)


async def test_a_new_installation_begins_afresh(database, lively, subscribe, clock):
    await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    clock.now += SECOND
    again = await workspaces.install(database, "slack", "T1")
    assert (again.id, again.status, again.installed_at) == (lively.id, WorkspaceStatus.ACTIVE, clock.now)
    assert (await subscribe()).id > 1  # no id comes back, so no old button opens something new


async def test_a_refused_token_stops_its_own_generation_alone(database, workspace):
    await workspaces.install(database, "slack", "T1")
    assert not await workspaces.stop(database, workspace.id, workspace.generation)
    assert await workspaces.stop(database, workspace.id, workspace.generation + 1)
    assert (await workspaces.find(database, "slack", "T1")).status is WorkspaceStatus.STOPPED
    again = await workspaces.install(database, "slack", "T1")
    assert again.status is WorkspaceStatus.ACTIVE


async def test_a_result_that_comes_after_the_uninstall_brings_nothing_back(database, leased, begin, clock):
    lane, sent = await leased()
    await begin(lane, sent)
    await workspaces.uninstall(database, "slack", "T1", at=clock.now)
    late = Result(sent.key, "first", State.SENT, seen=Seen("a-tip", sent.key.due_on, 0, None))
    await ledger.write(database, [], [late])
    assert await rows(database) == [0, 0, 0, 0]
    assert await subscriptions.find_by_id(database, lane.workspace_id, sent.key.subscription_id) is None
    assert not await history.react(database, lane.workspace_id, sent.key.subscription_id, "a-tip", "tried")


async def test_uninstalling_amid_planning_and_sending_leaves_nothing(
    database, subscribe, plan, leased, clock
):
    lane, sent = await leased()
    for number in range(2, 30):
        await subscribe(f"U{number}")
    writes = [ledger.write(database, [], [Result(sent.key, "x", State.SENT)]) for _ in range(5)]
    plans = [plan(limit=5) for _ in range(5)]
    await asyncio.gather(*plans, workspaces.uninstall(database, "slack", "T1", at=clock.now), *writes)
    assert await rows(database) == [0, 0, 0, 0]
    assert lane.epoch == 1


async def test_a_stopped_workspace_is_erased_within_a_day(database, send, clock):
    await send()
    known = await workspaces.find(database, "slack", "T1")
    await workspaces.stop(database, known.id, known.generation)
    clock.now += workspaces.STOPPED_MS
    await sweeping.prune(database)
    assert (await workspaces.find(database, "slack", "T1")).status is WorkspaceStatus.STOPPED
    clock.now += 1
    await sweeping.prune(database)
    assert (await workspaces.find(database, "slack", "T1")).status is WorkspaceStatus.GONE
    assert (await history.find_readers(database, [1]))[0] == {}


async def test_a_workspace_that_was_installed_anew_is_not_erased(database, send, clock):
    await send()
    known = await workspaces.find(database, "slack", "T1")
    await workspaces.stop(database, known.id, known.generation)
    await workspaces.install(database, "slack", "T1")
    clock.now += 2 * workspaces.STOPPED_MS
    await sweeping.prune(database)
    assert (await workspaces.find(database, "slack", "T1")).status is WorkspaceStatus.ACTIVE
    assert (await history.find_readers(database, [1]))[0]
