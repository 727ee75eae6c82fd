"""What a subscription would get in the days to come, by the rules of the planner itself: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.coach.handbook import Handbook
from bot.store.planning import NewDelivery, Step
from bot.store.records import Delivery, Key, SeenTip, State, Status, Subscription
from bot.tips.chosen import Card, choose_card
from bot.tips.planner import plan_step

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message to come."""

    due_on: date
    """The nominal date."""
    at: int
    """UTC milliseconds."""
    card: Card | None
    """None where every tip was sent within 90 days, or is not wanted."""


def foresee(
    handbook: Handbook, subscription: Subscription, history: Sequence[SeenTip], now: int, days: int
) -> Iterator[Foreseen]:
    """Give what would be sent, in order, should nobody react to any of it.

    Args:
        handbook: The content.
        subscription: As it is stored.
        history: What it has got.
        now: UTC milliseconds.
        days: How far to look, of 24 hours each.
    """
    seen = {each.tip_id: each for each in history}
    while subscription.next_at is not None and subscription.next_at <= now + days * _DAY_MS:
        step = plan_step(subscription, max(now, subscription.next_at), {})
        subscription = _moved_on(subscription, step)
        if step.delivery is None or step.delivery.skipped:
            continue
        card = choose_card(handbook, _delivery(subscription, step.delivery), subscription, [*seen.values()])
        yield Foreseen(step.delivery.due_on, step.delivery.due_at, card)
        if card is not None:
            subscription = _after(subscription, card, seen)


def _moved_on(subscription: Subscription, step: Step) -> Subscription:
    return replace(
        subscription, next_at=step.next_at, next_on=step.next_on, status=Status.ON, paused_until=None
    )


def _delivery(subscription: Subscription, new: NewDelivery) -> Delivery:
    return Delivery(
        key=Key(subscription.id, new.due_on),
        workspace_id=subscription.workspace_id,
        target_kind=subscription.target_kind,
        target_id=subscription.target_id,
        due_at=new.due_at,
        send_after=new.send_after,
        state=State.PENDING,
        attempts=0,
        attempt_token=None,
        started_at=None,
        content_id=None,
        error=None,
    )


def _after(subscription: Subscription, card: Card, seen: dict[str, SeenTip]) -> Subscription:
    """How the subscription stands once a card has arrived, as the ledger would write it."""
    shown = card.seen
    if shown is None:
        return replace(subscription, asked=subscription.asked or card.asked)
    before = seen.get(shown.tip_id)
    reaction = before.reaction if before and before.seen_on == shown.seen_on else None
    seen[shown.tip_id] = SeenTip(shown.tip_id, shown.seen_on, reaction, shown.recall_step, shown.recall_on)
    return replace(
        subscription,
        cursor=subscription.cursor + 1,
        unanswered=subscription.unanswered + 1,
        next_side=shown.next_side or subscription.next_side,
        pace=subscription.pace if shown.pace is None else shown.pace,
    )
