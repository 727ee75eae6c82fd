"""Folders → the handbook, whole, or every fault of every file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.coach.handbook import Handbook, Quote, Referral, Side, Tip, Tool
from bot.coach.topics import Kind, Topic
from bot.content import kinds, schema, spoken
from bot.content.fields import Fields, nothing, read_texts
from bot.content.folders import Part, shown, survey
from bot.content.nodes import Items, Text
from bot.content.reading import read_bytes
from bot.content.report import Report
from bot.content.rules import Once, check_claims, check_needed, claims
from bot.content.sheets import Sheet, digest, layered, read_sheet, tables
from bot.content.texts import PHRASING
from bot.errors import ContentError, Fault

_Built = TypeVar("_Built")
_Entry = TypeVar("_Entry", Topic, Tool, Referral, Quote)

_LAST = 1000
"""Beyond every number that a topic can have."""


def shipped_folder() -> Path:
    """Find the content that came with the coach: within the package, or beside it in a working copy."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "responses"
    return installed if installed.is_dir() else package.parent / "responses"


def load(folders: Sequence[Path]) -> Handbook:
    """Read the content of one or more folders, each laid over those before it.

    Of a topic, tip, tool or referral the same id replaces the whole file. In sources, replies,
    daily, vocabulary and languages the same key replaces (in the last two: the same word within a section,
    such as `synonyms.manager` or `german.says`). Off-topic questions add up.

    Raises:
        ContentError: With every fault of every file that counts.
    """
    report = Report()
    handbook = _read(folders, report)
    if report.faults:
        raise ContentError(tuple(report.faults))
    return handbook


def fingerprint(folders: Sequence[Path]) -> str | None:
    """Hash what `load` would read, as `Handbook.digest` does; None where something is out of place."""
    report = Report()
    sheets = [
        Sheet(file, read_bytes(file.path, file.shown, report) or b"", None)
        for file in survey(folders, report)
    ]
    return None if report.faults else digest(sheets)


def check(folders: Sequence[Path]) -> tuple[Fault, ...]:
    """List every fault that `load` would raise, by file and line; none if the content is sound."""
    report = Report()
    _read(folders, report)
    return tuple(sorted(report.faults))


def alternate(tips: Iterable[Tip]) -> tuple[Tip, ...]:
    """Order tips by id and let the sides take turns; the side with more tips begins and ends."""
    by_id = sorted(tips, key=lambda tip: tip.id)
    sides = [[tip for tip in by_id if tip.side is side] for side in Side]
    turns = zip_longest(*sorted(sides, key=len, reverse=True))
    return tuple(tip for tip in chain.from_iterable(turns) if tip)


def _read(folders: Sequence[Path], report: Report) -> Handbook:
    files = survey(folders, report)
    if files or not report.faults:  # Nothing is missing from a folder that is not there.
        check_needed(files, shown(folders[0]), report)
    sheets = [read_sheet(file, report) for file in files]
    known = _known(sheets, report)
    handbook = Handbook(
        topics=_by_id(sorted(_topics(sheets, known, report), key=_browsing_order)),
        tips=alternate(_each(sheets, Part.TIP, schema.tip, known, report)),
        tools=_by_id(_each(sheets, Part.TOOL, schema.tool, known, report)),
        referrals=_by_id(_each(sheets, Part.REFERRAL, schema.referral, known, report)),
        quotes=_by_id(_each(sheets, Part.QUOTE, _quote, known, report)),
        vocabulary=_built(
            layered(sheets, Part.VOCABULARY, report, levels=2),
            lambda fields: schema.vocabulary(
                fields, _off_topic(sheets, known, report), _follow_ups(sheets, known, report)
            ),
        ),
        replies=_built(layered(sheets, Part.REPLIES, report, levels=1), schema.replies),
        spoken=_built(layered(sheets, Part.LANGUAGES, report, levels=2), spoken.spoken),
        daily=_built(layered(sheets, Part.DAILY, report, levels=1), schema.daily),
        digest=digest(sheets),
    )
    order = {file.shown: place for place, file in enumerate(files)}
    check_claims(sorted(known.claims, key=lambda claim: order[claim.at.file]), report)
    return handbook


def _known(sheets: Sequence[Sheet], report: Report) -> schema.Known:
    fields = layered(sheets, Part.SOURCES, report, levels=1)
    return schema.Known(
        topics=dict.fromkeys(sorted(sheet.file.id for sheet in sheets if sheet.file.part is Part.TOPIC)),
        sources=_built(fields, schema.sources) if fields is not None else None,
    )


def _built(fields: Fields | None, build: Callable[[Fields], _Built]) -> _Built:
    fields = fields or nothing()
    built = build(fields)
    fields.finish()
    return built


def _each(
    sheets: Sequence[Sheet],
    part: Part,
    build: Callable[[Fields, str, schema.Known], _Built],
    known: schema.Known,
    report: Report,
) -> Iterator[_Built]:
    for file, table in tables(sheets, part):
        fields = Fields(table, report)
        yield build(fields, file.id, known)
        fields.finish()


def _topics(sheets: Sequence[Sheet], known: schema.Known, report: Report) -> Iterator[Topic]:
    for file, table in tables(sheets, Part.TOPIC):
        fields = Fields(table, report)
        yield schema.topic(fields, file.id, file.kind or Kind.OVERVIEW, known)
        fields.finish()


def _quote(fields: Fields, quote_id: str, known: schema.Known) -> Quote:
    return kinds.quote(fields, quote_id, known.topics, known.claims)


def _off_topic(sheets: Sequence[Sheet], known: schema.Known, report: Report) -> tuple[str, ...]:
    lists = [s.node for s in sheets if s.file.part is Part.OFF_TOPIC and isinstance(s.node, Items)]
    for items in lists:
        lines = tuple(node for node in items.nodes if isinstance(node, Text))
        known.claims.extend(claims(Once.PHRASING, lines))
    return tuple(chain.from_iterable(read_texts(items, "off-topic", PHRASING, report) for items in lists))


def _follow_ups(
    sheets: Sequence[Sheet], known: schema.Known, report: Report
) -> Mapping[str, tuple[str, ...]]:
    return _built(
        layered(sheets, Part.FOLLOW_UPS, report, levels=1), lambda fields: schema.follow_ups(fields, known)
    )


def _browsing_order(topic: Topic) -> tuple[int, int, str, str]:
    return list(Kind).index(topic.kind), topic.number or _LAST, topic.title.casefold(), topic.id


def _by_id(entries: Iterable[_Entry]) -> Mapping[str, _Entry]:
    return MappingProxyType({entry.id: entry for entry in entries})
