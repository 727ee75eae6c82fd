"""What is pressed on a card, and how its headings and lines are written."""

import pytest

from bot.coach.answer import Menu, Step
from bot.coach.question import Ask, Aspect
from bot.teams.elements import buttons, heading, menu, paragraphs, read_press

STEPS = (Step("One", Ask("one")), Step("Two", Ask("two", Aspect.WHY)))


def test_a_button_asks_for_its_step_and_sends_nothing_else():
    (row,) = buttons(STEPS)
    assert [each["title"] for each in row["actions"]] == ["One", "Two"]
    assert [read_press(each["data"]) for each in row["actions"]] == [step.ask for step in STEPS]
    assert {each["associatedInputs"] for each in row["actions"]} == {"none"}


def test_a_step_too_long_for_a_button_stands_beside_it():
    long = Step("How much of my week for leading, how much for managing?", Ask("one"))
    rows = buttons((long, STEPS[1]))
    assert [row["type"] for row in rows] == ["ColumnSet", "ColumnSet"]
    text, button = rows[0]["columns"]
    assert text["items"] == paragraphs(long.label)
    assert read_press(button["items"][0]["actions"][0]["data"]) == long.ask


def test_a_menu_asks_for_what_is_chosen_and_for_nothing_before():
    field, button = (column["items"][0] for column in menu(Menu("Which?", STEPS), 3)["columns"])
    press = button["actions"][0]
    assert (field["label"], press["associatedInputs"]) == ("Which?", "auto")
    assert read_press(press["data"]) is None
    assert read_press({**press["data"], field["id"]: ""}) is None
    assert read_press({**press["data"], field["id"]: field["choices"][1]["value"]}) == STEPS[1].ask


@pytest.mark.parametrize("data", [{}, {"ask": 3}, {"menu": "ask"}, {"menu": ["x"]}, {"menu": "x", "x": None}])
def test_a_forged_press_asks_for_nothing(data):
    assert read_press(data) is None


@pytest.mark.parametrize(
    "text", ["Vision vs. execution", "Why (and when)?", "R&D: what for", "“So?”", "Mañana"]
)
def test_a_heading_is_marked_as_one(text):
    (block,) = heading(text)
    assert (block["type"], block["style"], block["text"]) == ("TextBlock", "heading", text)
    assert block["wrap"] is True


@pytest.mark.parametrize("text", ["*a*", "1. a", "- a", "[a](b)", "&amp;", "<b>", "a.example", "a@b", "a_b_"])
def test_a_heading_that_could_be_markup_only_looks_like_one(text):
    (block,) = heading(text)
    assert block["inlines"] == [{"type": "TextRun", "text": text, "size": "Default", "weight": "Bolder"}]


def test_each_line_is_a_block_of_its_own():
    assert [each["inlines"][0]["text"] for each in paragraphs("one\n\n• two\r\nthree ")] == [
        "one",
        "• two",
        "three ",
    ]
    assert paragraphs(" \n") == heading(" ") == []
