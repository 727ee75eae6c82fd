"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id(name: str, *more: sa.ForeignKey) -> sa.Column[int]:
    return sa.Column(name, _ROW_ID, *more, nullable=False)


def _words(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _instants(*names: str, nullable: bool = False, default: str | None = None) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=default) for name in names]


def _parent(table: str, child: str) -> sa.ForeignKeyConstraint:
    column = f"{table}_id"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{child}_{column}", ondelete="CASCADE")


def _primary_key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def upgrade() -> None:
    """Make them all."""
    _workspace()
    _subscription()
    _delivery()
    _people()
    _passing()


def _workspace() -> None:
    op.create_table(
        "workspace",
        _id("id"),
        *_words("platform", "external_id", "status"),
        *_numbers("generation"),
        *_instants("installed_at"),
        sa.Column("token_ct", sa.LargeBinary()),
        *_words("key_id", nullable=True),
        sa.Column("rate", sa.Float(), nullable=False),
        *_instants("next_at", nullable=True),
        *_instants("not_before", default="0"),
        *_words("lease_owner", nullable=True),
        *_instants("lease_until", "epoch", default="0"),
        _primary_key("workspace", "id"),
        sa.UniqueConstraint("platform", "external_id", name="uq_workspace_platform"),
        sqlite_autoincrement=True,
        postgresql_with={"fillfactor": 50},
    )
    op.create_index("ix_workspace_next_at", "workspace", ["next_at"])


def _subscription() -> None:
    op.create_table(
        "subscription",
        _id("id"),
        _id("workspace_id"),
        *_words("target_kind", "target_id", "tz"),
        *_numbers("minute", "days_mask"),
        *_words("set_up_by", "status"),
        *_numbers("pace"),
        *_words("paused_until", "until_on", nullable=True),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        *_words("next_side", nullable=True),
        *_instants("next_at", nullable=True),
        *_words("next_on", nullable=True),
        *_numbers("cursor", "unanswered", "version"),
        _primary_key("subscription", "id"),
        _parent("workspace", "subscription"),
        sa.UniqueConstraint("workspace_id", "target_kind", "target_id", name="uq_subscription_workspace_id"),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        sa.CheckConstraint("days_mask BETWEEN 1 AND 127", name="days_mask"),
        sqlite_autoincrement=True,
        postgresql_with={"autovacuum_vacuum_scale_factor": 0.02},
    )
    op.create_index("ix_subscription_next_at", "subscription", ["next_at"])


def _delivery() -> None:
    op.create_table(
        "delivery",
        _id("subscription_id"),
        *_words("due_on"),
        _id("workspace_id"),
        *_instants("due_at", "send_after"),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        *_words("attempt_token", nullable=True),
        *_instants("started_at", nullable=True),
        *_words("content_id", "external_ts", "error", nullable=True),
        _primary_key("delivery", "subscription_id", "due_on"),
        _parent("subscription", "delivery"),
        sqlite_with_rowid=False,
        postgresql_with={"autovacuum_vacuum_scale_factor": 0.02},
    )
    for name, columns, state in (
        ("ix_delivery_pending", ["workspace_id", "send_after"], "state = 0"),
        ("ix_delivery_sending", ["workspace_id"], "state = 1"),
    ):
        where = sa.text(state)
        op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)


def _people() -> None:
    op.create_table(
        "tip_seen",
        _id("subscription_id"),
        *_words("tip_id", "seen_on"),
        *_words("reaction", nullable=True),
        sa.Column("recall_step", sa.Integer(), nullable=False, server_default="0"),
        *_words("recall_on", nullable=True),
        _primary_key("tip_seen", "subscription_id", "tip_id"),
        _parent("subscription", "tip_seen"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        _id("workspace_id"),
        *_words("external_id"),
        *_words("role", "tz", nullable=True),
        _primary_key("person", "workspace_id", "external_id"),
        _parent("workspace", "person"),
        sqlite_with_rowid=False,
    )


def _passing() -> None:
    op.create_table(
        "thread",
        *_words("place", "owner"),
        *_words("topic", nullable=True),
        *_words("aspect"),
        *_words("role", nullable=True),
        *_numbers("tips"),
        *_instants("at"),
        _primary_key("thread", "place"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox", *_words("key"), *_instants("at"), _primary_key("inbox", "key"), sqlite_with_rowid=False
    )
    op.create_table(
        "feedback",
        *_words("topic", "aspect", "verdict"),
        *_numbers("n"),
        _primary_key("feedback", "topic", "aspect", "verdict"),
        sqlite_with_rowid=False,
    )
