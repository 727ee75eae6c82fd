"""What is stored about a person: kept when they say so, shown to them whole, erased whole."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, select, update

from bot.store.database import Database
from bot.store.records import Person, TargetKind
from bot.store.subscriptions import of_person
from bot.store.tables import delivery, insert_into, person, reference, subscription, thread, tip_seen


async def put(database: Database, wanted: Person) -> None:
    """Keep a person's settings instead of what there was."""
    settings = {"role": wanted.role, "tz": wanted.tz}
    async with database.writing() as connection:
        new = insert_into(connection, person).values(
            workspace_id=wanted.workspace_id, external_id=wanted.external_id, **settings
        )
        kept = new.on_conflict_do_update(index_elements=["workspace_id", "external_id"], set_=settings)
        await connection.execute(kept)


async def find(database: Database, workspace_id: int, external_id: str) -> Person | None:
    """A person's settings; None where they never made any."""
    async with database.reading() as connection:
        row = (await connection.execute(_settings(workspace_id, external_id))).one_or_none()
    return Person(**row._mapping) if row else None  # noqa: SLF001  SQLAlchemy's public name for it


async def export(
    database: Database, workspace_id: int, external_id: str, *, thread_owner: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored about a person, by table, ready to be written as JSON.

    Args:
        database: Where.
        workspace_id: Whose workspace.
        external_id: The platform's name for the person.
        thread_owner: `DatabaseThreads.key_of` them; empty leaves their threads out.
    """
    own = select(subscription.c.id).where(_own(workspace_id, external_id))
    wanted = {
        person: _settings(workspace_id, external_id),
        subscription: select(subscription).where(of_person(workspace_id, external_id)),
        delivery: select(delivery).where(delivery.c.subscription_id.in_(own)).order_by(delivery.c.due_on),
        tip_seen: select(tip_seen).where(tip_seen.c.subscription_id.in_(own)).order_by(tip_seen.c.seen_on),
        reference: select(reference).where(_way_to(workspace_id, external_id)),
        thread: select(thread).where(thread.c.owner == thread_owner, thread.c.owner != ""),
    }
    async with database.reading() as connection:
        return {
            table.name: [_plain(row._mapping) for row in await connection.execute(rows)]  # noqa: SLF001  as above
            for table, rows in wanted.items()
        }


async def forget(database: Database, workspace_id: int, external_id: str, *, thread_owner: str = "") -> int:
    """Erase a person from every table at once; a channel keeps its tips, but not who set them up.

    Args:
        database: Where.
        workspace_id: Whose workspace.
        external_id: The platform's name for the person.
        thread_owner: `DatabaseThreads.key_of` them; empty where threads are kept elsewhere.

    Returns:
        How many rows told of them; deliveries and tips seen go uncounted with their subscription.
    """
    themselves = and_(person.c.workspace_id == workspace_id, person.c.external_id == external_id)
    set_up = and_(subscription.c.workspace_id == workspace_id, subscription.c.set_up_by == external_id)
    steps = (
        delete(subscription).where(_own(workspace_id, external_id)),
        update(subscription).where(set_up).values(set_up_by="", version=subscription.c.version + 1),
        delete(person).where(themselves),
        delete(reference).where(_way_to(workspace_id, external_id)),
        delete(thread).where(thread.c.owner == thread_owner, thread.c.owner != ""),
    )
    async with database.writing() as connection:
        return sum([(await connection.execute(step)).rowcount for step in steps])


def _own(workspace_id: int, external_id: str) -> ColumnElement[bool]:
    return and_(
        subscription.c.workspace_id == workspace_id,
        subscription.c.target_kind == TargetKind.PERSON,
        subscription.c.target_id == external_id,
    )


def _way_to(workspace_id: int, external_id: str) -> ColumnElement[bool]:
    return and_(reference.c.workspace_id == workspace_id, reference.c.target_id == external_id)


def _settings(workspace_id: int, external_id: str) -> Select[Any]:
    return select(person).where(person.c.workspace_id == workspace_id, person.c.external_id == external_id)


def _plain(row: RowMapping) -> dict[str, Any]:
    """A row in nothing but texts, numbers and truth values."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
