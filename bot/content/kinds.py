"""What only some kinds have: the sections of situations and theories, tasks by side, quotes."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from bot.coach.handbook import Quote, QuoteStatus
from bot.coach.topics import Kind, Section, Task, TaskSide
from bot.content import texts
from bot.content.fields import Fields
from bot.content.rules import Claim, Once, claims

_SITUATION = {
    Section.GOING_ON: texts.SECTION,
    Section.LEADING_MOVE: texts.SECTION,
    Section.MANAGING_MOVE: texts.SECTION,
    Section.SAY: texts.SAYING,
    Section.AVOID: texts.SAYING,
}
_THEORY = dict.fromkeys((Section.WHO, Section.SAYS, Section.SUPPORT, Section.BEWARE), texts.SECTION)
_SHAPES = {Kind.SITUATION: ("situation", _SITUATION), Kind.THEORY: ("theory", _THEORY)}

QUOTE_PHRASINGS = 8
"""At least."""


def sections(fields: Fields, kind: Kind) -> Mapping[Section, str] | None:
    """Read what belongs to a kind; a theory may have points or sides instead."""
    if kind not in _SHAPES:
        return None
    key, shapes = _SHAPES[kind]
    if kind is Kind.THEORY and key not in fields and ("points" in fields or "sides" in fields):
        return None
    table = fields.table(key)
    return MappingProxyType({section: table.text(section, shape) for section, shape in shapes.items()})


def tasks(fields: Fields) -> tuple[Task, ...]:
    """Read the tasks of a topic that sorts them; none for every other."""
    return tuple(_tasks(fields))


def _tasks(fields: Fields) -> Iterator[Task]:
    for entry in fields.tables("tasks") if "tasks" in fields else ():
        yield Task(
            title=entry.text("task", texts.TITLE),
            side=entry.choice("side", TaskSide),
            why=entry.text("why", texts.TIP_LINE),
            names=entry.texts("names", texts.WORD),
        )


def quote(fields: Fields, quote_id: str, topics: Collection[str], held: list[Claim]) -> Quote:
    """Read a quote; its phrasings are added to those that are held already."""
    held.extend(claims(Once.PHRASING, fields.lines("phrasings")))
    return Quote(
        id=quote_id,
        words=fields.text("quote", texts.QUOTE),
        said_by=fields.text("said_by", texts.TITLE),
        status=fields.choice("status", QuoteStatus),
        verdict=fields.text("verdict", texts.SECTION),
        reference=fields.text("reference", texts.SECTION),
        topic=fields.reference("topic", topics),
        phrasings=fields.texts("phrasings", texts.PHRASING, least=QUOTE_PHRASINGS),
    )
