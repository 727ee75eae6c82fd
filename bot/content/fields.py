"""Nodes → typed values, read key by key; what is wrong goes to the report.

Where a value has a fault, a placeholder stands in for it, so that reading goes on and the types stay
simple. Nobody ever sees one: a handbook is handed out only when the report is empty.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from bot.content import examples
from bot.content.nodes import Items, Node, Table, Text, is_text
from bot.content.report import Report, quoted
from bot.content.rulebook import Rule
from bot.content.texts import Shape

Choice = TypeVar("Choice", bound=StrEnum)

_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_CALLED = {Text: "a text", Items: "a list", Table: "keys and values"}


def read_text(node: Node, name: str, shape: Shape, report: Report) -> str:
    """Read a text and hold it to its shape; an empty one stands for a fault."""
    if not isinstance(node, Text):
        report.add(node, Rule.TEXT, f"{name}: a text is expected here, not {_CALLED[type(node)]}")
    elif not node.value:
        report.add(node, Rule.EMPTY_TEXT, f"{name}: is empty; write it, or delete the line")
    elif is_text(node, name, report):
        for check in shape:
            if problem := check(node.value):
                report.add(node, problem[0], f"{name}: {problem[1]}")
        return node.value
    return ""


def read_items(node: Node, name: str, report: Report) -> tuple[Node, ...]:
    """Read a list; an empty one stands for a fault."""
    if isinstance(node, Items):
        return node.nodes
    # What follows "key:" and is left empty is a text to YAML.
    found = "nothing" if node == Text("", node.file, node.line, bare=True) else _CALLED[type(node)]
    message = f'{name}: a list is expected here, not {found}; begin each line of it with "- "'
    report.add(node, Rule.LIST, message)
    return ()


def read_texts(node: Node, name: str, shape: Shape, report: Report) -> tuple[str, ...]:
    """Read a list of texts."""
    return tuple(read_text(item, name, shape, report) for item in read_items(node, name, report))


class Fields:
    """The keys and values of one table. Every key asked for is a known one; `finish` reports the rest."""

    def __init__(self, table: Table, report: Report, prefix: str = "") -> None:
        self._table = table
        self.report = report
        """Where faults go."""
        self._prefix = prefix
        self._asked: dict[str, None] = {}
        self._children: list[Fields] = []

    def __iter__(self) -> Iterator[str]:
        """Give the keys that are there."""
        return iter(self._table.entries)

    def __contains__(self, key: str) -> bool:
        self._asked[key] = None
        return key in self._table.entries

    def finish(self) -> None:
        """Report the keys that nobody asked for, here and in the tables within."""
        for key, (place, _) in self._table.entries.items():
            if key not in self._asked:
                message = f"{quoted(self._prefix + key)} is no key here"
                self.report.add_unknown(place, Rule.UNKNOWN_KEY, message, self._asked)
        for child in self._children:
            child.finish()

    def refuse(self, key: str, rule: Rule, message: str) -> None:
        """Write down a fault at a key, or at the table's first line where the key is missing."""
        place, _ = self._table.entries.get(key, (self._table, None))
        self.report.add(place, rule, f"{self._prefix}{key}: {message}")

    def text(self, key: str, shape: Shape) -> str:
        """Read a text."""
        node = self._need(key, examples.TEXTS)
        return read_text(node, self._prefix + key, shape, self.report) if node else ""

    def texts(self, key: str, shape: Shape, *, least: int = 1, most: int | None = None) -> tuple[str, ...]:
        """Read a list of `least` to `most` texts; it may be missing where `least` is 0."""
        if least == 0 and key not in self:
            return ()
        node = self._need(key, examples.LISTS)
        if not node:
            return ()
        found = read_texts(node, self._prefix + key, shape, self.report)
        if isinstance(node, Items):
            self._count(key, len(found), least, most)
        return found

    def lines(self, key: str) -> tuple[Text, ...]:
        """Give the texts of a list with their places, unchecked."""
        _, node = self._table.entries.get(key, (None, None))
        return tuple(n for n in node.nodes if isinstance(n, Text)) if isinstance(node, Items) else ()

    def place(self, key: str) -> Text | None:
        """Give the text at a key with its place, unchecked."""
        _, node = self._table.entries.get(key, (None, None))
        return node if isinstance(node, Text) else None

    def number(self, key: str) -> int | None:
        """Read a whole number from 1 to 999, written without quotes."""
        node = self._need(key, examples.TEXTS)
        if isinstance(node, Text) and node.bare and _NUMBER.fullmatch(node.value):
            return int(node.value)
        if node:
            self.refuse(key, Rule.NUMBER, 'a whole number is expected, without quotes, as in "number: 3"')
        return None

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Read one of an enumeration's values."""
        values = {choice.value: choice for choice in kind}
        text = self.reference(key, values)
        return values.get(text, next(iter(kind)))

    def reference(self, key: str, known: Collection[str]) -> str:
        """Read a name that must be among the known ones."""
        text = self.text(key, ())
        place = self.place(key)
        if text and place:
            self._check_known(place, key, known)
        return text

    def references(self, key: str, known: Collection[str] | None, *, least: int) -> tuple[str, ...]:
        """Read a list of names that must be among the known ones, each at most once.

        Where `known` is None it could not be found out, and every name will do.
        """
        found = self.texts(key, (), least=least)
        good = set(found)  # What is no text has its fault already.
        seen: set[str] = set()
        for node in self.lines(key):
            if node.value in seen:
                message = f"{self._prefix}{key}: {quoted(node.value)} is listed twice; delete one of the two"
                self.report.add(node, Rule.LISTED_TWICE, message)
            elif node.value in good and known is not None:
                self._check_known(node, key, known)
            seen.add(node.value)
        return found

    def table(self, key: str) -> "Fields":
        """Read a table within this one."""
        node = self._need(key)
        if isinstance(node, Table):
            child = Fields(node, self.report, f"{self._prefix}{key}.")
            self._children.append(child)
            return child
        if node:
            message = "keys and values are expected here, each on a line of its own below it"
            self.refuse(key, Rule.TABLE, message)
        return nothing()

    def tables(self, key: str) -> "tuple[Fields, ...]":
        """Read a list of tables."""
        node = self._need(key, examples.LISTS)
        name = f"{self._prefix}{key}"
        found = []
        for item in read_items(node, name, self.report) if node else ():
            if isinstance(item, Table):
                found.append(Fields(item, self.report, f"{name}."))
            else:
                self.report.add(item, Rule.TABLE, f"{name}: keys and values are expected here")
        self._children.extend(found)
        return tuple(found)

    def _need(self, key: str, lines: Mapping[str, str] = MappingProxyType({})) -> Node | None:
        if key in self:
            return self._table.entries[key][1]
        example = f", such as: {lines[key]}" if key in lines else ""
        self.refuse(key, Rule.MISSING_KEY, f"is missing; add it{example}")
        return None

    def _count(self, key: str, found: int, least: int, most: int | None) -> None:
        if found < least:
            self.refuse(key, Rule.COUNT, f"has {found} of at least {least}; add more")
        elif most is not None and found > most:
            self.refuse(key, Rule.COUNT, f"has {found} of at most {most}; delete some")

    def _check_known(self, place: Text, key: str, known: Collection[str]) -> None:
        if place.value not in known:
            message = f"{self._prefix}{key}: {quoted(place.value)} is not known"
            self.report.add_unknown(place, Rule.UNKNOWN_NAME, message, known)


def nothing() -> Fields:
    """Stand in for a table that is not there: that is one fault, what would be in it is none."""
    return Fields(Table({}, "", 0), Report())
