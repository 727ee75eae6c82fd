"""The tables, the same on SQLite and PostgreSQL. Every change here needs a revision in `migrations`.

Instants are UTC milliseconds, days are ISO text. What is not due has NULL for its instant, so that the index
of what is due has nothing to pass over; partial indexes compare numbers, because a comparison with a truth
value is written differently in an index and in a query, and then the index lies unused.
"""

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.coach.handbook import Side
from bot.coach.question import Aspect, Role
from bot.store.columns import ROW_ID, Flag, IsoDate, Named, Numbered, Words
from bot.store.records import State, Status, TargetKind, WorkspaceStatus

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _of_workspace() -> ForeignKey:
    return ForeignKey("workspace.id", ondelete="CASCADE")


def _of_subscription() -> ForeignKey:
    return ForeignKey("subscription.id", ondelete="CASCADE")


workspace = Table(
    "workspace",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("platform", Words, nullable=False),
    Column("external_id", Words, nullable=False),
    Column("status", Named(WorkspaceStatus), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("installed_at", BigInteger, nullable=False),
    Column("token_ct", LargeBinary),
    Column("key_id", Words),
    Column("rate", Float, nullable=False),
    Column("next_at", BigInteger),
    Column("not_before", BigInteger, nullable=False, server_default="0"),
    Column("lease_owner", Words),
    Column("lease_until", BigInteger, nullable=False, server_default="0"),
    Column("epoch", BigInteger, nullable=False, server_default="0"),
    Column("stopped_at", BigInteger),
    UniqueConstraint("platform", "external_id"),
    Index(None, "next_at"),
    sqlite_autoincrement=True,  # an id is never given twice
    postgresql_with={"fillfactor": 50},  # a lease then rewrites its row in place
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("workspace_id", ROW_ID, _of_workspace(), nullable=False),
    Column("target_kind", Named(TargetKind), nullable=False),
    Column("target_id", Words, nullable=False),
    Column("tz", Words, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("days_mask", Integer, nullable=False),
    Column("set_up_by", Words, nullable=False),
    Column("status", Named(Status), nullable=False),
    Column("pace", Integer, nullable=False),
    Column("paused_until", IsoDate),
    Column("until_on", IsoDate),
    Column("asked", Flag, nullable=False),
    Column("next_side", Named(Side)),
    Column("next_at", BigInteger),
    Column("next_on", IsoDate),
    Column("cursor", Integer, nullable=False),
    Column("unanswered", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("workspace_id", "target_kind", "target_id"),
    CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
    CheckConstraint("days_mask BETWEEN 1 AND 127", name="days_mask"),
    Index(None, "next_at"),
    sqlite_autoincrement=True,
    postgresql_with={"autovacuum_vacuum_scale_factor": 0.02},  # what was due leaves its place in the index
)

delivery = Table(
    "delivery",
    metadata,
    Column("subscription_id", ROW_ID, _of_subscription(), primary_key=True, autoincrement=False),
    Column("due_on", IsoDate, primary_key=True),
    Column("workspace_id", ROW_ID, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("send_after", BigInteger, nullable=False),
    Column("state", Numbered(State), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("attempt_token", Words),
    Column("started_at", BigInteger),
    Column("content_id", Words),
    Column("external_ts", Words),
    Column("error", Words),
    sqlite_with_rowid=False,
    postgresql_with={"autovacuum_vacuum_scale_factor": 0.02},
)
Index(
    "ix_delivery_pending",
    delivery.c.workspace_id,
    delivery.c.send_after,
    sqlite_where=text("state = 0"),
    postgresql_where=text("state = 0"),
)
Index(
    "ix_delivery_sending",
    delivery.c.workspace_id,
    sqlite_where=text("state = 1"),
    postgresql_where=text("state = 1"),
)

tip_seen = Table(
    "tip_seen",
    metadata,
    Column("subscription_id", ROW_ID, _of_subscription(), primary_key=True, autoincrement=False),
    Column("tip_id", Words, primary_key=True),
    Column("seen_on", IsoDate, nullable=False),
    Column("reaction", Words),
    Column("recall_step", Integer, nullable=False, server_default="0"),
    Column("recall_on", IsoDate),
    sqlite_with_rowid=False,
)

person = Table(
    "person",
    metadata,
    Column("workspace_id", ROW_ID, _of_workspace(), primary_key=True, autoincrement=False),
    Column("external_id", Words, primary_key=True),
    Column("role", Named(Role)),
    Column("tz", Words),
    sqlite_with_rowid=False,
)

reference = Table(
    "reference",  # as Teams calls what it takes to write to somebody first
    metadata,
    Column("workspace_id", ROW_ID, _of_workspace(), primary_key=True, autoincrement=False),
    Column("target_id", Words, primary_key=True),
    Column("conversation", Words, nullable=False),
    Column("service_url", Words, nullable=False),
    Column("team", Words, nullable=False),
    sqlite_with_rowid=False,
)

thread = Table(
    "thread",
    metadata,
    Column("place", Words, primary_key=True),  # a keyed hash: whose it is cannot be read off
    Column("owner", Words, nullable=False),  # likewise; empty where a place belongs to nobody alone
    Column("topic", Words),
    Column("aspect", Named(Aspect), nullable=False),
    Column("role", Named(Role)),
    Column("tips", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

feedback = Table(
    "feedback",
    metadata,
    Column("topic", Words, primary_key=True),
    Column("aspect", Named(Aspect), primary_key=True),
    Column("verdict", Words, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)


INSERTS: dict[str, Callable[[Table], postgresql.Insert | sqlite.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
"""An INSERT that can say what to do where the row is there already, by the name of the dialect."""


def insert_into(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can say what to do where the row is there already."""
    return INSERTS[connection.dialect.name](table)


def is_in(*states: State) -> ColumnElement[bool]:
    """Whether a delivery is in one of these states, in figures: only so is a partial index recognised."""
    columns = [delivery.c.state == literal_column(str(int(state))) for state in states]
    condition = columns[0]
    for column in columns[1:]:
        condition = condition | column
    return condition


def is_one_in(*states: State) -> ColumnElement[bool]:
    """Whether a delivery that is known by its key is in one of these states.

    The sum keeps the indexes of all such deliveries out of it: to a server whose statistics are old, going
    through one of them looks cheaper than a few hundred keys.
    """
    return (delivery.c.state + literal_column("0")).in_([literal_column(str(int(state))) for state in states])
