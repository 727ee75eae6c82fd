"""What there is of workspaces, and what is left of them."""

import asyncio
from collections import Counter
from contextlib import suppress

from sqlalchemy import and_, bindparam, func, or_, select, text

from benchmarks.faults.stand import Stand
from bot.store.database import Database
from bot.store.records import State, Status, WorkspaceStatus
from bot.store.tables import delivery, metadata, person, subscription, tip_seen, workspace

_PATIENCE_SECONDS = 900.0
_LOOK_SECONDS = 0.1
_AFTER_THE_CROWD = (
    "SELECT setval(pg_get_serial_sequence('subscription', 'id'), (SELECT max(id) FROM subscription))"
)
_OF_WORKSPACES = [table for table in metadata.sorted_tables if "workspace_id" in table.c]


async def introduce(stand: Stand) -> None:
    """Everybody says something of themselves, so that there is more to be erased."""
    teams = range(1, stand.crowd.workspaces + 1)
    rows = [{"workspace_id": team, "external_id": f"T{team}U0", "tz": "UTC"} for team in teams]
    async with stand.database.writing() as connection:
        await connection.execute(person.insert(), rows)
        if stand.database.address.path is None:  # the crowd brought its own ids
            await connection.execute(text(_AFTER_THE_CROWD))


async def until_quiet(stand: Stand) -> bool:
    """Wait until nothing is to be sent where we may, and nothing is on its way anywhere; whether it is so."""
    of = delivery.join(workspace, workspace.c.id == delivery.c.workspace_id)
    active = workspace.c.status == WorkspaceStatus.ACTIVE
    waits = and_(active, delivery.c.state == State.PENDING)
    unsent = select(func.count()).select_from(of).where(or_(waits, delivery.c.state == State.SENDING))
    unplanned = select(func.count()).where(subscription.c.next_at <= bindparam("now"))
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                async with stand.database.reading() as connection:
                    now = {"now": await stand.database.now_ms(connection)}
                    if not await connection.scalar(unsent) and not await connection.scalar(unplanned, now):
                        return True
                await asyncio.sleep(_LOOK_SECONDS)
    return False


async def with_rows(stand: Stand) -> dict[WorkspaceStatus, int]:
    """How many workspaces have rows, by status."""
    async with stand.database.reading() as connection:
        statuses = dict((await connection.execute(select(workspace.c.id, workspace.c.status))).tuples().all())
    found: Counter[WorkspaceStatus] = Counter()
    for team, status in statuses.items():
        if status is not WorkspaceStatus.ACTIVE and any((await rows_of(stand.database, team)).values()):
            found[status] += 1
    return dict(found)


async def unsent(stand: Stand) -> int:
    """How many tips were not sent where we may, but for those that a button stopped."""
    of = delivery.join(workspace, workspace.c.id == delivery.c.workspace_id)
    stopped = func.coalesce(delivery.c.error, "") == Status.ENDED.value
    here = and_(workspace.c.status == WorkspaceStatus.ACTIVE, delivery.c.state != State.SENT, ~stopped)
    async with stand.database.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(of).where(here)) or 0)


async def stopped_of(stand: Stand, teams: range) -> int:
    """In how many of these nothing is sent any more."""
    stopped = workspace.c.status == WorkspaceStatus.STOPPED
    async with stand.database.reading() as connection:
        found = select(func.count()).where(workspace.c.id.in_(teams), stopped)
        return int(await connection.scalar(found) or 0)


async def rows_of(database: Database, team: int) -> dict[str, int]:
    """How many rows of a workspace there are, by table; what lost its subscription counts for all."""
    orphans = select(func.count()).where(tip_seen.c.subscription_id.not_in(select(subscription.c.id)))
    async with database.reading() as connection:
        rows = {
            table.name: int(
                await connection.scalar(
                    select(func.count()).select_from(table).where(table.c.workspace_id == team)
                )
                or 0
            )
            for table in _OF_WORKSPACES
        }
        return rows | {tip_seen.name: int(await connection.scalar(orphans) or 0)}
