"""YAML text → nodes, or what is wrong with its structure.

The content may come from anyone, and YAML is a large language. Its events are checked one by one as
the parser yields them, and the nodes are built here, without recursion: deep nesting would crash the
C loader, aliases can swell a few bytes to gigabytes, and of two same keys the first would be lost.
"""

from collections.abc import Callable
from typing import Any

import yaml

from bot.content.nodes import Items, Node, Table, Text, is_text, tidy
from bot.content.report import Place, Report, quoted
from bot.content.rulebook import Rule

MAX_DEPTH = 20
"""Lists and tables within one another; the content needs three."""

_Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
FASTEST: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, twenty times as fast, where PyYAML was built with it."""

_HINTS = {
    "mapping values are not allowed": 'a text with ": " in it needs quotes, or >- before it',
    "cannot start any token": "a text that begins with this character needs quotes, "
    "and lines are indented with spaces, never tabs",
    "end of stream": "what is opened here, a quote or a bracket, is never closed",
    "expected ':'": 'a colon and a value are missing, as in "title: Some text"',
    "unknown escape": "within double quotes a backslash is written twice",
}
_HINT = "look for a missing quote, colon or dash, or for a line indented differently from those around it"
_TAGGED = (False, False)


def compose(text: str, file: str, report: Report, *, loader: _Loader = FASTEST) -> Node | None:
    """Build the nodes of one YAML document; None where the report says why that cannot be done."""
    building = _Building(file, report)
    try:
        for event in yaml.parse(text, Loader=loader):
            building.take(event)
            if building.hopeless:
                return None
    except yaml.MarkedYAMLError as error:
        report.add(Place(file, _line_of(error)), Rule.YAML, f"this is not YAML: {_hint(error.problem)}")
        return None
    except (yaml.YAMLError, ValueError, OverflowError):
        # The parser in Python lets the error of chr() through where an escape is out of range.
        report.add(Place(file), Rule.YAML, f"this is not YAML: {_HINT}")
        return None
    if not building.nodes:
        report.add(Place(file), Rule.EMPTY_FILE, "this file is empty; fill it or delete it")
    return building.nodes[0] if building.nodes and not building.spoilt else None


def _line_of(error: yaml.MarkedYAMLError) -> int:
    unclosed = "end of stream" in (error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _hint(problem: str | None) -> str:
    return next((hint for part, hint in _HINTS.items() if part in (problem or "")), _HINT)


class _Building:
    """Builds nodes from the events of one file."""

    def __init__(self, file: str, report: Report) -> None:
        self.nodes: list[Node] = []
        """The children of what is open; in the end, the whole document."""
        self.spoilt = False
        """Holds what is not read further: its nodes would lead to faults that are none."""
        self.hopeless = False
        """Nothing is to be learned from what follows."""
        self._file = file
        self._report = report
        self._outer: list[tuple[int, list[Node]]] = []
        """For each list or table that is open: its first line, and the nodes around it."""
        self._documents = 0
        self._takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._text,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceEndEvent: self._close_list,
            yaml.MappingEndEvent: self._close_table,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        """Take the parser's next event."""
        taker = self._takers.get(type(event))
        if taker:
            taker(event)

    def _text(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.implicit == _TAGGED:
            self._refuse_marks(event, tagged=event.implicit == _TAGGED)
        bare = event.implicit[0] and not event.style
        self.nodes.append(Text(tidy(event.value), self._file, _line(event), bare))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_marks(event, tagged=not event.implicit)
        self._outer.append((_line(event), self.nodes))
        self.nodes = []
        if len(self._outer) > MAX_DEPTH:
            self.hopeless = True
            message = f"lists stand more than {MAX_DEPTH} deep in one another; three are enough"
            self._refuse(event, Rule.DEPTH, message)

    def _close_list(self, _: yaml.Event) -> None:
        line, outer = self._outer.pop()
        outer.append(Items(tuple(self.nodes), self._file, line))
        self.nodes = outer

    def _close_table(self, _: yaml.Event) -> None:
        line, outer = self._outer.pop()
        outer.append(Table(self._entries(), self._file, line))
        self.nodes = outer

    def _entries(self) -> dict[str, tuple[Text, Node]]:
        entries: dict[str, tuple[Text, Node]] = {}
        for key, node in zip(self.nodes[::2], self.nodes[1::2], strict=True):
            if not isinstance(key, Text) or not key.value:
                self._report.add(key, Rule.KEY, 'a key is one or more words, as in "title: Some text"')
            elif key.value in entries:
                first = entries[key.value][0].line
                message = f"{quoted(key.value)} stands at line {first} already; keep one of the two"
                self._report.add(key, Rule.DUPLICATE_KEY, message)
            elif is_text(key, "key", self._report):
                entries[key.value] = (key, node)
        return entries

    def _alias(self, event: yaml.AliasEvent) -> None:
        self._refuse_sharing(event)
        self.nodes.append(Text("", self._file, _line(event)))

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self.hopeless = True
            message = 'a second document begins here; delete the line "---" or make it a file of its own'
            self._refuse(event, Rule.ONE_DOCUMENT, message)

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, *, tagged: bool) -> None:
        if event.anchor is not None:
            self._refuse_sharing(event)
        if tagged:
            self._refuse(event, Rule.TAG, 'a type is set with "!"; delete it, or put the text in quotes')

    def _refuse_sharing(self, event: yaml.Event) -> None:
        self._refuse(event, Rule.ALIAS, 'text is shared with "&" or "*"; write it out, or put it in quotes')

    def _refuse(self, event: yaml.Event, rule: Rule, message: str) -> None:
        self.spoilt = True
        self._report.add(Place(self._file, _line(event)), rule, message)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
