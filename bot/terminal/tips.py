"""`lvm tips`: how sending goes, and what would be sent, as lines to print."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.coach.handbook import Handbook
from bot.errors import CoachError
from bot.store import deliveries, history
from bot.store.address import parse_address
from bot.store.database import Database
from bot.store.deliveries import Counts
from bot.store.records import State, Status, Subscription
from bot.store.watching import find_for, next_turn_in
from bot.tips.preview import Foreseen, foresee
from bot.tips.saying import say_summary
from bot.tips.schedule import Pace, local_time
from bot.tips.standing import schedule_of

_COLUMNS = (
    "workspace",
    "status",
    "subscribed",
    "paused",
    "due",
    "sent",
    "late",
    "failed",
    "unknown",
    "skipped",
)
_LINE_CHARACTERS = 70
MOST_DAYS = 366


def status(address: str, days: int) -> list[str]:
    """How things stand by workspace, deliveries of the last so many days.

    Raises:
        CoachError: So many days cannot be looked at, or the database cannot be read.
    """
    return _asking(address, days, _status)


def preview(address: str, handbook: Handbook, target_id: str, days: int) -> list[str]:
    """What somebody would get in so many days, should they react to none of it.

    Raises:
        CoachError: Nobody of that id ever got tips, or as in `status`.
    """
    return _asking(address, days, partial(_preview, handbook, target_id))


def _asking(address: str, days: int, ask: Callable[[Database, int], Awaitable[list[str]]]) -> list[str]:
    if not 0 < days <= MOST_DAYS:
        raise CoachError(f"--days must be from 1 to {MOST_DAYS}.")

    path = parse_address(address).path
    if path is not None and not path.exists():
        raise CoachError(f"There is no database in {path} yet: `lvm serve` makes it, or `lvm migrate`.")

    async def asked() -> list[str]:
        async with Database(address) as database:
            return await ask(database, days)

    return asyncio.run(asked())


async def _status(database: Database, days: int) -> list[str]:
    async with database.reading() as connection:
        now = await database.now_ms(connection)
    since = (datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=days - 1)).date()
    counted = await deliveries.count(database, since)
    wait_ms = await next_turn_in(database)
    return [*_table([_COLUMNS, *map(_row, counted)]), _next(wait_ms)]


async def _preview(handbook: Handbook, target_id: str, database: Database, days: int) -> list[str]:
    found, now = await find_for(database, target_id)
    if not found:
        raise CoachError(f"No person or channel with the id {target_id!r} ever had daily tips here.")
    seen = await history.find_seen(database, [each.id for each in found])
    lines: list[str] = []
    for each in found:
        lines.extend(_foretell(each, [*foresee(handbook, each, seen[each.id], now, days)], handbook))
    return lines


def _row(counts: Counts) -> tuple[str, ...]:
    of, by = counts.subscriptions, counts.deliveries
    waiting = by.get(State.PENDING, 0) + by.get(State.SENDING, 0)
    numbers = (of.get(Status.ON, 0), of.get(Status.PAUSED, 0), waiting, by.get(State.SENT, 0), counts.late)
    rest = (by.get(state, 0) for state in (State.FAILED, State.UNKNOWN, State.SKIPPED))
    return (f"{counts.platform} {counts.external_id}", counts.status, *map(str, (*numbers, *rest)))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        names = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join((*names, *numbers))


def _next(wait_ms: int | None) -> str:
    if wait_ms is None:
        return "No tip is due at any time."
    if wait_ms < 0:
        return f"The longest due has waited for {timedelta(seconds=-wait_ms // 1000)}."
    return f"The next is due in {timedelta(seconds=wait_ms // 1000)}."


def _foretell(known: Subscription, coming: Sequence[Foreseen], handbook: Handbook) -> Iterator[str]:
    yield f"{known.target_id}: {say_summary(schedule_of(known), Pace(known.pace))} ({known.status})"
    tips = {tip.id: tip.line for tip in handbook.tips}
    yield "  If they react to none of it:" if coming else "  Nothing comes in this time."
    for each in coming:
        there = local_time(known.tz, each.at)
        content_id = each.card.content_id if each.card else "nothing left to send"
        line = tips.get(content_id, each.card.answer.lead if each.card else "")
        yield f"  {there:%a %d %b %Y %H:%M %Z (UTC%z)}  {content_id}  {_cut(line)}".rstrip()


def _cut(line: str) -> str:
    return line if len(line) <= _LINE_CHARACTERS else f"{line[: _LINE_CHARACTERS - 1]}…"
