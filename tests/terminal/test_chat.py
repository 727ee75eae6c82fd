from pathlib import Path

import pytest
import yaml

from bot.coach.question import Question
from bot.terminal.chat import chat
from bot.terminal.rendering import steps_of

MANNERS = yaml.safe_load((Path(__file__).parents[1] / "dialogs" / "manners.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def talk(conversation, console):
    """Type some lines; gives what was shown, in one line."""

    def talk(*lines):
        chat(conversation, iter(lines), console)
        return " ".join(console.file.getvalue().split())

    return talk


def test_it_begins_with_a_welcome(talk, coach):
    assert coach.welcome().headline in talk()


def test_a_question_is_answered(talk):
    assert "What is leadership?" in talk("what is leadership?")


def test_a_number_presses_what_has_it(talk, coach):
    steps = steps_of(coach.welcome())
    assert coach.press(steps[0].ask).lead.split(".")[0] in talk("1")


def test_the_numbers_are_those_of_the_last_answer(talk):
    shown = talk("vision vs execution", "1", "1")
    assert "Vision vs. execution: example" in shown
    assert shown.count("Together") == 2


@pytest.mark.parametrize("number", ["0", "99", "9" * 5000, "-1", "1.5", "\u0661", "\u00b2"])
def test_a_number_that_nothing_has_is_read_as_words(talk, number):
    assert talk(number).count("Leading or managing?") == 1


@pytest.mark.parametrize("command", ["/lvm difference vision", "/difference vision", "/lvm   diff 1"])
def test_a_line_with_a_slash_is_a_command(talk, command):
    assert "Vision vs. execution" in talk(command)


@pytest.mark.parametrize("command", ["/lvm", "/", "/lvm  "])
def test_a_command_without_words_is_a_welcome(talk, coach, command):
    assert talk(command).count(coach.welcome().headline) == 2


def test_a_follow_up_keeps_the_topic(talk):
    assert "Vision vs. execution: why" in talk("vision vs execution", "why?")


@pytest.mark.parametrize("goodbye", ["quit", "exit", "bye", ":q", "  QUIT "])
def test_a_goodbye_ends_it(talk, goodbye):
    assert "What is leadership?" not in talk(goodbye, "what is leadership?").partition("tip")[2]


def test_the_end_of_input_ends_it(talk):
    assert talk()


@pytest.mark.parametrize("name", MANNERS)
def test_manners_are_kept(talk, coach, name):
    written = MANNERS[name]["said"]
    answer = coach.answer(coach.match(Question(written.strip())))
    assert answer.kind == MANNERS[name]["kind"]
    shown = talk(written)
    assert shown.rindex(answer.headline) > shown.index(coach.welcome().headline)
    assert "<!" not in shown
    assert "<@" not in shown
