"""Which tips a subscription has got, and what its people said to them."""

from collections.abc import Collection

from sqlalchemy import and_, exists, select, update

from bot.store.database import Database
from bot.store.records import SeenTip
from bot.store.tables import subscription, tip_seen


async def find_seen(database: Database, subscription_ids: Collection[int]) -> dict[int, tuple[SeenTip, ...]]:
    """The tips that each of these has got, in the order they were seen; every one asked for is there."""
    found: dict[int, list[SeenTip]] = {each: [] for each in subscription_ids}
    async with database.reading() as connection:
        rows = await connection.execute(
            select(tip_seen)
            .where(tip_seen.c.subscription_id.in_(found))
            .order_by(tip_seen.c.seen_on, tip_seen.c.tip_id)
        )
        for of, *columns in rows:
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
