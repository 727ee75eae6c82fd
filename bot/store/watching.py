"""What is asked by whoever watches over the tips: their operator, and the clock of the local workspace."""

from dataclasses import dataclass

from sqlalchemy import and_, case, exists, func, literal, select

from bot.store.columns import Flag
from bot.store.database import Database
from bot.store.records import State, Status, Subscription, WorkspaceStatus
from bot.store.subscriptions import read_row
from bot.store.tables import delivery, is_in, subscription, workspace


@dataclass(frozen=True, slots=True)
class Resting:
    """Whose tips do not come as things are, and whether that is so anywhere."""

    asked: bool
    """The question how to go on is out."""
    paused: bool
    """Without an end."""
    stopped: bool
    """In a workspace where nothing may be sent."""


async def next_turn_in(database: Database) -> int | None:
    """Milliseconds until the next tip is due or put off to, at most 0 when one is; None when none will be.

    What waits for an answer how to go on is not due, whatever was planned for it.
    """
    active = and_(workspace.c.id == subscription.c.workspace_id, workspace.c.status == WorkspaceStatus.ACTIVE)
    wanted = and_(
        subscription.c.next_at.is_not(None), subscription.c.asked == literal(value=False, type_=Flag())
    )
    # In the order of the index, so that the first that counts is the last looked at.
    due = select(subscription.c.next_at).where(wanted, exists().where(active))
    lane = case(
        (workspace.c.not_before > delivery.c.send_after, workspace.c.not_before), else_=delivery.c.send_after
    )
    waiting = and_(workspace.c.id == delivery.c.workspace_id, workspace.c.status == WorkspaceStatus.ACTIVE)
    turn = select(func.min(lane)).where(waiting, is_in(State.PENDING))
    async with database.reading() as connection:
        first = await connection.scalar(due.order_by(subscription.c.next_at).limit(1))
        sent = await connection.scalar(turn)
        now = await database.now_ms(connection)
    instants = [int(instant) for instant in (first, sent) if instant is not None]
    return min(instants) - now if instants else None


async def find_resting(database: Database) -> Resting:
    """Why no tip will be due, where `next_turn_in` knows of none."""
    stopped = and_(
        workspace.c.id == subscription.c.workspace_id, workspace.c.status != WorkspaceStatus.ACTIVE
    )
    paused = and_(subscription.c.status == Status.PAUSED, subscription.c.next_at.is_(None))
    kinds = (subscription.c.asked == literal(value=True, type_=Flag()), paused, exists().where(stopped))
    live = subscription.c.status != Status.ENDED
    async with database.reading() as connection:
        found = [await connection.scalar(select(exists().where(live, kind))) for kind in kinds]
    return Resting(*map(bool, found))


async def find_for(database: Database, target_id: str) -> tuple[tuple[Subscription, ...], int]:
    """The subscriptions of a person or a channel in any workspace, and the time in UTC milliseconds."""
    wanted = select(subscription).where(subscription.c.target_id == target_id).order_by(subscription.c.id)
    async with database.reading() as connection:
        rows = (await connection.execute(wanted)).all()
        return tuple(read_row(row) for row in rows), await database.now_ms(connection)
