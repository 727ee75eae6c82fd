"""A topic in, an answer out: which of its texts make up a reply."""

from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.handbook import Handbook
from bot.coach.labels import (
    ASPECT_LABELS,
    EVIDENCE_LABELS,
    ROLE_HEADINGS,
    ROLE_LABELS,
    SECTION_LABELS,
    TASK_SIDE_LABELS,
)
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect, Role
from bot.coach.tools import topic_steps
from bot.coach.topics import Task, Topic

TASKS_SHOWN = 50
"""Tasks in the menu: with more, the message is longer than Slack takes. All can be asked for."""

_BY_THEMSELVES = frozenset({Aspect.SHORT, Aspect.SOURCE})
"""Aspects that no role changes."""


def explain(
    handbook: Handbook, topic: Topic, aspect: Aspect, role: Role | None, kind: MatchKind = MatchKind.ANSWER
) -> Answer:
    """What there is to say about a topic, from one side and for one role."""
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
        parts=(*_sections(topic, aspect), *_around(topic, aspect, role)),
        steps=_steps(topic, aspect, role),
        menus=_menus(handbook, topic, aspect, role),
        shared_as=Ask(topic.id, aspect, role),
    )


def sort_task(handbook: Handbook, topic: Topic, task: Task, item: str) -> Answer:
    """On which side one everyday task lies, and why."""
    return Answer(
        MatchKind.ANSWER,
        headline=task.title,
        lead=f"{TASK_SIDE_LABELS[task.side]}. {task.why}",
        topic=topic.id,
        parts=(Part(topic.title, topic.aspects[Aspect.SHORT]),),
        steps=(
            Step("How to tell", Ask(topic.id)),
            Step(ASPECT_LABELS[Aspect.EXAMPLE], Ask(topic.id, Aspect.EXAMPLE)),
        ),
        menus=_menus(handbook, topic, Aspect.FULL, None),
        shared_as=Ask(topic.id, item=item),
    )


def _sections(topic: Topic, aspect: Aspect) -> tuple[Part, ...]:
    if aspect is Aspect.FULL and topic.sections:
        return tuple(Part(SECTION_LABELS[section], text) for section, text in topic.sections.items())
    if aspect is Aspect.SOURCE:
        return tuple(
            Part(label, "\n".join(f"• {source.text} {source.note}".rstrip() for source in sources))
            for evidence, label in EVIDENCE_LABELS.items()
            if (sources := [source for source in topic.sources if source.evidence is evidence])
        )
    return ()


def _around(topic: Topic, aspect: Aspect, role: Role | None) -> tuple[Part, ...]:
    """The line for a role, and something to try."""
    if aspect in _BY_THEMSELVES:
        return ()
    line = (topic.roles or {}).get(role) if role else None
    own = (Part(ROLE_HEADINGS[role], line),) if role and line else ()
    return (*own, Part("Try this", topic.if_then)) if aspect in {Aspect.FULL, Aspect.TOMORROW} else own


def _steps(topic: Topic, aspect: Aspect, role: Role | None) -> tuple[Step, ...]:
    return tuple(
        Step(label, Ask(topic.id, other, role)) for other, label in ASPECT_LABELS.items() if other != aspect
    )


def _menus(handbook: Handbook, topic: Topic, aspect: Aspect, role: Role | None) -> tuple[Menu, ...]:
    shown = Aspect.FULL if aspect in _BY_THEMSELVES else aspect
    roles = tuple(
        Step(label, Ask(topic.id, shown, other))
        for other, label in ROLE_LABELS.items()
        if other in (topic.roles or {}) and other != role
    )
    tasks = tuple(Step(task.title, Ask(topic.id, item=str(n))) for n, task in enumerate(topic.tasks))
    tasks = tasks[:TASKS_SHOWN] if aspect is Aspect.FULL else ()
    related = topic_steps(handbook, topic.see_also)
    menus = (Menu("Sort a task", tasks), Menu("For my role", roles), Menu("Related", related))
    return tuple(menu for menu in menus if menu.steps)
