"""Lanes: one workspace is leased to one replica at a time, so that pacing it needs no other counter.

A lease that is not renewed ends by itself, and a peer goes on. What the former holder had begun to send is in
state SENDING then, and whether it arrived is for the new holder to find out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database, Glance
from bot.store.ledger import MAYBE
from bot.store.records import Lane, State, WorkspaceStatus
from bot.store.tables import delivery, is_in, workspace

LEASE_SECONDS = 25
"""How long a workspace may stand still after its holder died: a peer then has it within 31."""
_LEASE_MS = LEASE_SECONDS * 1000
LANES_A_POLL = 32
"""How many are leased at once: with many more, one replica takes all of the work."""
SOON_MS = 5_000
"""Whoever made a doubtful attempt may still tell within this time how it went."""


@dataclass(frozen=True, slots=True)
class Release:
    """A lane to be given back."""

    lane: Lane
    not_before: int = 0
    """An instant before which the platform asked us not to send; nothing wakes it sooner."""
    rate: float | None = None
    """Messages a second that it bore; None leaves what is known."""
    is_well: bool = False
    """Whether sends go well: then what may have arrived need not wait any longer to be sent once more."""


_IS_ACTIVE = workspace.c.status == WorkspaceStatus.ACTIVE


def _waiting(now: ColumnElement[int]) -> Select[tuple[int]]:
    return (
        select(workspace.c.id)
        .where(workspace.c.next_at <= now, workspace.c.lease_until < now, _IS_ACTIVE)
        .where(
            or_(
                workspace.c.platform.in_(bindparam("platforms", expanding=True)),
                workspace.c.id.in_(bindparam("workspaces", expanding=True)),
            )
        )
        .order_by(workspace.c.next_at)
        .limit(bindparam("limit"))
    )


_GLANCE = Glance(_waiting)
_WAITING = _waiting(bindparam("now")).with_for_update(skip_locked=True)
_LEASE = (
    update(workspace)
    .where(workspace.c.id.in_(_WAITING))
    .values(lease_owner=bindparam("owner"), lease_until=bindparam("until"), epoch=workspace.c.epoch + 1)
    .returning(workspace)
)
_HERE = delivery.c.workspace_id.in_(bindparam("ids", expanding=True))
_FIRST_PENDING = (
    select(delivery.c.workspace_id, func.min(delivery.c.send_after).label("turn"))
    .where(_HERE, is_in(State.PENDING))
    .group_by(delivery.c.workspace_id)
)
# What a person put off carries no token any more, and keeps its hour.
_DOUBTED = and_(is_in(State.PENDING), delivery.c.error == MAYBE, delivery.c.attempt_token.is_not(None))
_WITH_SENDING = select(delivery.c.workspace_id).where(_HERE, is_in(State.SENDING)).distinct()
_HELD = (
    select(workspace.c.id, workspace.c.lease_owner, workspace.c.epoch)
    .where(workspace.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(workspace.c.id)
    .with_for_update()
)
_FREE = (
    update(workspace)
    .where(workspace.c.id == bindparam("of"))
    .values(
        next_at=bindparam("at"),
        not_before=bindparam("until"),
        rate=bindparam("pace"),
        lease_owner=None,
        lease_until=0,
    )
)


async def lease(
    database: Database,
    owner: str,
    platforms: Collection[str],
    workspaces: Collection[int] = (),
    *,
    limit: int = LANES_A_POLL,
) -> tuple[Lane, ...]:
    """Take workspaces that have something to send and no holder, the longest waiting first.

    They are ours for `LEASE_SECONDS`, unless renewed.

    Args:
        database: Where.
        owner: Names this replica; no two that run may share it.
        platforms: Those that it can send to in every workspace.
        workspaces: Further ones that it can send to, by their ids.
        limit: How many at most.
    """
    # Never empty: an empty list is written as a subquery of its own. No id is 0, and no platform "".
    reach = {"platforms": [*platforms, ""], "workspaces": [*workspaces, 0], "limit": limit}
    if not await database.glance(_GLANCE, reach | {"limit": 1}):
        return ()  # as mostly: nothing is locked for it
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        values = {"now": now, "owner": owner, "until": now + _LEASE_MS}
        rows = (await connection.execute(_LEASE, values | reach)).all()
        return tuple(_lane(row) for row in sorted(rows, key=lambda row: (row.next_at, row.id)))


async def renew(database: Database, owner: str, lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """Keep those of these lanes that are still ours for another lease; the others are lost."""
    epochs = {lane.workspace_id: lane.epoch for lane in lanes}
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        ours = (
            select(workspace.c.id)
            .where(
                workspace.c.id.in_(epochs), workspace.c.lease_owner == owner, workspace.c.lease_until > now
            )
            .where(_IS_ACTIVE)
            .order_by(workspace.c.id)
            .with_for_update()
        )
        renewed = (
            update(workspace)
            .where(workspace.c.id.in_(ours))
            .values(lease_until=now + _LEASE_MS)
            .returning(workspace)
        )
        rows = (await connection.execute(renewed)).all()
        kept = [_lane(row) for row in rows if row.epoch == epochs[row.id]]
        return tuple(sorted(kept, key=lambda lane: lane.workspace_id))


async def release(database: Database, releases: Sequence[Release]) -> frozenset[int]:
    """Give workspaces back, all in one go; each is taken up again when its next delivery's turn comes.

    Returns:
        The ids of those that were still ours.
    """
    wanted = {each.lane.workspace_id: each for each in releases}
    async with database.writing() as connection:
        # Locked first: what is planned from here on finds the rows as we leave them, and wakes them.
        rows = await connection.execute(_HELD, {"ids": sorted(wanted)})
        ours = [wanted[row.id] for row in rows if _is_held(row, wanted[row.id].lane)]
        if well := [each.lane.workspace_id for each in ours if each.is_well]:
            soon = database.now_column() + SOON_MS
            hasten = update(delivery).where(_HERE, _DOUBTED, delivery.c.send_after > soon)
            await connection.execute(hasten.values(send_after=soon), {"ids": well})
        if ours:
            turns = await _next_turns(connection, [each.lane for each in ours])
            await connection.execute(_FREE, [_freed(each, turns) for each in ours])
        return frozenset(each.lane.workspace_id for each in ours)


async def _next_turns(connection: AsyncConnection, lanes: Sequence[Lane]) -> dict[int, int]:
    """By workspace, the first turn that is left; none where nothing is."""
    ids = {"ids": [lane.workspace_id for lane in lanes]}
    first = (await connection.execute(_FIRST_PENDING, ids)).all()
    turns = {int(row.workspace_id): int(row.turn) for row in first}
    # Somebody's late intent: whoever leases the lane next finds out what became of it.
    begun = set((await connection.execute(_WITH_SENDING, ids)).scalars())
    ends = {lane.workspace_id: lane.lease_until for lane in lanes if lane.workspace_id in begun}
    return turns | {id_: min(turns.get(id_, end), end) for id_, end in ends.items()}


def _freed(each: Release, turns: dict[int, int]) -> dict[str, object]:
    turn = turns.get(each.lane.workspace_id)
    return {
        "of": each.lane.workspace_id,
        "at": None if turn is None else max(turn, each.not_before),
        "until": each.not_before,
        "pace": each.rate or each.lane.rate,
    }


def _is_held(row: Row[Any, Any, Any], lane: Lane) -> bool:
    """Whether nobody else has leased it since, even where the time is over."""
    return bool(row.lease_owner == lane.owner and row.epoch == lane.epoch)


def _lane(row: Row[Any]) -> Lane:
    return Lane(
        workspace_id=row.id,
        platform=row.platform,
        external_id=row.external_id,
        generation=row.generation,
        rate=row.rate,
        owner=row.lease_owner,
        epoch=row.epoch,
        lease_until=row.lease_until,
    )
