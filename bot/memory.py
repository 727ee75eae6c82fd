"""What outlives the process: the database, and over it the threads, people's own tips, and their sending."""

import logging
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.coach.coach import Coach
from bot.conversation import Conversation
from bot.places import owner
from bot.store.database import Database, UtcClock
from bot.store.engines import Patience
from bot.store.kept_threads import DatabaseThreads
from bot.store.revision import is_current
from bot.store.threads import MemoryThreads
from bot.tips.daily import Daily
from bot.tips.engine import Deliver, Tips

_WHILE_SOMEBODY_WAITS = Patience(wait_seconds=1.0)
"""A command has to be answered within three seconds, and some wait twice.
https://docs.slack.dev/interactivity/implementing-slash-commands (from memory)
"""

log = logging.getLogger("bot.memory")


@dataclass(frozen=True, slots=True)
class Memory:
    """A database with its tables, and what works on it."""

    database: Database
    daily: Daily
    tips: Tips
    """To be entered once the platforms have put their ways out into `delivers`."""
    delivers: dict[str, Deliver] = field(default_factory=dict)
    """By platform."""


@asynccontextmanager
async def remembering(
    coach: Coach, address: str, key: bytes, clock: UtcClock | None = None
) -> AsyncIterator[tuple[Conversation, Memory]]:
    """Open the database, with its tables brought up to date, and talk over it.

    Args:
        coach: What is said.
        address: As in `DATABASE_URL`.
        key: A secret of this installation, under which places and people are stored.
        clock: UTC milliseconds instead of the database's own time; see `Database`.

    Raises:
        StoreError: The database cannot be opened or brought up to date.
    """
    async with (
        Database(address, clock=clock) as database,
        Database(address, clock=clock, patience=_WHILE_SOMEBODY_WAITS) as at_hand,
    ):
        await _update(database, address)
        async with DatabaseThreads(at_hand, key, time.monotonic, owner) as threads:
            daily = Daily(at_hand, lambda: conversation.coach.handbook, threads=threads)
            conversation = Conversation(coach, threads, daily)
            delivers: dict[str, Deliver] = {}
            tips = Tips(database, lambda: conversation.coach.handbook, delivers, owner=_name())
            yield conversation, Memory(database, daily, tips, delivers)


def forgetting(coach: Coach) -> Conversation:
    """Talk with nothing kept beyond this process."""
    return Conversation(coach, MemoryThreads(time.monotonic))


async def _update(database: Database, address: str) -> None:
    if not await is_current(database):
        from bot.store.migrate import migrate  # noqa: PLC0415  Alembic is a third of a start, and rarely needed

        done = await migrate(address)
        log.info("the database came from %s to %s", done.before or "nothing", done.after)


def _name() -> str:
    """Names this process among all that share the database."""
    return f"{socket.gethostname()}:{secrets.token_hex(4)}"
