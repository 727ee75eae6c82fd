"""What the ledger writes, each kind of entry in one statement for all of its rows."""

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    FromClause,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from bot.store.bulk import Bulk, Column
from bot.store.records import State, WorkspaceStatus
from bot.store.tables import INSERTS, delivery, is_one_in, subscription, tip_seen, workspace

_ATTEMPT: dict[str, Column] = {"of": BigInteger, "on": Text, "token": Text}


def _intents(_: str, given: FromClause) -> Executable:
    same_token = delivery.c.attempt_token == given.c.token
    is_wanted = or_(is_one_in(State.PENDING), and_(is_one_in(State.SENDING), same_token))
    in_our_lane = exists().where(
        workspace.c.id == given.c.lane,
        workspace.c.lease_owner == given.c.owner,
        workspace.c.epoch == given.c.lease,
        workspace.c.lease_until > bindparam("now"),
        workspace.c.status == WorkspaceStatus.ACTIVE,
    )
    return (
        update(delivery)
        .where(_meant(given), is_wanted, in_our_lane)
        .values(
            state=State.SENDING,
            attempts=delivery.c.attempts + case((is_one_in(State.PENDING), 1), else_=0),
            attempt_token=given.c.token,
            started_at=bindparam("now"),
            content_id=given.c.content,
        )
        .returning(delivery.c.subscription_id, delivery.c.due_on, delivery.c.attempt_token)
    )


def _results(_: str, given: FromClause) -> Executable:
    # A message that did arrive is told even where a peer has put it back, or given it up, in the meantime;
    # and one that may have arrived can be given up while it waits to be sent once more.
    is_open = or_(
        is_one_in(State.SENDING),
        and_(given.c.to == int(State.SENT), is_one_in(State.PENDING, State.UNKNOWN)),
        and_(given.c.to == int(State.UNKNOWN), is_one_in(State.PENDING)),
    )
    return (
        update(delivery)
        .where(_meant(given), delivery.c.attempt_token == given.c.token, is_open)
        .values(
            state=given.c.to,
            send_after=func.coalesce(given.c.after, delivery.c.send_after),
            attempts=delivery.c.attempts - given.c.uncounted,
            external_ts=given.c.ts,
            error=given.c.reason,
        )
    )


def _meant(given: FromClause) -> ColumnElement[bool]:
    return and_(delivery.c.subscription_id == given.c.of, delivery.c.due_on == given.c.on)


def _arrives(given: FromClause) -> ColumnElement[bool]:
    """Whether it arrives only now: what is UNKNOWN was counted already."""
    same = delivery.c.attempt_token == given.c.token
    return and_(_meant(given), same, is_one_in(State.SENDING, State.PENDING))


def _counts(_: str, given: FromClause) -> Executable:
    # A change made from what was read before is refused by the version, as it would undo ours.
    return (
        update(subscription)
        .where(subscription.c.id == given.c.of, exists().where(_arrives(given)))
        .values(
            cursor=subscription.c.cursor + 1,
            unanswered=subscription.c.unanswered + 1,
            next_side=func.coalesce(given.c.side, subscription.c.next_side),
            pace=func.coalesce(given.c.pace, subscription.c.pace),
            version=subscription.c.version + case((given.c.pace.is_not(None), 1), else_=0),
        )
    )


def _questions(_: str, given: FromClause) -> Executable:
    here = and_(subscription.c.id == given.c.of, exists().where(_arrives(given)))
    return update(subscription).where(here).values(asked=True, version=subscription.c.version + 1)


def _sights(dialect: str, given: FromClause) -> Executable:
    """A tip that comes anew has had no reaction; a recall question leaves what was said to its tip."""
    columns = (given.c.of, given.c.tip, given.c.day, given.c.step, given.c.recall)
    see = INSERTS[dialect](tip_seen).from_select(
        ["subscription_id", "tip_id", "seen_on", "recall_step", "recall_on"],
        select(*columns).join_from(given, delivery, _arrives(given)).where(true()),
    )
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


_SEEN: dict[str, Column] = _ATTEMPT | {
    "tip": Text,
    "day": Text,
    "step": BigInteger,
    "recall": Text,
    "side": Text,
    "pace": BigInteger,
}
BEGIN = Bulk(_ATTEMPT | {"content": Text, "lane": BigInteger, "owner": Text, "lease": BigInteger}, _intents)
FINISH = Bulk(
    _ATTEMPT | {"to": BigInteger, "after": BigInteger, "uncounted": BigInteger, "ts": Text, "reason": Text},
    _results,
)
COUNT, SEE = Bulk(_SEEN, _counts), Bulk(_SEEN, _sights)
ASK = Bulk(_ATTEMPT, _questions)
