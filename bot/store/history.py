"""Which tips a subscription has got, and what its people said to them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import BindParameter, and_, bindparam, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.records import SeenTip, Subscription
from bot.store.subscriptions import read_row
from bot.store.tables import subscription, tip_seen


@dataclass(frozen=True, slots=True)
class Reader:
    """A subscription, and the tips that it has got, in the order they were seen."""

    subscription: Subscription
    seen: tuple[SeenTip, ...]


_THESE: BindParameter[int] = bindparam("ids", expanding=True)
_SUBSCRIPTIONS = select(subscription).where(subscription.c.id.in_(_THESE))
_SEEN = (
    select(tip_seen)
    .where(tip_seen.c.subscription_id.in_(_THESE))
    .order_by(tip_seen.c.seen_on, tip_seen.c.tip_id)
)


async def find_readers(database: Database, ids: Collection[int]) -> tuple[dict[int, Reader], int]:
    """Those of these subscriptions that are there, by id; and the time in UTC milliseconds."""
    async with database.reading() as connection:
        now = await database.now_ms(connection)
        rows = (await connection.execute(_SUBSCRIPTIONS, {"ids": list(ids)})).all()
        seen = await _seen(connection, ids)
    return {row.id: Reader(read_row(row), seen[row.id]) for row in rows}, now


async def find_seen(database: Database, subscription_ids: Collection[int]) -> dict[int, tuple[SeenTip, ...]]:
    """The tips that each of these has got, in the order they were seen; every one asked for is there."""
    async with database.reading() as connection:
        return await _seen(connection, subscription_ids)


async def _seen(connection: AsyncConnection, ids: Collection[int]) -> dict[int, tuple[SeenTip, ...]]:
    found: dict[int, list[SeenTip]] = {each: [] for each in ids}
    for of, *columns in await connection.execute(_SEEN, {"ids": list(ids)}):
        found[of].append(SeenTip(*columns))
    return {of: tuple(seen) for of, seen in found.items()}


async def react(
    database: Database, workspace_id: int, subscription_id: int, tip_id: str, reaction: str
) -> bool:
    """Keep what was said to a tip; nothing is unanswered then.

    Returns:
        Whether this subscription of this workspace has got the tip; else nothing is changed.
    """
    ours = and_(subscription.c.id == subscription_id, subscription.c.workspace_id == workspace_id)
    seen = and_(tip_seen.c.subscription_id == subscription_id, tip_seen.c.tip_id == tip_id)
    async with database.writing() as connection:
        answered = await connection.execute(
            update(subscription).where(ours, exists().where(seen)).values(unanswered=0)
        )
        if answered.rowcount != 1:
            return False
        await connection.execute(update(tip_seen).where(seen).values(reaction=reaction))
        return True
