"""Several replicas at once on one database: planning, sending, changing and uninstalling get on together."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.store import ledger, people, planning, subscriptions, workspaces
from bot.store.database import Database
from bot.store.lanes import Release, lease, release, renew
from bot.store.ledger import Intent, Result, Seen
from bot.store.records import State
from bot.store.sweeping import wake_overlooked
from bot.store.tables import delivery
from bot.store.turns import take

WORKSPACES, PEOPLE, DAYS = 6, 8, 3
DAY = 86_400_000


@pytest.fixture
async def replicas(address, clock):
    """Three that share a database, each with connections of its own."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Database(address, clock=clock)) for _ in range(3)]


@pytest.fixture
def fill(wanted):
    """Sets up a few people in a few workspaces, all of them due."""

    async def set_up(database):
        made = [await workspaces.ensure(database, "slack", f"T{number}") for number in range(WORKSPACES)]
        for workspace in made:
            for number in range(PEOPLE):
                person = replace(wanted, workspace_id=workspace.id, target_id=f"U{number}", set_up_by="")
                await subscriptions.put(database, person)
        return made

    return set_up


async def send_all(database, owner, sent):
    """One round of a replica: what it may send, it sends."""
    lanes = await lease(database, owner, ["slack"], limit=2)
    lanes = await renew(database, owner, lanes)
    by_id = {lane.workspace_id: lane for lane in lanes}
    turns = await take(database, lanes)
    intents = [
        Intent(each.key, by_id[each.workspace_id], f"{owner} {by_id[each.workspace_id].epoch}", "a-tip")
        for each in turns
    ]
    allowed = await ledger.write(database, intents, [])
    sent.update(each.key for each in allowed)
    await ledger.write(database, [], [_sent(each) for each in allowed])
    await release(database, [Release(lane) for lane in lanes])


def _sent(intent):
    return Result(intent.key, intent.token, State.SENT, seen=Seen("a-tip", intent.key.due_on, 0, None))


async def run(replicas, rounds, every_day, sent):
    async def work(number, database):
        for _ in range(rounds):
            await planning.take_due(database, every_day, limit=7)
            await send_all(database, str(number), sent)

    await asyncio.gather(*(work(number, database) for number, database in enumerate(replicas)))


async def test_every_tip_is_sent_once_by_whichever_replica(replicas, fill, every_day, clock):
    sent = Counter()
    await fill(replicas[0])
    for _ in range(DAYS):
        await run(replicas, 8, every_day, sent)
        assert await wake_overlooked(replicas[0]) == 0
        clock.now += DAY
    assert len(sent) == WORKSPACES * PEOPLE * DAYS
    assert set(sent.values()) == {1}


async def test_whoever_leaves_meanwhile_takes_their_rows_along_and_nobody_elses(
    replicas, fill, every_day, clock
):
    sent = Counter()
    made = await fill(replicas[0])
    gone, left = made[0], made[1]
    await asyncio.gather(
        run(replicas, 8, every_day, sent),
        workspaces.uninstall(replicas[1], "slack", gone.external_id, at=clock.now),
        people.forget(replicas[2], left.id, "U0"),
    )
    async with replicas[0].reading() as connection:
        of = (await connection.execute(select(delivery.c.workspace_id))).scalars().all()
    assert set(Counter(of).values()) == {PEOPLE - 1, PEOPLE}
    assert gone.id not in of
    assert set(sent.values()) == {1}
