"""The shape of every file, each as one function from its fields to its value.

The places that texts have in braces: `{reference}` in the reply `failed`, and those of `daily_texts`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from bot.coach.daily_texts import PLACES, DailyText
from bot.coach.handbook import OTHER_SIDE, Referral, Replies, Side, Tip, Tool, Vocabulary
from bot.coach.question import Aspect, Role
from bot.coach.topics import Evidence, Kind, Sides, Source, Topic
from bot.content import kinds, spoken, texts
from bot.content.fields import Fields
from bot.content.rulebook import Rule
from bot.content.rules import Claim, Once, claims

TOPIC_PHRASINGS = 15
"""At least; fewer do not show the ways in which people ask."""
TOOL_PHRASINGS = 8
"""At least, for a tool and for a referral."""
POINTS = (2, 6)
"""At least and at most."""
_WITHOUT_POINTS = frozenset({Kind.DIFFERENCE, Kind.SITUATION, Kind.THEORY})
"""Kinds that have a form of their own."""


@dataclass(frozen=True, slots=True)
class Known:
    """What files may refer to, and what they lay claim to."""

    topics: Collection[str]
    """The ids, in the order in which to name them."""
    sources: Mapping[str, Source] | None
    """None where the sources cannot be read, so that it is not known which there are."""
    claims: list[Claim] = field(default_factory=list)
    """Grows with each file."""


def topic(fields: Fields, topic_id: str, kind: Kind, known: Known) -> Topic:
    """Read a topic."""
    is_difference = kind is Kind.DIFFERENCE
    asked = claims(Once.PHRASING, fields.lines("phrasings"))
    known.claims.extend(asked)
    return Topic(
        id=topic_id,
        kind=kind,
        title=fields.text("title", texts.TITLE),
        lead=fields.text("lead", texts.LEAD),
        aspects=_aspects(fields.table("aspects")),
        if_then=fields.text("if_then", texts.IF_THEN),
        phrasings=fields.texts("phrasings", texts.PHRASING, least=TOPIC_PHRASINGS),
        sources=_sources(fields, known),
        sides=_sides(fields, needed=is_difference),
        points=_points(fields, needed=kind not in _WITHOUT_POINTS and "sides" not in fields),
        sections=kinds.sections(fields, kind),
        tasks=kinds.tasks(fields) if kind is Kind.ASKED_OFTEN else (),
        roles=_roles(fields.table("roles")) if "roles" in fields else None,
        see_also=_see_also(fields, topic_id, known),
        names=_names(fields, kind, known),
        number=_number(fields, known) if is_difference else None,
        not_phrasings=_not_phrasings(fields, asked),
    )


def tip(fields: Fields, tip_id: str, known: Known) -> Tip:
    """Read a tip."""
    return Tip(
        id=tip_id,
        line=fields.text("line", texts.TIP_LINE),
        why=fields.text("why", texts.TIP_TEXT),
        action=fields.text("action", texts.TIP_TEXT),
        if_then=fields.text("if_then", texts.TIP_IF_THEN),
        topic=fields.reference("topic", known.topics),
        side=fields.choice("side", Side),
        recall=fields.text("recall", texts.RECALL),
    )


def tool(fields: Fields, tool_id: str, known: Known) -> Tool:
    """Read a tool."""
    return Tool(
        id=tool_id,
        headline=fields.text("headline", texts.TITLE),
        text=fields.text("text", texts.TEXT),
        phrasings=_phrasings(fields, known),
    )


def referral(fields: Fields, referral_id: str, known: Known) -> Referral:
    """Read a referral."""
    return Referral(
        id=referral_id,
        headline=fields.text("headline", texts.TITLE),
        text=fields.text("text", texts.TEXT),
        doors=fields.texts("doors", texts.TEXT),
        phrasings=_phrasings(fields, known),
        signs=fields.texts("signs", texts.TITLE, least=0),
    )


def sources(fields: Fields) -> Mapping[str, Source]:
    """Read all sources, by id."""
    return _read_only({source_id: _source(fields.table(source_id), source_id) for source_id in fields})


def vocabulary(
    fields: Fields, off_topic: tuple[str, ...], follow_ups: Mapping[str, tuple[str, ...]]
) -> Vocabulary:
    """Read the vocabulary; the questions off topic and the follow-ups come from files of their own."""
    aspects, within, roles, tellings, synonyms, kin = (
        fields.table(key) for key in ("aspects", "aspects_within", "roles", "tellings", "synonyms", "kin")
    )
    asked_for = [aspect for aspect in Aspect if aspect is not Aspect.FULL]
    return Vocabulary(
        aspects=_read_only({aspect: aspects.texts(aspect, texts.WORD) for aspect in asked_for}),
        aspects_within=_read_only({a: within.texts(a, texts.WORD) for a in Aspect if a in within}),
        other_side=fields.texts("other_side", texts.WORD),
        new_topic=fields.texts("new_topic", texts.WORD),
        roles=_read_only({role: roles.texts(role, texts.WORD) for role in Role}),
        tellings=_read_only({role: tellings.texts(role, texts.WORD) for role in Role if role in tellings}),
        asker=spoken.asker(fields.table("asker")),
        synonyms=_read_only({word: synonyms.texts(word, texts.WORD) for word in synonyms}),
        kin=_read_only({family: kin.texts(family, texts.WORD) for family in kin}),
        fillers=fields.texts("fillers", texts.WORD),
        off_topic=off_topic,
        follow_ups=follow_ups,
    )


def follow_ups(fields: Fields, known: Known) -> Mapping[str, tuple[str, ...]]:
    """Read the ways to go on with a topic; there may be none."""
    asked_for = [key for key in (*Aspect, OTHER_SIDE) if key in fields]
    for key in asked_for:
        known.claims.extend(claims(Once.PHRASING, fields.lines(key)))
    return _read_only({str(key): fields.texts(key, texts.PHRASING) for key in asked_for})


def replies(fields: Fields) -> Replies:
    """Read the coach's own words."""
    plain = (*texts.TEXT, texts.places())
    return Replies(
        welcome=fields.text("welcome", plain),
        unsure=fields.text("unsure", plain),
        off_topic=fields.text("off_topic", plain),
        which_topic=fields.text("which_topic", plain),
        no_special_case=fields.text("no_special_case", plain),
        not_written=fields.text("not_written", plain),
        empty=fields.text("empty", plain),
        thanks=fields.text("thanks", plain),
        failed=fields.text("failed", (*texts.TEXT, texts.places("reference"))),
    )


