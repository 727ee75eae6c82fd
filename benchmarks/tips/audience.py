"""A million people in 24 zones, each at their own local hour; one in five is due, whatever hour it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, text, update

from benchmarks.crowd import HOUR_MS, Crowd
from bot.store.database import Database
from bot.store.tables import subscription
from bot.tips.schedule import (
    EVERY_DAY,
    MINUTES_A_DAY,
    Occurrence,
    Schedule,
    local_time,
    next_occurrence,
)

WORKSPACES = 5_000
RATE = 10_000.0
"""Messages a second in one workspace: so high that pacing holds nothing up, only work does."""
ZONES = (
    *("Pacific/Pago_Pago", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles"),
    *("America/Denver", "America/Chicago", "America/New_York", "America/Halifax"),
    *("America/Sao_Paulo", "Atlantic/South_Georgia", "Atlantic/Azores", "Europe/London"),
    *("Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Asia/Dubai"),
    *("Asia/Karachi", "Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai"),
    *("Asia/Tokyo", "Australia/Sydney", "Pacific/Noumea", "Pacific/Auckland"),
)
_SCHEDULES = 100
_DUE = 20
_BY_DAY = 12
"""Zones in which somebody is due: those where noon is nearest, so that no day ends during a run."""
_MINUTE_MS = 60_000
_APART_MS = 15 * _MINUTE_MS
_SOONEST_MS = 2 * HOUR_MS
"""Whoever is not due during a run is so no earlier than this after it began."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who wants tips, and who of them is about to get one."""

    crowd: Crowd
    """Nobody in it is due yet."""
    due: Sequence[tuple[Occurrence, Occurrence]]
    """What a fifth of them wait for, and the turn before it: some minutes ago."""

    @property
    def due_people(self) -> int:
        """How many that is."""
        return self.crowd.people * _DUE // _SCHEDULES

    async def come_due(self, database: Database) -> None:
        """Let the fifth be due, as if their tips had not been planned yet."""
        before = {wanted.at: turn.at for wanted, turn in self.due}
        days = {wanted.at: turn.due_on for wanted, turn in self.due}
        at = subscription.c.next_at
        async with database.writing() as connection:
            # In one go: people who are due together lie apart in the table, as in life.
            moved = await connection.execute(
                update(subscription)
                .where(at.in_(before))
                .values(
                    next_at=case(before, value=at),
                    next_on=case(days, value=at),
                )
            )
            assert moved.rowcount == self.due_people, f"{moved.rowcount} were to be due"
            await connection.execute(text("ANALYZE"))


def gather(people: int, now: int) -> Audience:
    """So many people as things stand at an instant, in UTC milliseconds.

    Args:
        people: A multiple of 5,000, so that each schedule has as many; with 500,000, so has each workspace.
        now: When the run begins.
    """
    near_noon = sorted(ZONES, key=lambda zone: abs(_minute(zone, now) - MINUTES_A_DAY // 2))[:_BY_DAY]
    due = [_at(near_noon[n % _BY_DAY], now - (n + 1) * _MINUTE_MS) for n in range(_DUE)]
    turns = [next_occurrence(schedule, now - HOUR_MS) for schedule in due]
    later = [_at(ZONES[n % len(ZONES)], now + _SOONEST_MS + n * _APART_MS) for n in range(_SCHEDULES - _DUE)]
    schedules = [(schedule, next_occurrence(schedule, now)) for schedule in (*due, *later)]
    waited_for = [wanted for _, wanted in schedules[:_DUE]]
    assert all(0 < now - turn.at < HOUR_MS for turn in turns)
    assert all(wanted.at - now > HOUR_MS // 2 for _, wanted in schedules)
    # So that `come_due` finds them by their instants, and nobody else.
    assert len({wanted.at for wanted in waited_for}) == _DUE
    assert min(wanted.at for wanted in waited_for) > max(wanted.at for _, wanted in schedules[_DUE:])
    return Audience(
        Crowd(WORKSPACES, people, schedules, rate=RATE), list(zip(waited_for, turns, strict=True))
    )


def _minute(zone: str, at: int) -> int:
    local = local_time(zone, at)
    return local.hour * 60 + local.minute


def _at(zone: str, at: int) -> Schedule:
    return Schedule(zone, _minute(zone, at), EVERY_DAY)
