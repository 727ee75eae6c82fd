"""Installations: each counts a generation, so that what was begun for an earlier one is void."""

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.records import State, Workspace, WorkspaceStatus
from bot.store.tables import delivery, insert_into, is_in, person, reference, subscription, workspace

RATE = 4.0
"""Messages a second in one workspace to begin with: half of what platforms were seen to bear."""

STOPPED_MS = 23 * 3_600_000
"""How long a workspace whose token is void is kept: with what looks for them hourly, less than a day."""

_COLUMNS = [workspace.c[field.name] for field in fields(Workspace)]
_ONE_SECOND_MS = 1000


async def ensure(database: Database, platform: str, external_id: str) -> Workspace:
    """The workspace, made where it was never heard of; one that is stopped or gone stays so."""
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        new = insert_into(connection, workspace).values(
            platform=platform,
            external_id=external_id,
            status=WorkspaceStatus.ACTIVE,
            generation=1,
            installed_at=now,
            rate=RATE,
        )
        await connection.execute(new.on_conflict_do_nothing(index_elements=["platform", "external_id"]))
        return await _get(connection, _named(platform, external_id))


async def install(database: Database, platform: str, external_id: str) -> Workspace:
    """Begin a new generation, without the token of an earlier one."""
    await ensure(database, platform, external_id)
    async with database.writing() as connection:
        wanted = _named(platform, external_id)
        # What was planned before it stopped may still be sent.
        planned = select(func.min(delivery.c.send_after)).where(
            delivery.c.workspace_id == workspace.c.id, is_in(State.PENDING)
        )
        begun = {"status": WorkspaceStatus.ACTIVE, "installed_at": await database.now_ms(connection)}
        await _begin_generation(connection, wanted, begun | {"next_at": planned.scalar_subquery()})
        return await _get(connection, wanted)


async def find(database: Database, platform: str, external_id: str) -> Workspace | None:
    """The workspace, active or not; None where it was never heard of."""
    async with database.reading() as connection:
        row = (await connection.execute(select(*_COLUMNS).where(_named(platform, external_id)))).one_or_none()
    return _read(row) if row else None


async def stop(database: Database, workspace_id: int, generation: int) -> bool:
    """Send nothing until it is installed anew: the platform refuses the token of this generation."""
    same = and_(
        workspace.c.id == workspace_id,
        workspace.c.generation == generation,
        workspace.c.status == WorkspaceStatus.ACTIVE,
    )
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        change = update(workspace).where(same).values(status=WorkspaceStatus.STOPPED, stopped_at=now)
        stopped = await connection.execute(change)
        return stopped.rowcount == 1


async def erase_stopped(database: Database) -> int:
    """Erase what was stopped nearly a day ago and not installed anew since; says how many workspaces."""
    async with database.writing() as connection:
        now = await database.now_ms(connection)
        over = and_(workspace.c.status == WorkspaceStatus.STOPPED, workspace.c.stopped_at < now - STOPPED_MS)
        rows = (await connection.execute(_lock(select(workspace.c.id).where(over)))).scalars().all()
        for of in rows:
            await _erase(connection, of)
        return len(rows)


async def uninstall(database: Database, platform: str, external_id: str, *, at: int) -> bool:
    """Stop sending at once and erase everything of the workspace but that it was here.

    Events come in any order: one from before the installation there is now is not followed.

    Args:
        database: Where.
        platform: Whose workspace it is.
        external_id: The platform's own name for it.
        at: When it happened, in UTC milliseconds; platforms tell it in whole seconds.

    Returns:
        Whether there was an installation that this ended.
    """
    wanted = _named(platform, external_id)
    async with database.writing() as connection:
        # The order of locks is the planner's: subscriptions first, then their workspace.
        ours = select(workspace.c.id).where(wanted).scalar_subquery()
        await connection.execute(_lock(select(subscription.c.id).where(subscription.c.workspace_id == ours)))
        row = (await connection.execute(_lock(select(*_COLUMNS).where(wanted)))).one_or_none()
        if row is None or row.status is WorkspaceStatus.GONE:
            return False
        if at // _ONE_SECOND_MS < row.installed_at // _ONE_SECOND_MS:
            return False
        await _erase(connection, row.id)
        return True


async def _erase(connection: AsyncConnection, of: int) -> None:
    """Leave nothing of a workspace but that it was here."""
    gone = {"status": WorkspaceStatus.GONE, "next_at": None}
    await _begin_generation(connection, workspace.c.id == of, gone)
    for table in (subscription, person, reference):
        await connection.execute(delete(table).where(table.c.workspace_id == of))


def _lock(rows: Select[Any]) -> Select[Any]:
    return rows.order_by(rows.selected_columns.id).with_for_update()


async def _begin_generation(
    connection: AsyncConnection, wanted: ColumnElement[bool], values: dict[str, Any]
) -> None:
    await connection.execute(
        update(workspace)
        .where(wanted)
        .values(
            generation=workspace.c.generation + 1,
            token_ct=None,
            key_id=None,
            rate=RATE,
            not_before=0,
            lease_owner=None,
            lease_until=0,
            stopped_at=None,
            **values,
        )
    )


def _named(platform: str, external_id: str) -> ColumnElement[bool]:
    return and_(workspace.c.platform == platform, workspace.c.external_id == external_id)


async def _get(connection: AsyncConnection, wanted: ColumnElement[bool]) -> Workspace:
    return _read((await connection.execute(select(*_COLUMNS).where(wanted))).one())


def _read(row: Row[Any]) -> Workspace:
    return Workspace(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
