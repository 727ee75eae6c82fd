"""What is sent day by day, as an answer: a tip, a tip's question some days later, how to go on after a trial.

A button carries what it does and the key of its tip: `tried:17:2026-11-23`.
"""

from datetime import date
from enum import StrEnum

from bot.coach.answer import Answer, Part, Step
from bot.coach.handbook import Side, Tip
from bot.coach.match import MatchKind
from bot.coach.question import Ask
from bot.store.records import Key
from bot.tips.choice import Recall, Tried
from bot.tips.pace import Send
from bot.tips.saying import say_notice, say_tried

TOOL = "daily"
"""The tool of every button of ours."""


class Act(StrEnum):
    """What a button does."""

    TRIED = "tried"
    LATER = "later"
    NOT_FOR_ME = "not-for-me"
    LESS = "less"
    STOP = "stop"
    MORE = "more"
    GO_ON_DAILY = "go-on-daily"
    GO_ON_WEEKLY = "go-on-weekly"


LABELS = {
    Act.TRIED: "Tried it",
    Act.LATER: "Later today",
    Act.NOT_FOR_ME: "Not for me",
    Act.LESS: "Less often",
    Act.STOP: "Stop",
    Act.MORE: "More on this",
    Act.GO_ON_DAILY: "Go on every day",
    Act.GO_ON_WEEKLY: "Once a week",
}
SIDES = {Side.LEADING: "the leadership side", Side.MANAGING: "the management side"}
TEXTS = {
    "tip": "Your tip for today: {side}",
    "why": "Why it works",
    "today": "Today",
    "if_then": "If and then",
    "notice": "How often I write",
    "tried": "So far",
    "recall": "Do you remember?",
    "think": "Before you look",
    "think_text": "Take half a minute, and answer it in your own words first.",
    "show": "Show the tip",
    "trial": "How shall we go on?",
    "gone": "The tips in a channel have stopped",
    "gone_text": (
        "I can no longer write in a channel that you set up daily tips for, so I paused them. To go on, let "
        "me into the channel again and write there: /lvm daily resume"
    ),
}
_ON_A_TIP = (Act.TRIED, Act.LATER, Act.NOT_FOR_ME, Act.LESS, Act.STOP, Act.MORE)
_AFTER_A_TRIAL = (Act.GO_ON_DAILY, Act.GO_ON_WEEKLY, Act.STOP)
_MARK = ":"


def write_item(act: Act, key: Key) -> str:
    """What a button carries: at most 43 characters."""
    return f"{act.value}{_tail(key)}"


def read_item(item: str) -> tuple[Act, Key] | None:
    """What a button carried; None where it is forged or of an earlier version."""
    try:
        act, number, day = item.split(_MARK)
        key = Key(int(number), date.fromisoformat(day))
        found = Act(act)
    except ValueError:
        return None
    return (found, key) if write_item(found, key) == item else None


def show_tip(tip: Tip, key: Key, notice: str = "", tried: str = "") -> Answer:
    """A day's tip, and beside it that there will be fewer from now on, or how many were tried."""
    parts = [
        Part(TEXTS["why"], tip.why),
        Part(TEXTS["today"], tip.action),
        Part(TEXTS["if_then"], tip.if_then),
    ]
    return Answer(
        MatchKind.TOOL,
        headline=TEXTS["tip"].format(side=SIDES[tip.side]),
        lead=tip.line,
        topic=tip.topic,
        parts=(*parts, *_beside(notice, tried)),
        steps=_steps(_ON_A_TIP, key),
    )


def show_recall(recall: Recall, key: Key, notice: str = "") -> Answer:
    """The question of a tip that was read some days ago; the tip itself is one press away."""
    show = Step(TEXTS["show"], Ask(tool="tip", item=recall.tip.id))
    think = Part(TEXTS["think"], TEXTS["think_text"])
    return Answer(
        MatchKind.TOOL,
        headline=TEXTS["recall"],
        lead=recall.tip.recall,
        topic=recall.tip.topic,
        parts=(think, *_beside(notice, "")),
        steps=(show, *_steps(_ON_A_TIP, key)),
    )


def show_trial_question(key: Key) -> Answer:
    """How to go on, in place of a tip."""
    asked = say_notice(Send.TRIAL_QUESTION)
    return Answer(MatchKind.TOOL, TEXTS["trial"], asked, steps=_steps(_AFTER_A_TRIAL, key))


def show_gone() -> Answer:
    """To who set up the tips of a channel in which nothing can be written any more."""
    return Answer(MatchKind.TOOL, TEXTS["gone"], TEXTS["gone_text"])


def cheer(counted: Tried) -> str:
    """How many of the last tips were tried; nothing where none was, as that is no encouragement."""
    return say_tried(counted) if counted.count else ""


def _beside(notice: str, tried: str) -> list[Part]:
    return [Part(TEXTS[heading], text) for heading, text in (("notice", notice), ("tried", tried)) if text]


def _steps(acts: tuple[Act, ...], key: Key) -> tuple[Step, ...]:
    tail = _tail(key)
    return tuple([Step(LABELS[act], Ask(tool=TOOL, item=act.value + tail)) for act in acts])


def _tail(key: Key) -> str:
    return f"{_MARK}{key.subscription_id}{_MARK}{key.due_on.isoformat()}"
