"""What the coach says beside its topics: choices, referrals, tips, quotes, lists, its own texts."""

from collections import Counter
from collections.abc import Iterable

from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook, Quote, Referral, Tip, Tool
from bot.coach.labels import KIND_LABELS, QUOTE_STATUS_LABELS
from bot.coach.match import MatchKind
from bot.coach.question import Ask
from bot.coach.topics import Kind, Topic

MENU_CHARACTERS = 75
LISTED_TOPICS = 15
"""A longer list fills the screen, and the menu has them all."""


def offer(handbook: Handbook, kind: MatchKind, lead: str, choices: Iterable[str], headline: str) -> Answer:
    """A question back, or a decline: some topics to choose from."""
    return Answer(kind, headline, lead, steps=topic_steps(handbook, choices))


def topic_steps(handbook: Handbook, ids: Iterable[str]) -> tuple[Step, ...]:
    """A step for each topic, in the given order."""
    return tuple(Step(handbook.topics[id_].title, Ask(id_)) for id_ in ids)


def refer(referral: Referral) -> Answer:
    """The fixed text for what is beyond coaching; nothing is offered beside the doors."""
    return Answer(MatchKind.REFER, referral.headline, referral.text, points=referral.doors)


def give_tip(handbook: Handbook, tip: Tip) -> Answer:
    """A tip, with ways to go on."""
    topic = handbook.topics[tip.topic]
    return Answer(
        MatchKind.TOOL,
        headline=handbook.tools["tip"].headline,
        lead=tip.line,
        topic=topic.id,
        parts=(Part("Why it works", tip.why), Part("Today", tip.action), Part("If and then", tip.if_then)),
        steps=(Step("Another tip", Ask(tool="tip")), Step("More on this", Ask(topic.id))),
        shared_as=Ask(tool="tip", item=tip.id),
    )


def check_quote(handbook: Handbook, quote: Quote) -> Answer:
    """Whether a well-known line was said by whom it is credited to."""
    return Answer(
        MatchKind.ANSWER,
        headline=quote.words,
        lead=f"Did {quote.said_by} say this? {quote.verdict}",
        topic=quote.topic,
        parts=(
            Part("Status", QUOTE_STATUS_LABELS[quote.status]),
            Part("Where to check", quote.reference),
        ),
        steps=(*topic_steps(handbook, [quote.topic]), Step("Another line", Ask(tool="quote"))),
        shared_as=Ask(tool="quote", item=quote.id),
    )


def list_quotes(handbook: Handbook) -> Answer:
    """The lines that can be checked."""
    lines = tuple(
        Step(_cut(quote.words), Ask(tool="quote", item=quote.id)) for quote in handbook.quotes.values()
    )
    return Answer(
        MatchKind.TOOL,
        headline="Did they really say it?",
        lead="Pick a line, or type it after /lvm quote. I know only these.",
        menus=(Menu("Choose a line", lines),) if lines else (),
    )


def show_tool(tool: Tool) -> Answer:
    """A tool whose reply is a text: help, privacy, sources."""
    return Answer(
        MatchKind.TOOL,
        tool.headline,
        tool.text,
        steps=(Step("Give me a tip", Ask(tool="tip")), Step("Show all topics", Ask(tool="topics"))),
    )


def say_daily(handbook: Handbook, text: DailyText) -> Answer:
    """One of the texts about the daily tip, with a tip for now."""
    steps = (Step("Give me a tip", Ask(tool="tip")),)
    return Answer(MatchKind.TOOL, handbook.daily[DailyText.HEADLINE], handbook.daily[text], steps=steps)


def welcome(handbook: Handbook, suggestions: tuple[str, ...]) -> Answer:
    """The first words, with three things to try: a topic, another one, a tip."""
    steps = (*topic_steps(handbook, suggestions), Step("Give me a tip", Ask(tool="tip")))
    return Answer(MatchKind.TOOL, "Leading or managing?", handbook.replies.welcome, steps=steps)


def list_kinds(handbook: Handbook) -> Answer:
    """Everything there is to browse: a step for each kind, and how many topics it has."""
    counts = Counter(topic.kind for topic in handbook.topics.values())
    return Answer(
        MatchKind.TOOL,
        headline="What I can talk about",
        lead=f"I know {len(handbook.topics)} topics. Pick a kind, or just ask in your own words.",
        steps=tuple(
            Step(f"{KIND_LABELS[kind]} ({counts[kind]})", Ask(tool="topics", item=kind))
            for kind in Kind
            if counts[kind]
        ),
    )


def list_topics(handbook: Handbook, kinds: Iterable[Kind]) -> Answer:
    """All topics of some kinds: each kind with a menu, and a short one with a list beside it."""
    groups = {kind: [topic for topic in handbook.topics.values() if topic.kind is kind] for kind in kinds}
    listed = {KIND_LABELS[kind]: topics for kind, topics in groups.items() if topics}
    return Answer(
        MatchKind.TOOL,
        headline=next(iter(listed)) if len(listed) == 1 else "What I can talk about",
        lead="Pick a topic, or ask in your own words.",
        parts=tuple(
            Part(label, "\n".join(map(_line, topics)))
            for label, topics in listed.items()
            if len(topics) <= LISTED_TOPICS
        ),
        menus=tuple(
            Menu(label, topic_steps(handbook, (topic.id for topic in topics)))
            for label, topics in listed.items()
        ),
    )


def _line(topic: Topic) -> str:
    return f"• {topic.title} (no. {topic.number})" if topic.number else f"• {topic.title}"


def _cut(words: str) -> str:
    """At most 75 characters, for a menu."""
    return words if len(words) <= MENU_CHARACTERS else f"{words[: MENU_CHARACTERS - 1]}…"
