"""What is done now and then by any replica: waking what was overlooked, forgetting what is old."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Delete, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.planning import wake
from bot.store.records import State, WorkspaceStatus
from bot.store.tables import delivery, inbox, is_in, subscription, thread, workspace
from bot.store.threads import LIFETIME_SECONDS
from bot.store.workspaces import erase_stopped

KEPT_DAYS = 35
"""How long it is known what was sent."""
INBOX_MS = 2 * 86_400_000
"""How long an event is known as seen; platforms repeat theirs for about an hour."""
_A_STRETCH = 5_000
"""Subscriptions looked through in one transaction, so that nobody waits long for it."""


async def wake_overlooked(database: Database) -> int:
    """Wake every workspace that has something due, or a send that nobody ended, and that nobody looks at.

    Nothing should be found: it is the net beneath the planner and the lanes.
    """
    here = delivery.c.workspace_id == workspace.c.id
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        due = exists().where(here, is_in(State.PENDING), delivery.c.send_after <= now)
        begun = exists().where(here, is_in(State.SENDING))
        overlooked = (
            select(workspace.c.id)
            .where(
                workspace.c.status == WorkspaceStatus.ACTIVE,
                or_(workspace.c.next_at.is_(None), workspace.c.next_at > now),
                and_(workspace.c.not_before <= now, workspace.c.lease_until < now),
                or_(due, begun),
            )
            .order_by(workspace.c.id)
            .with_for_update(skip_locked=True, of=workspace)
        )
        found = (await connection.execute(overlooked)).scalars().all()
        await wake(connection, dict.fromkeys(found, now))
        return len(found)


async def prune(database: Database) -> int:
    """Forget deliveries older than 35 days, events older than two, threads older than one; says how many.

    Workspaces that have been stopped for a day are erased with them.
    """
    await erase_stopped(database)
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        count = await _delete(connection, delete(inbox).where(inbox.c.at < now - INBOX_MS))
        over = now - int(LIFETIME_SECONDS * 1000)
        count += await _delete(connection, delete(thread).where(thread.c.at <= over))
        last = await connection.scalar(select(func.max(subscription.c.id))) or 0
    oldest = (datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=KEPT_DAYS)).date()
    for first in range(0, last, _A_STRETCH):
        stretch = and_(delivery.c.subscription_id > first, delivery.c.subscription_id <= first + _A_STRETCH)
        async with database.writing() as connection:
            count += await _delete(connection, delete(delivery).where(stretch, delivery.c.due_on < oldest))
    return count


async def _delete(connection: AsyncConnection, old: Delete) -> int:
    return (await connection.execute(old)).rowcount
