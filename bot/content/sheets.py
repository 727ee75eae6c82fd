"""The files that count, with what stands in them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from bot.content.fields import Fields
from bot.content.folders import File, Part
from bot.content.nodes import Items, Table, lay_over
from bot.content.reading import parse, read_bytes
from bot.content.report import Report
from bot.content.rulebook import Rule

_DIGEST_CHARACTERS = 12
_FORMS: dict[bool, tuple[type[Items] | type[Table], str]] = {
    True: (Items, 'a list; begin each line of it with "- "'),
    False: (Table, 'keys and values, such as "title: Some text"'),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file and what stands in it."""

    file: File
    data: bytes
    node: Table | Items | None
    """None where it could not be read, which is reported already. A list for OFF_TOPIC, else a table."""


def read_sheet(file: File, report: Report) -> Sheet:
    """Read one file."""
    data = read_bytes(file.path, file.shown, report)
    node = None if data is None else parse(data, file.shown, report)
    wanted, form = _FORMS[file.part is Part.OFF_TOPIC]
    if isinstance(node, wanted):
        return Sheet(file, data or b"", node)
    if node is not None:
        report.add(node, Rule.FORM, f"this file is to hold {form}")
    return Sheet(file, b"", None)


def tables(sheets: Iterable[Sheet], part: Part) -> Iterator[tuple[File, Table]]:
    """Give each table of a part, with its file."""
    for sheet in sheets:
        if sheet.file.part is part and isinstance(sheet.node, Table):
            yield sheet.file, sheet.node


def layered(sheets: Iterable[Sheet], part: Part, report: Report, *, levels: int) -> Fields | None:
    """Lay the files of a part over one another; None where one of them is missing or unreadable."""
    nodes = [sheet.node for sheet in sheets if sheet.file.part is part]
    readable = [node for node in nodes if isinstance(node, Table)]
    if not nodes or len(readable) < len(nodes):
        return None
    return Fields(reduce(lambda low, up: lay_over(low, up, levels=levels), readable), report)


def digest(sheets: Iterable[Sheet]) -> str:
    """Hash every file's path and bytes; the order of the files on disk has no part in it."""
    whole = hashlib.sha256()
    for sheet in sorted(sheets, key=lambda sheet: (sheet.file.relative, sheet.file.layer)):
        whole.update(f"{sheet.file.relative}\0{len(sheet.data)}\0".encode())
        whole.update(sheet.data)
    return whole.hexdigest()[:_DIGEST_CHARACTERS]
