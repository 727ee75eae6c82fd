"""What is asked by whoever watches over the tips: their operator, and the clock of the local workspace."""

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.records import Subscription, WorkspaceStatus
from bot.store.subscriptions import read_row
from bot.store.tables import subscription, workspace


async def next_turn_in(database: Database) -> int | None:
    """Milliseconds until the next tip is due or put off to, at most 0 when one is; None when none will be."""
    async with database.reading() as connection:
        due = await connection.scalar(select(func.min(subscription.c.next_at)))
        active = workspace.c.status == WorkspaceStatus.ACTIVE
        turn = await connection.scalar(select(func.min(workspace.c.next_at)).where(active))
        now = await database.now_ms(connection)
    instants = [int(instant) for instant in (due, turn) if instant is not None]
    return min(instants) - now if instants else None


async def find_for(database: Database, target_id: str) -> tuple[tuple[Subscription, ...], int]:
    """The subscriptions of a person or a channel in any workspace, and the time in UTC milliseconds."""
    wanted = select(subscription).where(subscription.c.target_id == target_id).order_by(subscription.c.id)
    async with database.reading() as connection:
        rows = (await connection.execute(wanted)).all()
        return tuple(read_row(row) for row in rows), await database.now_ms(connection)
