"""What holds between files: nothing is there twice, and nothing needed is missing."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.content.folders import SINGLES, File, Part
from bot.content.nodes import Text
from bot.content.report import Place, Report, quoted
from bot.content.rulebook import Rule
from bot.content.texts import fold

_NEEDED_TOOLS = ("help", "tip", "privacy", "sources")
"""Those that the coach itself calls by name."""


class Once(StrEnum):
    """What may stand only once in all of the content."""

    PHRASING = "phrasing"
    NAME = "name"
    NUMBER = "number"


_RULES = {
    Once.PHRASING: Rule.PHRASING_TWICE,
    Once.NAME: Rule.NAME_TWICE,
    Once.NUMBER: Rule.NUMBER_TWICE,
}


class Claim(NamedTuple):
    """A value that may stand only once, and where it does."""

    what: Once
    key: str
    """What is compared; two phrasings are the same where they fold to the same."""
    at: Text


def claims(what: Once, lines: tuple[Text, ...], within: str = "") -> list[Claim]:
    """Lay claim to texts, each to be the only one of its like (within a kind, where one is named)."""
    return [Claim(what, f"{within} {key}", line) for line in lines if (key := fold(line.value))]


def check_claims(claims: Iterable[Claim], report: Report) -> None:
    """Report each claim on what an earlier one holds already."""
    first: dict[tuple[Once, str], Text] = {}
    for claim in claims:
        holder = first.setdefault((claim.what, claim.key), claim.at)
        if holder is not claim.at:
            place = f"{holder.file}:{holder.line}"
            message = (
                f"the {claim.what} {quoted(claim.at.value)} stands at {place} already; keep one of the two"
            )
            report.add(claim.at, _RULES[claim.what], message)


def check_needed(files: Sequence[File], folder: str, report: Report) -> None:
    """Report what every handbook needs and none of these files is; `folder` is the lowest one."""
    there = {(file.part, file.id) for file in files}
    tools = [(Part.TOOL, name, f"tools/{name}.yaml") for name in _NEEDED_TOOLS]
    singles = [(part, part.value, f"{part}.yaml") for part in SINGLES]
    for part, name, path in [*tools, *singles]:
        if (part, name) not in there:
            message = "this file is missing; the coach cannot do without it"
            report.add(Place(f"{folder}/{path}"), Rule.MISSING_FILE, message)
    for part in (Part.TOPIC, Part.TIP):
        if not any(file.part is part for file in files):
            report.add(Place(folder), Rule.MISSING_FILE, f"there is no {part} in this folder; write one")
