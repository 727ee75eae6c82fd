"""One delivery → one message, and what became of it: intent, send, result."""

import asyncio
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.coach.answer import Answer
from bot.errors import DeliveryError, Refusal
from bot.incidents import report
from bot.store import subscriptions, workspaces
from bot.store.database import Database
from bot.store.ledger import Intent, Result
from bot.store.records import Delivery, Lane, State, Status, Subscription, TargetKind
from bot.tips.card import show_gone
from bot.tips.chosen import Card
from bot.tips.counters import Counters
from bot.tips.ledger import Ledger
from bot.tips.verdict import Verdict, Went, arrived, judge


class Deliver(Protocol):
    """A platform, as far as tips need it."""

    async def workspaces(self) -> Collection[int] | None:
        """The ids of those workspaces that it can send to; None for all of its platform's."""

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:
        """Send an answer to the delivery's target.

        Returns:
            The platform's own name for the message.

        Raises:
            DeliveryError: It did not arrive, or perhaps it did.
        """


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends; safe for any number of deliveries at a time."""

    database: Database
    delivers: Mapping[str, Deliver]
    """By platform."""
    ledger: Ledger
    counts: Counters
    seconds: float
    """How long a platform may take for one message."""

    async def reach(self) -> tuple[list[str], list[int]]:
        """The platforms that we can send to wherever it is, and the workspaces of the others."""
        platforms: list[str] = []
        workspaces: list[int] = []
        for platform, deliver in self.delivers.items():
            own = await deliver.workspaces()
            if own is None:
                platforms.append(platform)
            else:
                workspaces += own
        return platforms, workspaces

    async def send(
        self, lane: Lane, delivery: Delivery, card: Card, now: Callable[[], int], may_go: Callable[[], bool]
    ) -> Verdict | None:
        """Send one, and write what became of it.

        Args:
            lane: Ours.
            delivery: One of its deliveries.
            card: What to send.
            now: The database's time in UTC milliseconds, as far as it is known here.
            may_go: Whether the lane is still ours, asked at the last moment.

        Returns:
            How it went; None where nothing was sent, as it is not ours to send any more.
        """
        token = secrets.token_hex(8)
        if not await self.ledger.begin(Intent(delivery.key, lane, token, card.content_id)):
            return None
        if not may_go():
            await self.ledger.finish(Result(delivery.key, token, State.PENDING, counted=False))
            return None
        verdict = await self._attempt(lane.platform, delivery, card, token, now)
        self._count(verdict, now() - delivery.send_after)
        await self.ledger.finish(verdict.result)
        return verdict

    async def _attempt(
        self, platform: str, delivery: Delivery, card: Card, token: str, now: Callable[[], int]
    ) -> Verdict:
        try:
            async with asyncio.timeout(self.seconds):
                name = await self.delivers[platform].deliver(delivery, card.answer)
        except DeliveryError as error:
            return judge(delivery, card, token, error, now())
        except TimeoutError:
            late = DeliveryError("no answer came in time", outcome_unknown=True)
            return judge(delivery, card, token, late, now())
        except Exception as error:  # noqa: BLE001  one faulty message must not stop all others
            fault = DeliveryError(f"incident {report(error, 'sending a tip')}", outcome_unknown=True)
            return judge(delivery, card, token, fault, now())
        return arrived(delivery, card, token, name)

    def _count(self, verdict: Verdict, lag_ms: int) -> None:
        if verdict.went is Went.UNKNOWN:
            self.counts.unknown += 1
        if verdict.went is Went.TOLD_TO_WAIT:
            self.counts.lane_waits += 1
            self.counts.lane_wait_seconds += verdict.wait_ms / 1000
        elif verdict.result.state is State.PENDING:
            self.counts.retried += 1
        if verdict.went is Went.WELL:
            self.counts.sent += 1
            self.counts.send_lag.add(lag_ms / 1000)
        if verdict.refusal is not None:
            self.counts.dropped[verdict.refusal] += 1

    async def give_up(self, lane: Lane, delivery: Delivery, subscription: Subscription, why: Refusal) -> None:
        """Send nothing more there: stop the workspace, or pause the subscription and tell who set it up.

        Should the database be away, the next refusal brings us here again.
        """
        try:
            if why is Refusal.WORKSPACE_GONE:
                await workspaces.stop(self.database, lane.workspace_id, lane.generation)
            elif await self._pause(subscription) and delivery.target_kind is TargetKind.CHANNEL:
                await self._tell(lane.platform, delivery, subscription.set_up_by)
        except Exception as error:  # noqa: BLE001  the messages beside this one go on
            self.counts.troubles += 1
            report(error, "giving up a target")

    async def _pause(self, known: Subscription) -> bool:
        """Pause it, unless somebody changes it meanwhile: they may have mended what was wrong."""
        if known.status is not Status.ON:
            return False
        wanted = replace(known, status=Status.PAUSED, next_at=None, next_on=None)
        return await subscriptions.put(self.database, wanted) is not None

    async def _tell(self, platform: str, delivery: Delivery, person: str) -> None:
        if not person:
            return
        to_them = replace(delivery, target_kind=TargetKind.PERSON, target_id=person)
        try:
            async with asyncio.timeout(self.seconds):
                await self.delivers[platform].deliver(to_them, show_gone())
        except (DeliveryError, TimeoutError):
            return  # told once or not at all
