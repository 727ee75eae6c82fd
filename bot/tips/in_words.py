"""What is stored about somebody, so that they can read it: days by name, states by word, instants as dates.

Pure. Nothing is left out, and every table and column keeps its name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.store.records import State
from bot.tips.hours import write_hour
from bot.tips.schedule import MONDAY, Pace, is_known, local_time

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""By table."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PACES = {Pace.DAILY: "every one of its days", Pace.HALF: "every other one", Pace.WEEKLY: "once a week"}
_STATES = {
    State.PENDING: "waits to be sent",
    State.SENDING: "being sent",
    State.SENT: "sent",
    State.FAILED: "not sent, as it was refused",
    State.SKIPPED: "not sent, as it was too late or not wanted any more",
    State.UNKNOWN: "perhaps sent",
}
_INSTANTS = frozenset({"next_at", "due_at", "send_after", "started_at", "at"})
_WORDS: Mapping[str, Callable[[Any], Any]] = {
    "minute": write_hour,
    "days_mask": lambda mask: [name for day, name in enumerate(_DAYS) if mask & MONDAY << day],
    "pace": lambda pace: _PACES[Pace(pace)],
    "state": lambda state: _STATES[State(state)],
}


def in_words(rows: Rows) -> Rows:
    """Write all of it in words.

    Args:
        rows: As they are stored. Instants are written by the clocks of the subscription they belong to, those
            of no subscription in UTC.
    """
    zones = {row["id"]: row["tz"] for row in rows.get("subscription", ())}
    return {table: [dict(_row(row, zones)) for row in found] for table, found in rows.items()}


def _row(row: Mapping[str, Any], zones: Mapping[int, str]) -> Iterator[tuple[str, Any]]:
    zone = row.get("tz") or zones.get(row.get("subscription_id", 0))
    for name, value in row.items():
        if value is None:
            yield name, None
        elif name in _INSTANTS:
            yield name, _write_instant(zone, value)
        else:
            yield name, _WORDS[name](value) if name in _WORDS else value


def _write_instant(zone: str | None, at: int) -> str:
    """ISO 8601, to the millisecond, with the offset from UTC."""
    there = local_time(zone, at) if zone and is_known(zone) else datetime.fromtimestamp(at / 1000, UTC)
    return there.replace(microsecond=at % 1000 * 1000).isoformat()
