"""Where to write to somebody first: kept while it is needed, gone with whoever it leads to."""

from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, and_, delete, select

from bot.store.database import Database
from bot.store.records import TargetKind
from bot.store.tables import insert_into, reference, subscription

_KEY = ("workspace_id", "target_id")


@dataclass(frozen=True, slots=True)
class Reference:
    """The way to a person or a channel."""

    workspace_id: int
    target_id: str
    """As in their subscription."""
    conversation: str
    """The platform's own name for where they read."""
    service_url: str
    """Where the platform takes messages for it."""
    team: str = ""
    """Which team a channel belongs to."""


async def keep(database: Database, wanted: Reference) -> None:
    """Keep this instead of what there was."""
    values = asdict(wanted)
    settings = {name: value for name, value in values.items() if name not in _KEY}
    async with database.writing() as connection:
        new = insert_into(connection, reference).values(**values)
        await connection.execute(new.on_conflict_do_update(index_elements=_KEY, set_=settings))


async def find(database: Database, workspace_id: int, target_id: str) -> Reference | None:
    """The way to a target; None where it is not known."""
    wanted = _of(workspace_id, target_id)
    async with database.reading() as connection:
        row = (await connection.execute(select(reference).where(wanted))).one_or_none()
    return Reference(**row._mapping) if row else None  # noqa: SLF001  SQLAlchemy's public name for it


async def forget_channel(database: Database, workspace_id: int, target_id: str) -> None:
    """Erase a channel that we are in no more, with its subscription."""
    await _forget(database, workspace_id, reference.c.target_id == target_id)


async def forget_team(database: Database, workspace_id: int, team: str) -> None:
    """Erase all channels of a team that we are in no more, with their subscriptions."""
    await _forget(database, workspace_id, and_(reference.c.team == team, reference.c.team != ""))


async def _forget(database: Database, workspace_id: int, which: ColumnElement[bool]) -> None:
    wanted = and_(reference.c.workspace_id == workspace_id, which)
    ours = select(reference.c.target_id).where(wanted)
    async with database.writing() as connection:
        of_channels = and_(
            subscription.c.workspace_id == workspace_id,
            subscription.c.target_kind == TargetKind.CHANNEL,
            subscription.c.target_id.in_(ours),
        )
        await connection.execute(delete(subscription).where(of_channels))
        await connection.execute(delete(reference).where(wanted))


def _of(workspace_id: int, target_id: str) -> ColumnElement[bool]:
    return and_(reference.c.workspace_id == workspace_id, reference.c.target_id == target_id)
