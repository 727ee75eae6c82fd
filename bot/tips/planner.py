"""What is due → what is to be sent, and when each is due again; the store keeps both in one transaction.

What is chosen is chosen later, in the lane, from what has arrived by then. So nothing that is skipped counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.incidents import report
from bot.store import planning
from bot.store.database import Database
from bot.store.planning import Crowd, NewDelivery, Step
from bot.store.records import Subscription, WorkspaceStatus
from bot.tips import pace
from bot.tips.chosen import read_state
from bot.tips.counters import Counters, Drop
from bot.tips.schedule import (
    LATEST_MS,
    Occurrence,
    Pace,
    Schedule,
    is_too_late,
    local_day,
    next_occurrence,
    send_after,
    slowed,
)

BATCH = 1000
"""Subscriptions planned in one transaction."""
_LOOK_AGAIN_MS = 86_400_000

Crowds = Mapping[tuple[int, int], Crowd]
"""Who is due, by workspace and instant."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans what is due; any number of replicas may do so at once."""

    database: Database
    counts: Counters

    async def plan(self) -> int:
        """Plan everything that is due by now.

        Returns:
            How many were planned.

        Raises:
            StoreError: What was planned up to then is kept.
        """
        crowds = await planning.find_crowds(self.database)
        planned = 0
        while crowds and (batch := await self._plan_batch(crowds)):
            planned += batch
        return planned

    async def _plan_batch(self, crowds: Crowds) -> int:
        steps: list[tuple[Step, int]] = []

        def plan(subscription: Subscription, now: int) -> Step:
            steps.append((_plan_any(subscription, now, crowds), now))
            return steps[-1][0]

        planned = await planning.take_due(self.database, plan, limit=BATCH)
        self.counts.planned += planned
        for step, now in steps:  # once they are kept
            if step.delivery is not None and step.delivery.skipped:
                self.counts.dropped[step.delivery.skipped] += 1
            elif step.delivery is not None:
                self.counts.plan_lag.add((now - step.delivery.due_at) / 1000)
        return planned


def _plan_any(subscription: Subscription, now: int, crowds: Crowds) -> Step:
    """Plan one; a row that makes no sense must not stop all others, and is looked at again a day later."""
    try:
        return plan_step(subscription, now, crowds)
    except Exception as error:  # noqa: BLE001  whatever it is, the others go on
        report(error, "planning a tip")
        return Step(None, now + _LOOK_AGAIN_MS, None)


def plan_step(subscription: Subscription, now: int, crowds: Crowds) -> Step:
    """What follows for a subscription that is due: pure.

    After an outage the newest tip comes if it is not late by hours; the missed ones before it are written
    off as one.

    Args:
        subscription: It, with its `next_at` at or before `now`.
        now: UTC milliseconds.
        crowds: Who else is due; whoever is not in there is taken to be alone.
    """
    due = Occurrence(
        subscription.next_on or local_day(subscription.tz, subscription.next_at or now),
        subscription.next_at or now,
    )
    alone = Crowd(1, 1.0, WorkspaceStatus.ACTIVE)
    crowd = crowds.get((subscription.workspace_id, due.at), alone)
    if crowd.status is not WorkspaceStatus.ACTIVE:
        return _skip(subscription, due, now, Drop.STOPPED)
    if is_too_late(subscription.tz, due.at, now):
        return _skip(subscription, due, now, Drop.LATE)
    plan = pace.plan(read_state(subscription), due.due_on, subscription.days_mask)
    if plan.send is pace.Send.NOTHING:
        return Step(None, None, None)  # until it is answered how to go on
    # The first of them need not wait for anybody.
    turn = send_after(subscription.id, due, crowd.receivers - 1, crowd.rate)
    following = _following(subscription, due, now, Pace(subscription.pace))
    if plan.state.pace != subscription.pace:
        following = slowed(_schedule(subscription), following, plan.state.pace)
    return Step(NewDelivery(due.due_on, due.at, turn), following.at, following.due_on)


def _skip(subscription: Subscription, due: Occurrence, now: int, why: Drop) -> Step:
    # What came due in the last hours is not passed over: it is planned next.
    following = _following(subscription, due, now - LATEST_MS - 1, Pace(subscription.pace))
    return Step(NewDelivery(due.due_on, due.at, due.at, skipped=why), following.at, following.due_on)


def _following(subscription: Subscription, due: Occurrence, after: int, at_pace: Pace) -> Occurrence:
    return next_occurrence(_schedule(subscription), after, due.due_on, at_pace)


def _schedule(subscription: Subscription) -> Schedule:
    return Schedule(subscription.tz, subscription.minute, subscription.days_mask)
