"""The planner's transaction: what is due becomes a delivery, and its subscription moves on.

Any replica may plan. Rows that another one holds are passed over, and the delivery's key, a subscription
and a day, refuses a second tip whatever clocks and zones did.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.bulk import Bulk, Column
from bot.store.columns import IsoDate, Named
from bot.store.database import Database, Glance
from bot.store.records import Delivery, State, Status, Subscription, WorkspaceStatus
from bot.store.subscriptions import read_row
from bot.store.tables import INSERTS, delivery, is_in, subscription, workspace


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A tip to be sent, or one that is written off at once."""

    due_on: date
    due_at: int
    send_after: int
    """From when on its turn is."""
    content_id: str | None = None
    skipped: str | None = None
    """Why it is not sent at all, in a word, such as `late`."""


@dataclass(frozen=True, slots=True)
class Step:
    """What follows for a subscription that is due."""

    delivery: NewDelivery | None
    next_at: int | None
    """When it is due again; None while it is not."""
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those of one workspace who are due at the same instant."""

    receivers: int
    rate: float
    """Messages a second that the workspace takes."""
    status: WorkspaceStatus


Plan = Callable[[Subscription, int], Step]
"""What follows for a subscription, given the time in UTC milliseconds: a pure function."""

_DUE = (
    select(subscription)
    .where(subscription.c.next_at <= bindparam("now"))
    .order_by(subscription.c.next_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_STEP: dict[str, Column] = {"of": BigInteger, "at": BigInteger, "on": Text}
_NEW: dict[str, Column] = {
    "subscription_id": BigInteger,
    "due_on": Text,
    "workspace_id": BigInteger,
    "due_at": BigInteger,
    "send_after": BigInteger,
    "state": BigInteger,
    "content_id": Text,
    "error": Text,
}
_WOKEN: dict[str, Column] = {"of": BigInteger, "at": BigInteger}


def _moves(_: str, given: FromClause) -> Executable:
    # Whoever is due is on: a pause with an end is over then.
    on = {"status": literal(Status.ON, Named(Status)), "paused_until": None}
    return (
        update(subscription)
        .where(subscription.c.id == given.c.of)
        .values(next_at=given.c.at, next_on=given.c.on, **on)
    )


def _news(dialect: str, given: FromClause) -> Executable:
    rows = select(*(given.c[name] for name in _NEW)).where(true())
    return INSERTS[dialect](delivery).from_select(list(_NEW), rows).on_conflict_do_nothing()


def _wakes(_: str, given: FromClause) -> Executable:
    # The row is rewritten even where its instant stays: whoever gives the lane back meanwhile has to wait for
    # us, and then sees what we have planned.
    at = case(
        (workspace.c.next_at <= given.c.at, workspace.c.next_at),
        (workspace.c.not_before > given.c.at, workspace.c.not_before),
        else_=given.c.at,
    )
    return update(workspace).where(workspace.c.id == given.c.of).values(next_at=at)


_MOVE_ON, _DELIVER, _WAKE = Bulk(_STEP, _moves), Bulk(_NEW, _news), Bulk(_WOKEN, _wakes)
_LOCK = (
    select(workspace.c.id)
    .where(workspace.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(workspace.c.id)
    .with_for_update()
)


def _due_by(now: ColumnElement[int]) -> Select[tuple[int]]:
    due = select(subscription.c.id).where(subscription.c.next_at <= now)
    return due.order_by(subscription.c.next_at).limit(1)  # in an order, or a server goes through the table


_ANY_DUE = Glance(_due_by)
_BY = (subscription.c.workspace_id, subscription.c.next_at)
_OF = (workspace.c.rate, workspace.c.status)
_CROWDS = (
    select(*_BY, func.count(), *_OF)
    .join(workspace, workspace.c.id == subscription.c.workspace_id)
    .where(subscription.c.next_at <= bindparam("now"))
    .group_by(*_BY, *_OF)
)


async def take_due(database: Database, plan: Plan, *, limit: int = 1000) -> int:
    """Plan what is due by now, the longest due first, and wake the workspaces it is for.

    Args:
        database: Where.
        plan: Called once for each; must neither wait nor raise.
        limit: How many at most.

    Returns:
        How many were due; as many as the limit means that there may be more.
    """
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        rows = (await connection.execute(_DUE, {"now": now, "limit": limit})).all()
        if not rows:
            return 0
        due = [read_row(row) for row in rows]
        steps = [plan(each, now) for each in due]
        await _deliver(connection, due, steps)
        await _move_on(connection, due, steps)
        await wake(connection, _first_turns(due, steps))
        return len(due)


async def put_back(database: Database, waiting: Collection[Delivery], delay_ms: int) -> None:
    """Leave what waits to be sent alone for some milliseconds more."""
    waits = and_(
        delivery.c.subscription_id == bindparam("of"),
        delivery.c.due_on == bindparam("day", type_=IsoDate),
        is_in(State.PENDING),
    )
    rows = [{"of": each.key.subscription_id, "day": each.key.due_on} for each in waiting]
    async with database.writing() as connection:
        until = await database.now_ms(connection) + delay_ms
        await connection.execute(update(delivery).where(waits).values(send_after=until), rows)


async def next_due_in(database: Database) -> int | None:
    """Milliseconds until the next is due, at most 0 when one is; None when none will be."""
    async with database.reading() as connection:
        asked = select(func.min(subscription.c.next_at), database.now_column())
        first, now = (await connection.execute(asked)).one()
        return None if first is None else int(first) - int(now)


async def find_crowds(database: Database) -> dict[tuple[int, int], Crowd]:
    """Who is due by now, counted by workspace and instant."""
    if not await database.glance(_ANY_DUE, {}):
        return {}  # as mostly
    async with database.reading() as connection:
        rows = await connection.execute(_CROWDS, {"now": await database.now_ms(connection)})
        return {(of, at): Crowd(receivers, rate, status) for of, at, receivers, rate, status in rows}


async def wake(connection: AsyncConnection, turns: dict[int, int]) -> None:
    """See that each workspace is looked at by this instant, or as soon as its platform lets us."""
    if turns:  # locked in order of id, as by whoever locks several of them
        await connection.execute(_LOCK, {"ids": sorted(turns)})
        await _WAKE.execute(connection, list(turns.items()))


async def _deliver(connection: AsyncConnection, due: Sequence[Subscription], steps: Sequence[Step]) -> None:
    rows = [_row(each, step.delivery) for each, step in zip(due, steps, strict=True) if step.delivery]
    if rows:
        await _DELIVER.execute(connection, rows)


def _row(of: Subscription, new: NewDelivery) -> tuple[object, ...]:
    state = State.SKIPPED if new.skipped else State.PENDING
    at = (new.due_at, new.send_after)
    return (of.id, new.due_on, of.workspace_id, *at, state, new.content_id, new.skipped)


async def _move_on(connection: AsyncConnection, due: Sequence[Subscription], steps: Sequence[Step]) -> None:
    rows = [(each.id, step.next_at, step.next_on) for each, step in zip(due, steps, strict=True)]
    await _MOVE_ON.execute(connection, rows)


def _first_turns(due: Sequence[Subscription], steps: Sequence[Step]) -> dict[int, int]:
    """By workspace, when the first of its new deliveries may be sent."""
    turns: dict[int, int] = {}
    for each, step in zip(due, steps, strict=True):
        if step.delivery and not step.delivery.skipped:
            first = turns.get(each.workspace_id, step.delivery.send_after)
            turns[each.workspace_id] = min(first, step.delivery.send_after)
    return turns
