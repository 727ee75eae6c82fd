"""How often an answer helped or did not: counts alone, so that nobody can be found in them."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.coach.question import Aspect
from bot.store.database import Database
from bot.store.tables import feedback, insert_into


async def count(database: Database, topic: str, aspect: Aspect, verdict: str) -> None:
    """Add one to a verdict on an aspect of a topic."""
    async with database.writing() as connection:
        first = insert_into(connection, feedback).values(topic=topic, aspect=aspect, verdict=verdict, n=1)
        await connection.execute(
            first.on_conflict_do_update(
                index_elements=["topic", "aspect", "verdict"], set_={"n": feedback.c.n + 1}
            )
        )


async def totals(database: Database) -> Mapping[tuple[str, Aspect, str], int]:
    """Every verdict so far, by topic, aspect and verdict."""
    async with database.reading() as connection:
        rows = await connection.execute(select(feedback).order_by(*feedback.primary_key))
        return {(row.topic, row.aspect, row.verdict): row.n for row in rows}
