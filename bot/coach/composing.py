"""Handbook in, answers out: which of a topic's texts make up a reply."""

from collections.abc import Iterable

from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.handbook import Evidence, Handbook, Kind, Referral, Tip, Tool, Topic
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role

ASPECT_LABELS = {
    Aspect.FULL: "The whole answer",
    Aspect.EXAMPLE: "Example",
    Aspect.TOMORROW: "How to do it",
    Aspect.WHY: "Why",
    Aspect.SHORT: "Shorter",
    Aspect.LEADERSHIP: "The leadership side",
    Aspect.MANAGEMENT: "The management side",
    Aspect.SOURCE: "Source",
}
"""In the order of the buttons."""

ROLE_LABELS = {
    Role.INDIVIDUAL: "I lead without a title",
    Role.FIRST_TIME_MANAGER: "I am new to managing",
    Role.MANAGER_OF_MANAGERS: "I lead managers",
    Role.EXECUTIVE: "I am an executive",
}

KIND_LABELS = {
    Kind.OVERVIEW: "The basics",
    Kind.DIFFERENCE: "Differences",
    Kind.FAQ: "Questions people ask",
    Kind.WHY_BOTH: "Why both are needed",
}

EVIDENCE_LABELS = {
    Evidence.META_ANALYSIS: "Many studies taken together",
    Evidence.STUDY: "A study",
    Evidence.EXPERT_VIEW: "An expert's view",
    Evidence.COMPANY_PRACTICE: "One company's practice",
    Evidence.ARTICLES: "The articles this coach is built on",
}

_ROLE_HEADINGS = {
    Role.INDIVIDUAL: "Without a title",
    Role.FIRST_TIME_MANAGER: "New to managing",
    Role.MANAGER_OF_MANAGERS: "Leading managers",
    Role.EXECUTIVE: "As an executive",
}


def explain(
    handbook: Handbook, topic: Topic, aspect: Aspect, role: Role | None, kind: MatchKind = MatchKind.ANSWER
) -> Answer:
    """What there is to say about a topic, from one side and for one role."""
    role_line = (topic.roles or {}).get(role) if role else None
    own = () if role_line is None or role is None else (Part(_ROLE_HEADINGS[role], role_line),)
    full = aspect is Aspect.FULL
    body = {Aspect.FULL: topic.lead, Aspect.SOURCE: "What this answer rests on:"}
    return Answer(
        kind,
        headline=topic.title if full else f"{topic.title}: {ASPECT_LABELS[aspect].lower()}",
        lead=body.get(aspect) or topic.aspects[aspect],
        topic=topic.id,
        aspect=aspect,
        role=role,
        sides=topic.sides if full else None,
        points=topic.points if full else (),
        parts=_parts(topic, aspect, own),
        steps=tuple(
            Step(label, Ask(topic.id, other, role))
            for other, label in ASPECT_LABELS.items()
            if other != aspect
        ),
        menus=_menus(handbook, topic, aspect, role),
        shared_as=Ask(topic.id, aspect, role),
    )


def _parts(topic: Topic, aspect: Aspect, own: tuple[Part, ...]) -> tuple[Part, ...]:
    if aspect is Aspect.SOURCE:
        return tuple(
            Part(EVIDENCE_LABELS[source.evidence], f"{source.text} {source.note}".strip())
            for source in topic.sources
        )
    if aspect is Aspect.SHORT:
        return ()
    if aspect in {Aspect.FULL, Aspect.TOMORROW}:
        return (*own, Part("Try this", topic.if_then))
    return own


def _menus(handbook: Handbook, topic: Topic, aspect: Aspect, role: Role | None) -> tuple[Menu, ...]:
    roles = tuple(
        Step(
            label,
            Ask(topic.id, aspect if aspect not in {Aspect.SHORT, Aspect.SOURCE} else Aspect.FULL, other),
        )
        for other, label in ROLE_LABELS.items()
        if other in (topic.roles or {}) and other != role
    )
    related = topic_steps(handbook, topic.see_also)
    menus = (Menu("For my role", roles), Menu("Related", related))
    return tuple(menu for menu in menus if menu.steps)


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
        shared_as=Ask(tool="tip", tip=tip.id),
    )


def show_tool(tool: Tool) -> Answer:
    """A tool whose reply is a text: help, privacy, sources."""
    return Answer(
        MatchKind.TOOL,
        tool.headline,
        tool.text,
        steps=(Step("Give me a tip", Ask(tool="tip")), Step("Show all topics", Ask(tool="topics"))),
    )


def welcome(handbook: Handbook, suggestions: tuple[str, ...]) -> Answer:
    """The first words, with three things to try: a topic, another one, a tip."""
    steps = (*topic_steps(handbook, suggestions), Step("Give me a tip", Ask(tool="tip")))
    return Answer(MatchKind.TOOL, "Leading or managing?", handbook.replies.welcome, steps=steps)


def list_topics(handbook: Handbook, kinds: Iterable[Kind] = tuple(Kind)) -> Answer:
    """Everything there is to browse, by kind, each kind with a menu."""
    groups = {kind: [topic for topic in handbook.topics.values() if topic.kind is kind] for kind in kinds}
    return Answer(
        MatchKind.TOOL,
        headline="What I can talk about",
        lead="Pick a topic, or type its name or number.",
        parts=tuple(
            Part(KIND_LABELS[kind], "\n".join(map(_line, topics)))
            for kind, topics in groups.items()
            if topics
        ),
        menus=tuple(
            Menu(KIND_LABELS[kind], topic_steps(handbook, (topic.id for topic in topics)))
            for kind, topics in groups.items()
            if topics
        ),
    )


def _line(topic: Topic) -> str:
    return f"{topic.number}. {topic.title}" if topic.number else f"• {topic.title}"
