"""YAML text → nodes, or what is wrong with its structure.

The content may come from anyone, and YAML is a large language. Its events are checked one by one as
the parser yields them, and the nodes are built here, without recursion: deep nesting would crash the
C loader, aliases can swell a few bytes to gigabytes, and of two same keys the first would be lost.
"""

from collections.abc import Iterator

import yaml

from bot.content.nodes import Items, Node, Table, Text, is_text, tidy
from bot.content.report import Place, Report, quoted

MAX_DEPTH = 20
"""Lists and tables within one another; the content needs three."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HINTS = {
    "mapping values are not allowed": 'a text with ": " in it needs quotes, or >- before it',
    "cannot start any token": "a text that begins with this character needs quotes, "
    "and lines are indented with spaces, never tabs",
    "end of stream": "what is opened here, a quote or a bracket, is never closed",
    "expected ':'": 'a colon and a value are missing, as in "title: Some text"',
    "unknown escape": "within double quotes a backslash is written twice",
}
_HINT = "look for a missing quote, colon or dash, or for a line indented differently from those around it"


def compose(text: str, file: str, report: Report) -> Node | None:
    """Build the nodes of one YAML document; None where the report says why that cannot be done."""
    building = _Building(file, report)
    try:
        whole = all(building.take(event) for event in yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        report.add(Place(file, _line_of(error)), "yaml", f"this is not YAML: {_hint(error.problem)}")
        return None
    except (yaml.YAMLError, ValueError):
        # The parser in Python lets the error of chr() through where an escape is out of range.
        report.add(Place(file), "yaml", f"this is not YAML: {_HINT}")
        return None
    if whole and building.root is None:
        report.add(Place(file), "empty-file", "this file is empty; fill it or delete it")
    return building.root if whole and not building.spoilt else None


def _line_of(error: yaml.MarkedYAMLError) -> int:
    unclosed = "end of stream" in (error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _hint(problem: str | None) -> str:
    return next((hint for part, hint in _HINTS.items() if part in (problem or "")), _HINT)


class _Building:
    """Builds nodes from the events of one file."""

    def __init__(self, file: str, report: Report) -> None:
        self.root: Node | None = None
        """The first document's node, once it is whole."""
        self.spoilt = False
        """Holds what is not read on from: its nodes would only lead to faults that are none."""
        self._file = file
        self._report = report
        self._open: list[tuple[int, list[Node]]] = []
        """The first line and the children of each list or table that is not closed yet."""
        self._documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take the parser's next event; False where it is of no use to go on."""
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, tagged=event.implicit == (False, False))
            bare = not event.style and event.implicit[0]
            self._place(Text(tidy(event.value), self._file, _line(event), bare))
        elif isinstance(event, yaml.CollectionEndEvent):
            line, children = self._open.pop()
            is_list = isinstance(event, yaml.SequenceEndEvent)
            self._place(Items(tuple(children), self._file, line) if is_list else self._table(line, children))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event, tagged=not event.implicit)
            self._open.append((_line(event), []))
            return self._shallow(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "alias", 'text is shared with "&" or "*"; write it out, or put it in quotes')
            self._place(Text("", self._file, _line(event)))
        else:
            return self._single(event)
        return True

    def _shallow(self, event: yaml.Event) -> bool:
        if len(self._open) > MAX_DEPTH:
            self._refuse(
                event, "depth", f"lists stand more than {MAX_DEPTH} deep in one another; three are enough"
            )
        return not self.spoilt or len(self._open) <= MAX_DEPTH

    def _single(self, event: yaml.Event) -> bool:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                message = 'a second document begins here; delete the line "---" or make it a file of its own'
                self._refuse(event, "one-document", message)
                return False
        return True

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, *, tagged: bool) -> None:
        if event.anchor is not None:
            self._refuse(event, "alias", 'text is shared with "&" or "*"; write it out, or put it in quotes')
        if tagged:
            self._refuse(event, "tag", 'a type is set with "!"; delete it, or put the text in quotes')

    def _refuse(self, event: yaml.Event, rule: str, message: str) -> None:
        self.spoilt = True
        self._report.add(Place(self._file, _line(event)), rule, message)

    def _place(self, node: Node) -> None:
        if self._open:
            self._open[-1][1].append(node)
        else:
            self.root = node

    def _table(self, line: int, children: list[Node]) -> Table:
        entries: dict[str, tuple[Text, Node]] = {}
        for key, node in _pairs(children):
            if not isinstance(key, Text) or not key.value:
                self._report.add(key, "key", 'a key is one or more words, as in "title: Some text"')
            elif key.value in entries:
                message = (
                    f"{quoted(key.value)} stands at line {entries[key.value][0].line} already; "
                    "keep one of the two"
                )
                self._report.add(key, "duplicate-key", message)
            elif is_text(key, "key", self._report):
                entries[key.value] = (key, node)
        return Table(entries, self._file, line)


def _pairs(children: list[Node]) -> Iterator[tuple[Node, Node]]:
    return zip(children[::2], children[1::2], strict=True)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
