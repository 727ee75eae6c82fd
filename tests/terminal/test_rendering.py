from dataclasses import replace

import pytest

from bot.coach.answer import Answer, Menu, Part, Step
from bot.coach.match import MatchKind
from bot.coach.question import Ask
from bot.coach.topics import Sides
from bot.terminal.rendering import WIDTH, print_answer, steps_of

MARKUP = "[bold]x[/bold] [/] [link=https://e.example]y[/link] :smile:"
ANSWER = Answer(
    MatchKind.ANSWER,
    f"headline {MARKUP}",
    f"lead {MARKUP}",
    sides=Sides(f"left {MARKUP}", f"right {MARKUP}", f"both {MARKUP}"),
    points=(f"point {MARKUP}",),
    parts=(Part(f"heading {MARKUP}", f"text {MARKUP}"),),
    steps=(Step(f"step {MARKUP}", Ask("a")),),
    menus=(Menu(f"menu {MARKUP}", (Step(f"entry {MARKUP}", Ask("b")),)),),
)


def _shown(console, answer):
    print_answer(console, answer)
    return " ".join(console.file.getvalue().split())


@pytest.mark.parametrize(
    "place", ["headline", "lead", "both", "point", "heading", "text", "step", "menu", "entry"]
)
def test_square_brackets_are_shown_as_they_stand(console, place):
    assert f"{place} {MARKUP}" in _shown(console, ANSWER)


def test_square_brackets_in_two_columns_are_shown_as_they_stand(console):
    sides = Sides("[bold]left[/bold]", "[/] right", "both")
    shown = _shown(console, replace(ANSWER, sides=sides))
    assert "[bold]left[/bold]" in shown
    assert "[/] right" in shown


def test_everything_to_press_has_its_number(console):
    answer = replace(
        ANSWER,
        steps=(Step("one", Ask("a")), Step("two", Ask("b"))),
        menus=(Menu("For my role", (Step("three", Ask("c")),)), Menu("Related", (Step("four", Ask("d")),))),
    )
    shown = _shown(console, answer)
    for number, step in enumerate(steps_of(answer), 1):
        assert f"[{number}] {step.label}" in shown
    assert "For my role: [3] three" in shown


def test_the_two_sides_stand_beside_each_other(console):
    print_answer(console, replace(ANSWER, sides=Sides("left", "right", "both")))
    lines = [line.split() for line in console.file.getvalue().splitlines()]
    assert ["Leading", "Managing"] in lines
    assert ["left", "right"] in lines


@pytest.mark.parametrize("columns", [20, 40, 88, 300])
def test_no_line_is_wider_than_the_terminal_or_good_to_read(console, coach, columns):
    console.width = columns
    for answer in (coach.welcome(), coach.press(Ask("vision-execution")), coach.press(Ask())):
        print_answer(console, answer)
    widest = max(len(line.rstrip()) for line in console.file.getvalue().splitlines())
    assert widest <= min(columns, WIDTH)


def test_every_topic_is_shown(console, coach):
    for topic in coach.handbook.topics:
        print_answer(console, coach.press(Ask(topic)))
    shown = console.file.getvalue()
    assert all(topic.title.split()[0] in shown for topic in coach.handbook.topics.values())
