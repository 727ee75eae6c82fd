"""Turns: what may be sent in the lanes that are ours by now, and what their former holders had begun."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Row, bindparam, select, union_all

from bot.store.database import Database
from bot.store.lanes import LANES_A_POLL
from bot.store.records import Delivery, Key, Lane, State
from bot.store.tables import delivery, is_in, subscription

_TURN = (delivery.c.subscription_id, delivery.c.due_on, delivery.c.workspace_id)
_TARGET = (subscription.c.target_kind, subscription.c.target_id)
_TIMES = (delivery.c.due_at, delivery.c.send_after)
_ATTEMPT = (delivery.c.state, delivery.c.attempts, delivery.c.attempt_token, delivery.c.started_at)
_WITH_TARGET = select(  # in the order of a Delivery's fields
    *_TURN, *_TARGET, *_TIMES, *_ATTEMPT, delivery.c.content_id, delivery.c.error
).join_from(delivery, subscription, subscription.c.id == delivery.c.subscription_id)
_HERE = delivery.c.workspace_id.in_(bindparam("ids", expanding=True))
_BEGUN = _WITH_TARGET.where(_HERE, is_in(State.SENDING)).order_by(delivery.c.started_at)


async def take(database: Database, lanes: Sequence[Lane], *, limit: int = 100) -> tuple[Delivery, ...]:
    """What may be sent in these lanes by now, in the order of turns; nothing is changed by it.

    Args:
        database: Where.
        lanes: Ours.
        limit: How many at most in each.
    """
    if not lanes:
        return ()
    async with database.reading() as connection:
        values = {f"lane_{number}": lane.workspace_id for number, lane in enumerate(lanes)}
        values |= {"now": await database.now_ms(connection), "limit": limit}
        rows = await connection.execute(_due_in(len(lanes)), values)
        return tuple(sorted((_read(row) for row in rows), key=lambda each: (each.send_after, each.key)))


async def take_over(database: Database, lanes: Sequence[Lane]) -> tuple[Delivery, ...]:
    """What former holders had begun to send: to be asked right after a lease, before anything is sent."""
    async with database.reading() as connection:
        rows = await connection.execute(_BEGUN, {"ids": [lane.workspace_id for lane in lanes]})
        return tuple(_read(row) for row in rows)


@lru_cache(maxsize=2 * LANES_A_POLL)
def _due_in(count: int) -> CompoundSelect[Any]:
    """What is due in so many lanes; each by itself, so that none is crowded out by another's queue."""
    turn = is_in(State.PENDING) & (delivery.c.send_after <= bindparam("now"))
    of_each = [
        _WITH_TARGET.where(delivery.c.workspace_id == bindparam(f"lane_{number}"), turn)
        .order_by(delivery.c.send_after)
        .limit(bindparam("limit"))
        .subquery()
        for number in range(count)
    ]
    return union_all(*(select(each) for each in of_each))


def _read(row: Row[Any, *tuple[Any, ...]]) -> Delivery:
    subscription_id, due_on, *rest = row
    return Delivery(Key(subscription_id, due_on), *rest)
