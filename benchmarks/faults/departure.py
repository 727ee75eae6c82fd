"""Somebody who brings us the news of workspaces, and looks at once what became of each."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.faults.orders import Event, Expected, Order
from benchmarks.faults.remains import rows_of
from benchmarks.faults.stand import Stand
from bot.coach.daily_texts import DailyText
from bot.conversation import build_coach
from bot.memory import remembering
from bot.slack.authorize import CachedAuthorize
from bot.slack.installation import Installation
from bot.store import workspaces
from bot.store.records import Key
from bot.store.tables import subscription
from bot.tips.card import Act, write_item
from bot.tips.daily import Daily
from bot.tips.who import Who

_PLATFORM = "slack"
_AT_A_TIME = 8
_GAP_SECONDS = 0.4
"""At most, from one event to the next in a workspace."""
_SEED = 20261122
_HALF_A_DAY = 12
_NEWCOMER = "U-newcomer"
_KEPT_NOTHING = (DailyText.NOT_STORED, DailyText.STOPPED, DailyText.OLD_BUTTON)


@dataclass
class Departures:
    """Brings the news."""

    stand: Stand
    daily: Daily
    installation: Installation
    texts: Mapping[DailyText, str]
    people: int
    """In one workspace."""
    before: int
    """Seconds since 1970: the time of what comes too late."""
    wrong: list[str] = field(default_factory=list)
    """What was not as it must be."""
    draw: random.Random = field(default_factory=partial(random.Random, _SEED))
    _turn: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, _AT_A_TIME))

    async def live_through(self, team: int, order: Order) -> None:
        """Bring the events of a workspace in their order, and look at it after each."""
        expected = Expected()
        for number, event in enumerate(order):
            await asyncio.sleep(self.draw.uniform(0, _GAP_SECONDS))
            async with self._turn:
                said = await self._bring(event, team)
                must_be = expected.after(event)
                wrong = [
                    *await self._look(team, must_be),
                    *self._listen(event, said, expected),
                ]
            self.wrong += [f"{' → '.join(order[: number + 1])}: {each}" for each in wrong]
            expected = must_be

    async def _bring(self, event: Event, team: int) -> str | None:
        """What is said to it, where somebody reads it."""
        name, now = f"T{team}", int(datetime.now(UTC).timestamp())
        match event:
            case Event.INSTALLED:
                await workspaces.install(self.stand.database, _PLATFORM, name)
            case Event.UNINSTALLED | Event.OLD_UNINSTALLED:
                at = now if event is Event.UNINSTALLED else self.before
                await self.installation.uninstalled(name, at)
            case Event.REVOKED | Event.OLD_REVOKED:
                await self.installation.revoked(name, now if event is Event.REVOKED else self.before)
            case Event.COMMAND:
                hour = (datetime.now(UTC).hour + _HALF_A_DAY) % 24
                return (await self.daily.command(f"at {hour}:30", self._who(team, _NEWCOMER))).lead
            case Event.BUTTON:
                return await self._press(team)
        return None

    async def _press(self, team: int) -> str:
        """One of those who got tips stops them."""
        number = team - 1 or self.stand.crowd.workspaces  # as the crowd puts people into workspaces
        item = write_item(Act.STOP, Key(number, datetime.now(UTC).date()))
        return (await self.daily.press(item, self._who(team, f"T{team}U{number}"))).lead

    def _who(self, team: int, person: str) -> Who:
        return Who(_PLATFORM, f"T{team}", person, None, "UTC", is_admin=False, may_get_tips=True)

    async def _look(self, team: int, must_be: Expected) -> list[str]:
        """What is not as it must be right after an event."""
        found = await workspaces.find(self.stand.database, _PLATFORM, f"T{team}")
        rows = await rows_of(self.stand.database, team)
        wanted = (0 if must_be.is_erased else self.people) + must_be.has_newcomer
        wrong = []
        if found is None or found.status is not must_be.status:
            wrong.append(f"{found.status if found else 'unknown'} and not {must_be.status}")
        if rows[subscription.name] != wanted:
            wrong.append(f"{rows[subscription.name]} subscriptions and not {wanted}")
        if must_be.is_empty and sum(rows.values()):
            wrong.append(f"rows are left: {rows}")
        return wrong

    def _listen(self, event: Event, said: str | None, before: Expected) -> list[str]:
        """Whether people were told what is true."""
        if said is None:
            return []
        kept_nothing = any(self.texts[text] in said for text in _KEPT_NOTHING)
        # Who wants no tips any more is heard wherever anything is known of them.
        is_to_be_kept = before.takes_changes if event is Event.COMMAND else not before.is_erased
        return [] if kept_nothing is not is_to_be_kept else [f"{event} reads {said!r}"]


@asynccontextmanager
async def departing(stand: Stand, people: int, before: int) -> AsyncIterator[Departures]:
    """A bringer of news for as long as this lasts."""
    coach = build_coach(None)
    async with remembering(coach, stand.address, b"faults") as (_, memory):
        installation = Installation(memory.database, CachedAuthorize(AsyncWebClient(), ""))
        yield Departures(stand, memory.daily, installation, coach.handbook.daily, people, before)
