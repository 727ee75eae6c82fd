"""The tables' history: one revision a change, which Alembic goes through in order."""