def daily(fields: Fields) -> Mapping[DailyText, str]:
    """Read what is said about the daily tip."""
    shapes = {text: (*texts.TEXT, texts.places(*PLACES.get(text, ()))) for text in DailyText}
    return _read_only({text: fields.text(text, shape) for text, shape in shapes.items()})


def _aspects(fields: Fields) -> Mapping[Aspect, str]:
    written = (aspect for aspect in Aspect if aspect not in {Aspect.FULL, Aspect.SOURCE})
    shapes = {Aspect.SHORT: texts.SHORT}
    return _read_only({aspect: fields.text(aspect, shapes.get(aspect, texts.TEXT)) for aspect in written})


def _roles(fields: Fields) -> Mapping[Role, str]:
    return _read_only({role: fields.text(role, texts.TEXT) for role in Role if role in fields})


def _sides(fields: Fields, *, needed: bool) -> Sides | None:
    if not needed and "sides" not in fields:
        return None
    sides = fields.table("sides")
    return Sides(
        leadership=sides.text("leadership", texts.TEXT),
        management=sides.text("management", texts.TEXT),
        together=sides.text("together", texts.TEXT),
    )


def _points(fields: Fields, *, needed: bool) -> tuple[str, ...]:
    least, most = POINTS
    if "points" in fields:
        return fields.texts("points", texts.TEXT, least=least, most=most)
    if needed:
        message = f'is missing, and so is sides; add a list of {least} to {most} lines, or "sides"'
        fields.refuse("points", Rule.SIDES_OR_POINTS, message)
    return ()


def _phrasings(fields: Fields, known: Known) -> tuple[str, ...]:
    known.claims.extend(claims(Once.PHRASING, fields.lines("phrasings")))
    return fields.texts("phrasings", texts.PHRASING, least=TOOL_PHRASINGS)


def _names(fields: Fields, kind: Kind, known: Known) -> tuple[str, ...]:
    known.claims.extend(claims(Once.NAME, fields.lines("names"), within=kind))
    return fields.texts("names", texts.TITLE, least=1 if kind is Kind.DIFFERENCE else 0)


def _number(fields: Fields, known: Known) -> int | None:
    at = fields.place("number")
    if at:
        known.claims.append(Claim(Once.NUMBER, at.value, at))
    return fields.number("number")


def _sources(fields: Fields, known: Known) -> tuple[Source, ...]:
    named = fields.references("sources", known.sources, least=1)
    return tuple(known.sources[name] for name in named if name in known.sources) if known.sources else ()


def _see_also(fields: Fields, topic_id: str, known: Known) -> tuple[str, ...]:
    for line in fields.lines("see_also"):
        if line.value == topic_id:
            fields.report.add(
                line, Rule.SEE_ITSELF, "see_also: names this topic itself; name another, or delete it"
            )
    return fields.references("see_also", known.topics, least=0)


def _not_phrasings(fields: Fields, asked: list[Claim]) -> tuple[str, ...]:
    lines = {claim.key: claim.at.line for claim in asked}
    for claim in claims(Once.PHRASING, fields.lines("not_phrasings")):
        if claim.key in lines:
            message = (
                f"not_phrasings: stands at line {lines[claim.key]} as a phrasing too; delete one of the two"
            )
            fields.report.add(claim.at, Rule.PHRASING_AND_NOT, message)
    return fields.texts("not_phrasings", texts.PHRASING, least=0)


def _source(fields: Fields, source_id: str) -> Source:
    return Source(
        id=source_id,
        text=fields.text("text", texts.TEXT),
        evidence=fields.choice("evidence", Evidence),
        note=fields.text("note", texts.TEXT) if "note" in fields else "",
    )


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def _read_only(values: dict[_Key, _Value]) -> Mapping[_Key, _Value]:
    return MappingProxyType(values)
