"""Where to write to people and channels first where their id is not enough; when a workspace was stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, and the column."""
    op.add_column("workspace", sa.Column("stopped_at", sa.BigInteger()))
    op.create_table(
        "reference",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("target_id", "conversation", "service_url", "team")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "target_id", name="pk_reference"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_reference_workspace_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
