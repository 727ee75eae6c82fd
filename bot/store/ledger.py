"""The ledger: an intent is written before a message is sent, its result after; many lanes in one transaction.

An intent is fenced: it is written only while its lane is leased to whoever asks and the delivery is still
wanted. Writing the same intents and results twice does no harm, so what a broken connection left open is
simply written again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.coach.handbook import Side
from bot.store.bulk import in_rounds
from bot.store.database import Database
from bot.store.entries import ASK, BEGIN, COUNT, FINISH, SEE
from bot.store.records import Key, Lane, State


@dataclass(frozen=True, slots=True)
class Intent:
    """About to send this, in a lane that is ours."""

    key: Key
    lane: Lane
    token: str
    """Names this attempt; no other attempt may share it."""
    content_id: str
    """What is sent: kept, so that an attempt after a crash sends the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The tip that people have before them once it is sent; counts as unanswered until they react."""

    tip_id: str
    seen_on: date
    """For a recall question, the day that the tip itself was sent."""
    recall_step: int
    recall_on: date | None
    next_side: Side | None = None
    """Which side the next tip trains; None leaves it."""
    pace: int | None = None
    """The slower pace that was told along with it; None leaves it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an attempt."""

    key: Key
    token: str
    """The attempt's; the result of any other is not written."""
    state: State
    """PENDING puts it back, to be sent after `send_after`."""
    send_after: int | None = None
    """None leaves it."""
    external_ts: str | None = None
    """The platform's name for the message."""
    error: str | None = None
    """The reason, in the platform's word; never what it said at length."""
    counted: bool = True
    """Whether it counts as an attempt: being told to wait does not."""
    seen: Seen | None = None
    """Kept where `state` is SENT, or UNKNOWN: what may have arrived is not to come again soon."""
    asked: bool = False
    """Whether it was the question how to go on; likewise."""


MAYBE = "maybe-duplicate"
"""Stands with a delivery once an attempt's outcome was unknown: it is made again once, and never more."""
_ARRIVED = (State.SENT, State.UNKNOWN)


async def write(
    database: Database, intents: Sequence[Intent], results: Sequence[Result]
) -> frozenset[Intent]:
    """Write all of these, or none; a few thousand at most.

    Returns:
        The intents that were written: these may be sent, and no others. Where a lane was lost and leased
        anew, two of one delivery can be asked for, and only the one of the lane that is ours is among them.

    Raises:
        StoreError: Nothing was written, or with `outcome_unknown` perhaps all: write the same again.
    """
    begun: set[tuple[Key, str]] = set()
    async with database.writing() as connection:
        # Results first: subscriptions are locked before deliveries here as everywhere.
        ordered = sorted(results, key=lambda result: result.key)
        for some in in_rounds(ordered, lambda result: result.key.subscription_id):
            await _write_results(connection, some)
        now = await database.now_ms(connection) if intents else 0
        for each in in_rounds(sorted(intents, key=lambda intent: intent.key), lambda intent: intent.key):
            rows = [
                (*_attempt(intent), intent.content_id, lane.workspace_id, lane.owner, lane.epoch)
                for intent in each
                for lane in (intent.lane,)
            ]
            written = await BEGIN.execute(connection, rows, now=now)
            begun |= {(Key(of, on), token) for of, on, token in written}
    return frozenset(intent for intent in intents if (intent.key, intent.token) in begun)


async def _write_results(connection: AsyncConnection, results: Sequence[Result]) -> None:
    arrived = [result for result in results if result.state in _ARRIVED]
    if asked := [_attempt(result) for result in arrived if result.asked]:
        await ASK.execute(connection, asked)
    if shown := [(*_attempt(result), *_shown(result.seen)) for result in arrived if result.seen]:
        await COUNT.execute(connection, shown)
        await SEE.execute(connection, shown)
    rows = [
        (
            *_attempt(each),
            *(each.state, each.send_after, int(not each.counted), each.external_ts, each.error),
        )
        for each in results
    ]
    await FINISH.execute(connection, rows)


def _shown(seen: Seen) -> tuple[object, ...]:
    return (seen.tip_id, seen.seen_on, seen.recall_step, seen.recall_on, seen.next_side, seen.pace)


def _attempt(of: Intent | Result) -> tuple[object, ...]:
    return (of.key.subscription_id, of.key.due_on, of.token)
