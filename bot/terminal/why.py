"""Reasons → terminal, in words for the owners of the content. What people write is never read as markup."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.coach.labels import ROLE_HEADINGS
from bot.coach.why import Ground, Reasons
from bot.terminal.rendering import WIDTH
from bot.terminal.sentences import advice, decided, measured, named, outcome

_DECIDED_ALONE = frozenset({Ground.SIGN, Ground.THANKS, Ground.CUE, Ground.CASE, Ground.PHRASING})
"""Grounds beside which the scores did not count."""


def print_reasons(console: Console, reasons: Reasons) -> None:
    """Show why a question is taken as it is, and what its owner can do."""
    console.print(Padding(Group(*_sections(reasons)), (0, 2)), width=min(WIDTH, console.width))


def _sections(reasons: Reasons) -> Iterator[RenderableType]:
    yield Text(f"{outcome(reasons)}\n", style="bold")
    yield from _section("How it was read", _table(_read(reasons)))
    yield from _section("What decided", Text("\n".join(decided(reasons))))
    if reasons.ground is not Ground.NOTHING_SAID:
        idle = reasons.ground in _DECIDED_ALONE
        yield from _section(
            "What the scores would have said" if idle else "What the scores say", _bars(reasons)
        )
        yield from _section("The likeliest", _table(_likeliest(reasons)))
        if not idle and reasons.standing is not None:
            heading = f"The words that decided: + for {named(reasons.standing.label)}"
            against = f", - for {named(reasons.opponent)}" if reasons.opponent else ""
            yield from _section(heading + against, _table(_words(reasons)))
        yield from _section(
            "The nearest phrasings, and how like they are (1.00: the same)", _nearest(reasons)
        )
    yield from _section("What to do", Text(advice(reasons)))


def _section(heading: str, body: Table | Text) -> Iterator[RenderableType]:
    """A heading over something; nothing where there is nothing to show."""
    if body.row_count if isinstance(body, Table) else body:
        yield Text(heading, style="bold")
        yield Padding(body, (0, 0, 1, 2))


def _table(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    for left, right in rows:
        table.add_row(Text(left), Text(right))
    return table


def _read(reasons: Reasons) -> Iterator[tuple[str, str]]:
    """What was made of the words, one row for each thing there is to tell."""
    if reasons.last_sentence is not None:
        yield "only its last sentence", reasons.last_sentence
    if reasons.small_talk:
        yield "small talk, left out", " ".join(reasons.small_talk)
    reading = reasons.reading
    if reading is not None:
        yield from _row("spelling mended", (f"{word} → {read}" for word, read in reading.mended))
        yield from _row("synonyms", (f"{said} → {meaning}" for said, meaning in reading.synonyms))
        families = groupby(reading.kin, key=lambda each: each[0])
        yield from _row("kin", (f"{said} ({', '.join(name for _, name in kin)})" for said, kin in families))
        yield from _row("in no phrasing", reading.unknown)
    if reasons.match.role is not None:
        yield "role", ROLE_HEADINGS[reasons.match.role]
    if reasons.opens is not None:
        yield (
            "in a conversation",
            f"these words are a command: they open {reasons.opens} before anything else",
        )


def _row(heading: str, entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    text = ", ".join(entries)
    if text:
        yield heading, text


def _bars(reasons: Reasons) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    for heading in ("it is", "answered from", "asked back from"):
        table.add_column(heading, justify="right")
    for bar in reasons.bars:
        heights = (bar.value, bar.answered_from, bar.asked_back_from)
        cells = (Text("" if each is None else f"{each:.2f}") for each in heights)
        table.add_row(Text(measured(bar)), *cells)
    return table


def _likeliest(reasons: Reasons) -> Iterator[tuple[str, str]]:
    return ((named(label), f"{score:.2f}") for label, score in reasons.ranking)


def _words(reasons: Reasons) -> Iterator[tuple[str, str]]:
    return ((word, f"{'+' if effect > 0 else '-'} {abs(effect):.2f}") for word, effect in reasons.words)


def _nearest(reasons: Reasons) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    for each in reasons.nearest:
        table.add_row(Text(named(each.label)), Text(f"{each.likeness:.2f}"), Text(f"“{each.phrasing}”"))
    return table
