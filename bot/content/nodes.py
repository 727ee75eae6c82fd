"""What stands in a file: texts, lists and tables, each with its place."""

from collections.abc import Mapping
from typing import NamedTuple

import yaml

from bot.content.report import Report, quoted
from bot.content.rulebook import Rule

_MEANINGS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
}


class Text(NamedTuple):
    """One text, folded: single spaces, no blank at either end, newlines only where lines are meant."""

    value: str
    file: str
    line: int
    bare: bool = False
    """Written without quotes or block, so that YAML may take it for something else."""


class Items(NamedTuple):
    """A list."""

    nodes: tuple["Text | Items | Table", ...]
    file: str
    line: int


class Table(NamedTuple):
    """Keys and values, in the order of the file; no key twice."""

    entries: Mapping[str, tuple[Text, "Text | Items | Table"]]
    """Each key as it stands there, and its value."""
    file: str
    line: int


Node = Text | Items | Table


def tidy(text: str) -> str:
    """Fold runs of blanks; of newlines, keep one for a new line and two for a new paragraph."""
    if "\n" not in text:
        return " ".join(text.split()) if "  " in text or "\t" in text else text.strip()
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines


def is_text(text: Text, name: str, report: Report) -> bool:
    """Tell whether YAML takes this for text; if not, ask for quotes. An empty value passes."""
    if not text.bare or not text.value:
        return True
    meaning = _meaning(text)
    if meaning:
        message = f"{name}: without quotes this means {meaning}; write {quoted(text.value)}"
        report.add(text, Rule.QUOTES, message)
    return not meaning


def _meaning(text: Text) -> str:
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text.value[:1], ()):
        if pattern.match(text.value):
            return _MEANINGS.get(tag.rpartition(":")[2], "a sign of YAML's own")
    return ""


def lay_over(lower: Table, upper: Table, *, levels: int) -> Table:
    """Put one table over another: same keys replace, new ones add.

    Where both values are tables, those are laid over one another too, `levels` deep in all.
    """
    entries = dict(lower.entries)
    for key, (name, node) in upper.entries.items():
        _, below = entries.get(key, (name, None))
        if levels > 1 and isinstance(node, Table) and isinstance(below, Table):
            entries[key] = (name, lay_over(below, node, levels=levels - 1))
        else:
            entries[key] = (name, node)
    return Table(entries, lower.file, lower.line)
