"""The ledger: an intent is written before a message is sent, its result after; many lanes in one transaction.

An intent is fenced: it is written only while its lane is leased to whoever asks and the delivery is still
wanted. Writing the same intents and results twice does no harm, so what a broken connection left open is
simply written again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coach.handbook import Side
from bot.store.columns import IsoDate, Named, Numbered, Words
from bot.store.database import Database
from bot.store.records import Key, Lane, State, WorkspaceStatus
from bot.store.tables import delivery, insert_into, is_in, subscription, tip_seen, workspace


@dataclass(frozen=True, slots=True)
class Intent:
    """About to send this, in a lane that is ours."""

    key: Key
    lane: Lane
    token: str
    """Names this attempt; no other attempt may share it."""
    content_id: str
    """What is sent: kept, so that an attempt after a crash sends the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The tip that people have before them once it is sent; counts as unanswered until they react."""

    tip_id: str
    seen_on: date
    """For a recall question, the day that the tip itself was sent."""
    recall_step: int
    recall_on: date | None
    next_side: Side | None = None
    """Which side the next tip trains; None leaves it."""
    pace: int | None = None
    """The slower pace that was told along with it; None leaves it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an attempt."""

    key: Key
    token: str
    """The attempt's; the result of any other is not written."""
    state: State
    """PENDING puts it back, to be sent after `send_after`."""
    send_after: int | None = None
    """None leaves it."""
    external_ts: str | None = None
    """The platform's name for the message."""
    error: str | None = None
    """The reason, in the platform's word; never what it said at length."""
    counted: bool = True
    """Whether it counts as an attempt: being told to wait does not."""
    seen: Seen | None = None
    """Kept where `state` is SENT, or UNKNOWN: what may have arrived is not to come again soon."""
    asked: bool = False
    """Whether it was the question how to go on; likewise."""


MAYBE = "maybe-duplicate"
"""Stands with a delivery once an attempt's outcome was unknown: it is made again once, and never more."""
_ARRIVED = (State.SENT, State.UNKNOWN)
_OF = and_(
    delivery.c.subscription_id == bindparam("of"),
    delivery.c.due_on == bindparam("on", type_=IsoDate),
)
_SAME_TOKEN = delivery.c.attempt_token == bindparam("token", type_=Words)
_IN_OUR_LANE = exists().where(
    workspace.c.id == delivery.c.workspace_id,
    workspace.c.lease_owner == bindparam("owner", type_=Words),
    workspace.c.epoch == bindparam("lease"),
    workspace.c.lease_until > bindparam("now"),
    workspace.c.status == WorkspaceStatus.ACTIVE,
)
_INTENT = (
    update(delivery)
    .where(_OF, or_(is_in(State.PENDING), and_(is_in(State.SENDING), _SAME_TOKEN)), _IN_OUR_LANE)
    .values(
        state=State.SENDING,
        attempts=delivery.c.attempts + case((is_in(State.PENDING), 1), else_=0),
        attempt_token=bindparam("token", type_=Words),
        started_at=bindparam("now"),
        content_id=bindparam("content", type_=Words),
    )
)
_TO = bindparam("to", type_=Numbered(State))
# A message that did arrive is told even where a peer has put it back, or given it up, in the meantime; and
# one that may have arrived can be given up while it waits to be sent once more.
_OPEN = or_(
    is_in(State.SENDING),
    and_(_TO == State.SENT, is_in(State.PENDING, State.UNKNOWN)),
    and_(_TO == State.UNKNOWN, is_in(State.PENDING)),
)
_RESULT = (
    update(delivery)
    .where(_OF, _SAME_TOKEN, _OPEN)
    .values(
        state=_TO,
        send_after=func.coalesce(bindparam("after", type_=delivery.c.send_after.type), delivery.c.send_after),
        attempts=delivery.c.attempts - bindparam("uncounted", type_=delivery.c.attempts.type),
        external_ts=bindparam("ts", type_=Words),
        error=bindparam("reason", type_=Words),
    )
)
_ARRIVES = and_(_OF, _SAME_TOKEN, is_in(State.SENDING, State.PENDING))  # once: UNKNOWN was counted already
_HERE = and_(subscription.c.id == bindparam("of"), exists().where(_ARRIVES))
_PACE = bindparam("pace", type_=subscription.c.pace.type)
# A change made from what was read before is refused by the version, as it would undo ours.
_COUNT_SEEN = (
    update(subscription)
    .where(_HERE)
    .values(
        cursor=subscription.c.cursor + 1,
        unanswered=subscription.c.unanswered + 1,
        next_side=func.coalesce(bindparam("side", type_=Named(Side)), subscription.c.next_side),
        pace=func.coalesce(_PACE, subscription.c.pace),
        version=subscription.c.version + case((_PACE.is_not(None), 1), else_=0),
    )
)
_ASK = update(subscription).where(_HERE).values(asked=True, version=subscription.c.version + 1)
_SEEN_COLUMNS = ["subscription_id", "tip_id", "seen_on", "recall_step", "recall_on"]
_SEEN = select(
    delivery.c.subscription_id,
    bindparam("tip", type_=Words),
    bindparam("day", type_=IsoDate),
    bindparam("step", type_=tip_seen.c.recall_step.type),
    bindparam("recall", type_=IsoDate),
).where(_ARRIVES)


