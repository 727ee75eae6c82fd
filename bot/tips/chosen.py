"""What was chosen for a day, as a delivery keeps it: so that an attempt after a crash sends the same.

A tip by its id, its question as `recall:2:the-tip`, the question after a trial as `trial-question`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.coach.answer import Answer
from bot.coach.handbook import Handbook, Side, Tip
from bot.store.ledger import Seen as NowSeen
from bot.store.records import Delivery, Key, SeenTip, Subscription, TargetKind
from bot.tips import choice, pace
from bot.tips.card import cheer, show_recall, show_tip, show_trial_question
from bot.tips.choice import RECALL_DAYS, Reaction, Recall
from bot.tips.saying import say_notice
from bot.tips.schedule import Pace
from bot.tips.standing import Standing
from bot.tips.telling import Telling

TRIED_SHOWN_EVERY = 5
"""Tips after which it is said how many were tried."""
_TRIAL = pace.Send.TRIAL_QUESTION.value
_RECALL = "recall:"
_SLOWED = f"+{Reaction.LESS_OFTEN}@"


@dataclass(frozen=True, slots=True)
class Card:
    """What is sent to one subscription on one day, and what is to be kept once it was."""

    content_id: str
    answer: Answer
    seen: NowSeen | None = None
    """None where nothing is to be counted: no tip, or one that was put off and comes again."""
    asked: bool = False
    """Whether it is the question after the trial."""


def read_tip_id(content_id: str) -> str | None:
    """The tip that a delivery showed, or asked about; None where it was no tip."""
    if content_id == _TRIAL:
        return None
    return content_id.rpartition(":")[2] or None


def choose_card(
    handbook: Handbook, delivery: Delivery, subscription: Subscription, history: Sequence[SeenTip]
) -> Card | None:
    """Choose what to send; the same again for the same delivery. None where there is nothing to send.

    Args:
        handbook: The content; what it holds no more is chosen anew.
        delivery: The day, and what was chosen for it before, if anything was.
        subscription: As it is kept now.
        history: What the subscription has got.
    """
    due_on = delivery.key.due_on
    plan = pace.plan(read_state(subscription), due_on, subscription.days_mask)
    if plan.send is pace.Send.TRIAL_QUESTION:
        return Card(_TRIAL, show_trial_question(delivery.key), asked=True)
    if plan.send is pace.Send.NOTHING:
        return None
    past = [read_seen(seen) for seen in history]
    again = _again(handbook, delivery.content_id)
    if again is not None and _was_sent(again, past, due_on):
        return Card(_content_id(again), _show(again, delivery.key))
    side_last = _other(subscription.next_side)
    chosen = again or choice.choose(handbook.tips, past, due_on, side_last, subscription.id)
    if chosen is None:
        return None
    shows_tried = subscription.cursor > 0 and subscription.cursor % TRIED_SHOWN_EVERY == 0
    notice = _notice(handbook, subscription, plan.notice, delivery.due_at) if plan.notice else ""
    return Card(
        _content_id(chosen),
        _show(chosen, delivery.key, notice, cheer(choice.tried(past)) if shows_tried else ""),
        _seen(chosen, past, due_on, plan),
    )


def read_state(subscription: Subscription) -> pace.State:
    """How a subscription goes, for the rules of pace."""
    return pace.State(
        Pace(subscription.pace), subscription.unanswered, subscription.until_on, subscription.asked
    )


def read_seen(seen: SeenTip) -> choice.Seen:
    """What a subscription has got, for the rules of choice; a reaction of another version counts as none."""
    word = (seen.reaction or "").partition(_SLOWED)[0]
    reaction = Reaction(word) if word in set(Reaction) else None
    return choice.Seen(seen.tip_id, seen.seen_on, reaction, seen.recall_step, seen.recall_on)


def write_reaction(seen: SeenTip, now: Reaction, due_on: date) -> str:
    """What is kept of a tip's reactions: one of them, and behind one that stays when it slowed the tips."""
    kept = choice.keep(read_seen(seen).reaction, now)
    _, mark, day = (seen.reaction or "").partition(_SLOWED)
    if now is Reaction.LESS_OFTEN or has_slowed(seen, due_on):
        mark, day = _SLOWED, due_on.isoformat()
    return kept if kept is Reaction.LESS_OFTEN else f"{kept}{mark}{day}"


def has_slowed(seen: SeenTip, due_on: date) -> bool:
    """Whether "less often" was pressed on the message of this day already: one of them slows tips once."""
    word, _, day = (seen.reaction or "").partition(_SLOWED)
    return word == Reaction.LESS_OFTEN or day == due_on.isoformat()


def _again(handbook: Handbook, content_id: str | None) -> Tip | Recall | None:
    """What was chosen before, as far as the content still holds it."""
    tip = next((tip for tip in handbook.tips if content_id and tip.id == read_tip_id(content_id)), None)
    if tip is None or content_id is None or not content_id.startswith(_RECALL):
        return tip
    step = content_id.removeprefix(_RECALL).partition(":")[0]
    return Recall(tip, int(step)) if step.isdecimal() and 0 < int(step) <= len(RECALL_DAYS) else tip


def _was_sent(chosen: Tip | Recall, past: Sequence[choice.Seen], due_on: date) -> bool:
    """Whether it was sent on this very day, and put off by a person: it comes again, and counts no more."""
    if isinstance(chosen, Recall):
        return any(seen.tip == chosen.tip.id and seen.recall_on == due_on for seen in past)
    return any(seen.tip == chosen.id and seen.seen_on == due_on for seen in past)


def _content_id(chosen: Tip | Recall) -> str:
    if isinstance(chosen, Recall):
        return f"{_RECALL}{chosen.recall_step}:{chosen.tip.id}"
    return chosen.id


def _notice(handbook: Handbook, subscription: Subscription, notice: pace.Notice, now: int) -> str:
    """That there will be fewer, and when the next one comes; its planner has gone by the slower pace."""
    of = subscription
    standing = Standing(of.workspace_id, of.target_kind, of.target_id, now, known=of)
    telling = Telling(handbook.daily, discreet=of.target_kind is TargetKind.CHANNEL)
    return f"{say_notice(notice)} {telling.outlook(standing)}"


def _show(chosen: Tip | Recall, key: Key, notice: str = "", tried: str = "") -> Answer:
    if isinstance(chosen, Recall):
        return show_recall(chosen, key, notice)
    return show_tip(chosen, key, notice, tried)


def _seen(chosen: Tip | Recall, past: Sequence[choice.Seen], due_on: date, plan: pace.Plan) -> NowSeen:
    """What is to be kept once it arrived; a slower pace with the words that tell it, and never without."""
    told = int(plan.state.pace) if plan.notice else None
    if isinstance(chosen, Tip):
        return NowSeen(chosen.id, due_on, 0, None, _other(chosen.side), told)
    seen_on = next((seen.seen_on for seen in past if seen.tip == chosen.tip.id), due_on)
    return NowSeen(chosen.tip.id, seen_on, chosen.recall_step, due_on, pace=told)


def _other(side: Side | None) -> Side | None:
    if side is None:
        return None
    return Side.MANAGING if side is Side.LEADING else Side.LEADING
