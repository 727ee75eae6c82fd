"""Answer → terminal. What people write, and what the content says, is never read as markup."""

from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.coach.answer import Answer, Part, Step
from bot.coach.coach import Coach
from bot.coach.labels import ROLE_HEADINGS
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect
from bot.coach.topics import Sides

WIDTH = 88
"""Columns at most: longer lines are hard to read."""


def steps_of(answer: Answer) -> tuple[Step, ...]:
    """Everything there is to press, in the order of the numbers shown."""
    return (*answer.steps, *(step for menu in answer.menus for step in menu.steps))


def render(answer: Answer) -> RenderableType:
    """The answer for a console, with a number before everything there is to press."""
    rows: list[RenderableType] = [Text(answer.headline, style="bold"), Text(answer.lead)]
    if answer.sides is not None:
        rows += [_two_columns(answer.sides), _titled("Together", answer.sides.together)]
    if answer.points:
        rows.append(Text("\n".join(f"• {point}" for point in answer.points)))
    rows += [_titled(part.heading, part.text) for part in answer.parts]
    rows += _numbered(answer)
    return Padding(Group(*(Padding(row, (0, 0, 1, 0)) for row in rows)), (0, 2))


def print_answer(console: Console, answer: Answer) -> None:
    """Show an answer, at a width that is good to read."""
    console.print(render(answer), width=min(WIDTH, console.width))


def print_topic(console: Console, coach: Coach, topic: str) -> None:
    """Show a topic whole: every aspect, and the line for every role."""
    for aspect in Aspect:
        print_answer(console, replace(coach.press(Ask(topic, aspect)), steps=(), menus=()))
    lines = (coach.handbook.topics[topic].roles or {}).items()
    parts = tuple(Part(ROLE_HEADINGS[role], line) for role, line in lines)
    print_answer(console, Answer(MatchKind.ANSWER, "By role", "", parts=parts))


def _two_columns(sides: Sides) -> Table:
    table = Table(box=None, show_header=True, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    table.add_column("Leading", ratio=1)
    table.add_column("Managing", ratio=1)
    table.add_row(Text(sides.leadership), Text(sides.management))
    return table


def _titled(heading: str, text: str) -> Text:
    return Text.assemble((heading, "bold"), "\n", text)


def _numbered(answer: Answer) -> list[RenderableType]:
    rows: list[RenderableType] = []
    number = 1
    groups = (("", answer.steps), *((menu.label, menu.steps) for menu in answer.menus))
    for label, steps in groups:
        if steps:
            line = Text(f"{label}: " if label else "", style="dim")
            for step in steps:
                line.append(f"[{number}] ", style="cyan").append(f"{step.label}   ", style="not dim")
                number += 1
            rows.append(line)
    return rows