async def write(
    database: Database, intents: Sequence[Intent], results: Sequence[Result]
) -> frozenset[Intent]:
    """Write all of these, or none; a few thousand at most.

    Returns:
        The intents that were written: these may be sent, and no others. Where a lane was lost and leased
        anew, two of one delivery can be asked for, and only the one of the lane that is ours is among them.

    Raises:
        StoreError: Nothing was written, or with `outcome_unknown` perhaps all: write the same again.
    """
    async with database.writing() as connection:
        # Results first: subscriptions are locked before deliveries here as everywhere.
        await _write_results(connection, sorted(results, key=lambda result: result.key))
        return await _write_intents(database, connection, sorted(intents, key=lambda intent: intent.key))


async def _write_results(connection: AsyncConnection, results: Sequence[Result]) -> None:
    arrived = [result for result in results if result.state in _ARRIVED]
    if asked := [_attempt(result.key, result.token) for result in arrived if result.asked]:
        await connection.execute(_ASK, asked)
    if shown := [(result, result.seen) for result in arrived if result.seen]:
        rows = [_attempt(result.key, result.token) | _shown(seen) for result, seen in shown]
        await connection.execute(_COUNT_SEEN, rows)
        await connection.execute(_see(connection), rows)
    if results:
        await connection.execute(
            _RESULT,
            [
                _attempt(result.key, result.token)
                | {"to": result.state, "after": result.send_after, "uncounted": int(not result.counted)}
                | {"ts": result.external_ts, "reason": result.error}
                for result in results
            ],
        )


def _attempt(key: Key, token: str) -> dict[str, object]:
    return {"of": key.subscription_id, "on": key.due_on, "token": token}


def _shown(seen: Seen) -> dict[str, object]:
    return {
        "tip": seen.tip_id,
        "day": seen.seen_on,
        "step": seen.recall_step,
        "recall": seen.recall_on,
        "side": seen.next_side,
        "pace": seen.pace,
    }


def _see(connection: AsyncConnection) -> PostgresInsert | SqliteInsert:
    """A tip that comes anew has had no reaction; a recall question leaves what was said to its tip."""
    see = insert_into(connection, tip_seen).from_select(_SEEN_COLUMNS, _SEEN)
    new = see.excluded
    return see.on_conflict_do_update(
        index_elements=["subscription_id", "tip_id"],
        set_={
            "seen_on": new.seen_on,
            "recall_step": new.recall_step,
            "recall_on": new.recall_on,
            "reaction": case((tip_seen.c.seen_on == new.seen_on, tip_seen.c.reaction), else_=None),
        },
    )


async def _write_intents(
    database: Database, connection: AsyncConnection, intents: Sequence[Intent]
) -> frozenset[Intent]:
    if not intents:
        return frozenset()
    now = await database.now_ms(connection)
    await connection.execute(
        _INTENT,
        [
            _attempt(intent.key, intent.token)
            | {"owner": intent.lane.owner, "lease": intent.lane.epoch}
            | {"now": now, "content": intent.content_id}
            for intent in intents
        ],
    )
    keys = {intent.key for intent in intents}
    # By each half of the key: both databases find these by the index, and what is too many is passed over.
    written = await connection.execute(
        select(delivery.c.subscription_id, delivery.c.due_on, delivery.c.attempt_token).where(
            delivery.c.subscription_id.in_({key.subscription_id for key in keys}),
            delivery.c.due_on.in_({key.due_on for key in keys}),
            is_in(State.SENDING),
        )
    )
    begun = {(Key(row.subscription_id, row.due_on), row.attempt_token) for row in written}
    return frozenset(intent for intent in intents if (intent.key, intent.token) in begun)
