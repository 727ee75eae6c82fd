"""Somebody who asks while something is wrong with the database, and what their operator reads of it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TypeVar

from bot.coach.daily_texts import DailyText
from bot.conversation import Conversation, build_coach
from bot.errors import StoreError
from bot.memory import remembering
from bot.store import workspaces
from bot.store.database import Database
from bot.tips.who import Who

NEEDS_NONE = "difference vision"
"""Any question: what is said to it stands in the content."""
_NEED_IT = ("daily at 8:30", "daily at 9:30")
"""One after the other, so that there is always something to change."""
_HERE = Who("slack", "T1", "U-visitor", None, "UTC", is_admin=False, may_get_tips=True)
_PLACE = "slack:T1:D1:commands:U-visitor"
_PAUSE_SECONDS = 0.2

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and how long it took."""

    words: str
    seconds: float


class _Kept(logging.Handler):
    """Keeps the lines that are logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@dataclass
class Visitor:
    """Types `/lvm …` in a process of the coach that sends no tips."""

    conversation: Conversation
    database: Database
    log: _Kept = field(default_factory=_Kept)
    _wishes: Iterator[str] = field(default_factory=lambda: cycle(_NEED_IT))

    async def ask(self) -> Said:
        """A question that needs no database."""
        return await self._type(NEEDS_NONE)

    async def subscribe(self) -> Said:
        """What cannot be done without one."""
        return await self._type(next(self._wishes))

    async def store(self) -> str | None:
        """Write something: what is said why it cannot be; None where it can."""
        try:
            await workspaces.ensure(self.database, _HERE.platform, "T-visited")
        except StoreError as error:
            return str(error)
        return None

    def logged(self, sentence: str) -> int:
        """How many lines of the log tell a sentence."""
        return sum(sentence in line for line in self.log.lines)

    async def _type(self, words: str) -> Said:
        begun = time.monotonic()
        answer = await self.conversation.command(words, _PLACE, _HERE)
        return Said(answer.lead, time.monotonic() - begun)


@asynccontextmanager
async def visiting(address: str) -> AsyncIterator[Visitor]:
    """A visitor for as long as this lasts."""
    async with remembering(build_coach(None), address, b"faults") as (conversation, memory):
        visitor = Visitor(conversation, memory.database)
        log = logging.getLogger("bot")
        log.addHandler(visitor.log)
        try:
            yield visitor
        finally:
            log.removeHandler(visitor.log)


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What was said while something was wrong."""

    answers: tuple[Said, ...]
    """To the question that needs no database."""
    changes: tuple[Said, ...]
    """To the one that does."""
    refused: int
    """How many of them say that nothing was kept."""
    sentences: frozenset[str]
    """Why nothing could be stored."""
    logged: int
    """Lines of the log that tell it to the operator."""

    @classmethod
    async def of(cls, visitor: Visitor, seconds: float, sentence: str) -> "Meanwhile":
        """Ask again and again for so long.

        Args:
            visitor: Who.
            seconds: How long.
            sentence: What the operator is to read.
        """
        begun, logged = time.monotonic(), visitor.logged(sentence)
        enough = begun + seconds
        async with asyncio.TaskGroup() as group:
            answers = group.create_task(_repeat(visitor.ask, enough))
            changes = group.create_task(_repeat(visitor.subscribe, enough))
            stored = group.create_task(_repeat(visitor.store, enough))
        not_kept = visitor.conversation.coach.handbook.daily[DailyText.NOT_STORED]
        return cls(
            tuple(answers.result()),
            tuple(changes.result()),
            sum(not_kept in said.words for said in changes.result()),
            frozenset(why for why in stored.result() if why is not None),
            visitor.logged(sentence) - logged,
        )


async def _repeat(work: Callable[[], Awaitable[Result]], enough: float) -> list[Result]:
    done = []
    while time.monotonic() < enough:
        done.append(await work())
        await asyncio.sleep(_PAUSE_SECONDS)
    return done
