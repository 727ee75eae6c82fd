"""Alembic's way in; `bot.store.migrate` hands it the transaction that holds the lock."""

from alembic import context

from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
