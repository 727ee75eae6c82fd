"""Subscriptions: set up, changed, paused, ended, all by `put`. Each function is one transaction.

Two people may change one at the same time, so each change names the version it was made from, and of two
from the same version the second finds that it was too late. Rows are locked in one order everywhere:
subscriptions, their workspace, deliveries.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.records import State, Status, Subscription, TargetKind, WorkspaceStatus
from bot.store.tables import delivery, insert_into, is_in, subscription, workspace

_TARGET = ("workspace_id", "target_kind", "target_id")
_SETTINGS = (
    *("tz", "minute", "days_mask", "set_up_by", "status", "pace", "paused_until", "until_on"),
    *("asked", "next_side", "next_at", "next_on"),
)
"""What a change may set; the rest is counted by what happens."""


async def put(database: Database, wanted: Subscription) -> Subscription | None:
    """Set up a subscription, or change the one of this target: all settings, or none of them.

    Whatever waits to be sent is dropped when the subscription is not on any more. In a workspace that is
    stopped tips can be paused and ended, but nothing that makes them come can be kept.

    Args:
        database: Where.
        wanted: With the version it was made from: 0 for a new one. Id and counts are not looked at.

    Returns:
        As it is stored now; None when somebody else was faster, and nothing was changed.

    Raises:
        StoreError: It cannot be stored, or the coach is not installed there any more, or is stopped.
    """
    async with database.writing() as connection:
        row = await _upsert(connection, wanted)
        if row is None:
            return None
        status = await connection.scalar(
            select(workspace.c.status).where(workspace.c.id == wanted.workspace_id).with_for_update(read=True)
        )
        stored = read_row(row)
        _check(status, stored)
        if stored.status is not Status.ON:
            await _drop_waiting(connection, stored)
        return stored


async def find(
    database: Database, workspace_id: int, target_kind: TargetKind, target_id: str
) -> Subscription | None:
    """The subscription of a person or a channel, on or not; None where there never was one."""
    async with database.reading() as connection:
        rows = await connection.execute(
            select(subscription).where(*_of(workspace_id, target_kind, target_id))
        )
        row = rows.one_or_none()
    return read_row(row) if row else None


async def find_by_id(database: Database, workspace_id: int, subscription_id: int) -> Subscription | None:
    """The subscription that a button names; None where there is none of that id in this workspace."""
    wanted = and_(subscription.c.id == subscription_id, subscription.c.workspace_id == workspace_id)
    async with database.reading() as connection:
        row = (await connection.execute(select(subscription).where(wanted))).one_or_none()
    return read_row(row) if row else None


def _check(status: WorkspaceStatus | None, stored: Subscription) -> None:
    if status is WorkspaceStatus.STOPPED and stored.status is Status.ON:
        raise StoreError("Tips are stopped here, as our token is refused; nothing was changed.")
    if status not in {WorkspaceStatus.ACTIVE, WorkspaceStatus.STOPPED}:
        raise StoreError("The coach is not installed here any more; nothing was changed.")


def of_person(workspace_id: int, person: str) -> ColumnElement[bool]:
    """Whether a subscription is a person's own, or was set up by them."""
    own = and_(subscription.c.target_kind == TargetKind.PERSON, subscription.c.target_id == person)
    return and_(subscription.c.workspace_id == workspace_id, or_(own, subscription.c.set_up_by == person))


def read_row(row: Row[Any]) -> Subscription:
    """A row of the table as a value, whose fields are in the order of the columns but for the id."""
    id_, *settings = tuple(row)
    values: list[Any] = [*settings, id_]
    return Subscription(*values)


def _of(workspace_id: int, target_kind: TargetKind, target_id: str) -> list[ColumnElement[bool]]:
    values = (workspace_id, target_kind, target_id)
    return [subscription.c[name] == value for name, value in zip(_TARGET, values, strict=True)]


async def _upsert(connection: AsyncConnection, wanted: Subscription) -> Row[Any] | None:
    values = asdict(wanted)
    settings = {name: values[name] for name in _SETTINGS}
    statement: ReturningUpdate[Any] | ReturningInsert[Any]
    if wanted.version:
        target = _of(wanted.workspace_id, wanted.target_kind, wanted.target_id)
        same = update(subscription).where(*target, subscription.c.version == wanted.version)
        statement = same.values(**settings, version=wanted.version + 1).returning(subscription)
    else:
        begun = {name: values[name] for name in _TARGET} | {"cursor": 0, "unanswered": 0, "version": 1}
        new = insert_into(connection, subscription).values(**settings, **begun)
        statement = new.on_conflict_do_nothing(index_elements=_TARGET).returning(subscription)
    row: Row[Any] | None = (await connection.execute(statement)).one_or_none()
    return row


async def _drop_waiting(connection: AsyncConnection, stored: Subscription) -> None:
    waiting = and_(delivery.c.subscription_id == stored.id, is_in(State.PENDING))
    await connection.execute(
        update(delivery).where(waiting).values(state=State.SKIPPED, error=stored.status.value)
    )
