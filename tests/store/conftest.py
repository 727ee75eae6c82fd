"""Subscriptions, plans, lanes and sends, made in as few words as a test can say them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.store import ledger, planning, subscriptions, workspaces
from bot.store.lanes import lease
from bot.store.ledger import Intent, Result
from bot.store.planning import NewDelivery, Step
from bot.store.records import State, Status, Subscription, TargetKind
from bot.store.turns import take

NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
TODAY = date(2026, 11, 23)
DAY = 86_400_000


@pytest.fixture
async def workspace(database):
    return await workspaces.ensure(database, "slack", "T1")


@pytest.fixture
def wanted():
    """A subscription that is due now, of no workspace yet."""
    return Subscription(
        workspace_id=0,
        target_kind=TargetKind.PERSON,
        target_id="U1",
        tz="Europe/Lisbon",
        minute=480,
        days_mask=31,
        set_up_by="U1",
        next_at=NOW,
        next_on=TODAY,
    )


@pytest.fixture
def subscribe(database, workspace, wanted):
    """Sets one up in the workspace; its fields may be set by name."""

    async def set_up(target="U1", **fields):
        own = replace(wanted, workspace_id=workspace.id, target_id=target, set_up_by=target)
        return await subscriptions.put(database, replace(own, **fields))

    return set_up


@pytest.fixture
def pause(database):
    """Pauses a subscription, or gives it any other status, so that nothing of it is due."""

    async def change(known, status=Status.PAUSED):
        return await subscriptions.put(database, replace(known, status=status, next_at=None, next_on=None))

    return change


@pytest.fixture
def every_day():
    """The simplest plan: a tip for the day it is due, then the same hour of the next."""

    def step(subscription, _now):
        due_on, due_at = subscription.next_on, subscription.next_at
        return Step(NewDelivery(due_on, due_at, due_at), due_at + DAY, due_on + timedelta(days=1))

    return step


@pytest.fixture
def plan(database, every_day):
    async def take(how=every_day, limit=1000):
        return await planning.take_due(database, how, limit=limit)

    return take


@pytest.fixture
def leased(database, subscribe, plan):
    """A lane with one delivery that is due, and that delivery."""

    async def make(owner="a", **fields):
        await subscribe(**fields)
        await plan()
        (lane,) = await lease(database, owner, ["slack"])
        (delivery,) = await take(database, [lane])
        return lane, delivery

    return make


@pytest.fixture
def begin(database):
    """Writes an intent; whether it may be sent."""

    async def write(lane, delivery, attempt="first"):
        allowed = await ledger.write(database, [Intent(delivery.key, lane, attempt, "a-tip")], [])
        return bool(allowed)

    return write


@pytest.fixture
def finish(database):
    async def write(delivery, attempt="first", state=State.SENT, **fields):
        await ledger.write(database, [], [Result(delivery.key, attempt, state, **fields)])

    return write


@pytest.fixture
def send(leased, begin, finish):
    """A lane, and a delivery in it that has been sent."""

    async def make(seen=None, **fields):
        lane, delivery = await leased(**fields)
        assert await begin(lane, delivery)
        await finish(delivery, seen=seen)
        return lane, delivery

    return make
