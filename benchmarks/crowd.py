"""Workspaces full of people who want tips, put into a database by the million."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Text,
    cast,
    column,
    insert,
    literal,
    select,
    text,
    values,
)

from bot.store.columns import IsoDate
from bot.store.database import Database
from bot.store.records import Status, TargetKind, WorkspaceStatus
from bot.store.tables import subscription, workspace
from bot.tips.schedule import EVERY_DAY, Occurrence, Schedule, next_occurrence

HOUR_MS = 3_600_000
_A_STRETCH = 100_000
"""People put in by one transaction, so that none takes long."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many want tips, where and when."""

    workspaces: int
    people: int
    schedules: Sequence[tuple[Schedule, Occurrence]]
    """The people are shared out evenly among these."""
    rate: float = 4.0
    """Messages a second in one workspace to begin with."""

    async def fill(self, database: Database) -> None:
        """Put them into an empty database; neighbours in it have different schedules."""
        numbers = _numbers(1, self.workspaces)
        spaces = _workspaces(numbers, self.rate)
        async with database.writing() as connection:
            await connection.execute(insert(workspace).from_select(list(spaces), select(*spaces.values())))
        for first in range(1, self.people + 1, _A_STRETCH):
            numbers = _numbers(first, min(first + _A_STRETCH - 1, self.people))
            wanted = _schedules(self.schedules)
            people = _people(numbers, wanted, self.workspaces)
            # Whoever has the same schedule is neither side by side nor all in one workspace.
            turn = (numbers.c.i - 1) % self.workspaces + (numbers.c.i - 1) // self.workspaces
            rows = select(*people.values()).join_from(
                numbers, wanted, wanted.c.number == turn % len(self.schedules)
            )
            async with database.writing() as connection:
                await connection.execute(insert(subscription).from_select(list(people), rows))
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))


def _numbers(first: int, last: int) -> CTE:
    begun = select(literal(first, BigInteger).label("i")).cte("numbers", recursive=True)
    return begun.union_all(select(begun.c.i + 1).where(begun.c.i < last))


def _schedules(schedules: Sequence[tuple[Schedule, Occurrence]]) -> CTE:
    columns = (
        *(column("number", Integer), column("tz", Text), column("minute", Integer)),
        *(column("days", Integer), column("at", BigInteger), column("day", IsoDate)),
    )
    rows = [
        (number, schedule.zone, schedule.minute, schedule.days, due.at, due.due_on)
        for number, (schedule, due) in enumerate(schedules)
    ]
    return values(*columns, name="schedules").data(rows).cte()


def _workspaces(numbers: CTE, rate: float) -> dict[str, ColumnElement[Any]]:
    return {
        "id": numbers.c.i,
        "platform": literal("slack"),
        "external_id": literal("T") + cast(numbers.c.i, Text),
        "status": literal(WorkspaceStatus.ACTIVE.value),
        "generation": literal(1),
        "installed_at": literal(0),
        "rate": literal(rate),
    }


def _people(numbers: CTE, wanted: CTE, workspaces: int) -> dict[str, ColumnElement[Any]]:
    of = 1 + numbers.c.i % workspaces
    named = literal("T") + cast(of, Text) + literal("U") + cast(numbers.c.i, Text)
    nothing = ("pace", "asked", "cursor", "unanswered")
    return {
        "id": numbers.c.i,
        "workspace_id": of,
        "target_kind": literal(TargetKind.PERSON.value),
        "target_id": named,
        "set_up_by": literal(""),
        "status": literal(Status.ON.value),
        "tz": wanted.c.tz,
        "minute": wanted.c.minute,
        "days_mask": wanted.c.days,
        "next_at": wanted.c.at,
        "next_on": wanted.c.day,
        "version": literal(1),
        **{name: literal(0) for name in nothing},
    }


def at_nine(now_ms: int) -> Schedule:
    """A schedule in a zone where it is nine in the morning, so that no day ends during a run."""
    hour = datetime.fromtimestamp(now_ms / 1000, UTC).hour
    ahead = (9 - hour + 12) % 24 - 12
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # POSIX: west is plus
    minute = datetime.fromtimestamp(now_ms / 1000, UTC).minute
    return Schedule(zone, 9 * 60 + minute, EVERY_DAY)


def due_before(schedule: Schedule, now_ms: int) -> Occurrence:
    """When the schedule came round last."""
    return next_occurrence(schedule, now_ms - 24 * HOUR_MS)
