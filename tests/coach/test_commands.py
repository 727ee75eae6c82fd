import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.commands import Command, Verb, parse_command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command(Verb.WELCOME)),
        ("   ", Command(Verb.WELCOME)),
        ("difference vision", Command(Verb.DIFFERENCE, "vision")),
        ("Difference   long term", Command(Verb.DIFFERENCE, "long term")),
        ("diff 1", Command(Verb.DIFFERENCE, "1")),
        ("differences", Command(Verb.DIFFERENCE)),
        ("define leadership", Command(Verb.DEFINE, "leadership")),
        ("ask how do I lead?", Command(Verb.QUESTION, "how do I lead?")),
        ("ask", Command(Verb.QUESTION, "")),
        ("topics", Command(Verb.TOPICS)),
        ("tip", Command(Verb.TIP)),
        ("HELP", Command(Verb.HELP)),
        ("privacy", Command(Verb.PRIVACY)),
        ("how do I lead?", Command(Verb.QUESTION, "how do I lead?")),
        ("help my boss is unhappy", Command(Verb.QUESTION, "help my boss is unhappy")),
        ("tip toeing around my boss", Command(Verb.QUESTION, "tip toeing around my boss")),
        ("?", Command(Verb.QUESTION, "?")),
        ("topcis", Command(Verb.TOPICS)),
        ("hepl", Command(Verb.HELP)),
        ("diference vision", Command(Verb.DIFFERENCE, "vision")),
        ("difference\tvision", Command(Verb.DIFFERENCE, "vision")),
        (
            "quite a few of my people want to leave",
            Command(Verb.QUESTION, "quite a few of my people want to leave"),
        ),
        ("tasks pile up on me", Command(Verb.QUESTION, "tasks pile up on me")),
        ("refine my goals", Command(Verb.QUESTION, "refine my goals")),
        ("helping my team", Command(Verb.QUESTION, "helping my team")),
        ("3", Command(Verb.DIFFERENCE, "3")),
        ("#15.", Command(Verb.DIFFERENCE, "#15.")),
        ("daily", Command(Verb.DAILY)),
        ("daily at 8:30 on mon,wed", Command(Verb.DAILY, "at 8:30 on mon,wed")),
        ("dialy", Command(Verb.DAILY)),
        ("export", Command(Verb.EXPORT)),
        ("Export my data", Command(Verb.EXPORT, "my data")),
        ("export all", Command(Verb.EXPORT, "all")),
        ("please send me my data", Command(Verb.EXPORT)),
        ("delete my data", Command(Verb.FORGET)),
        ("Please erase all my data.", Command(Verb.FORGET)),
        ("delete everything", Command(Verb.QUESTION, "delete everything")),
        ("remove me from the team", Command(Verb.QUESTION, "remove me from the team")),
        ("forget me", Command(Verb.FORGET, "me")),
        ("forget", Command(Verb.FORGET)),
        ("forgot", Command(Verb.QUESTION, "forgot")),
        ("forget my mistakes", Command(Verb.QUESTION, "forget my mistakes")),
        ("export the plan", Command(Verb.QUESTION, "export the plan")),
        ("quote build a ship", Command(Verb.QUOTE, "build a ship")),
    ],
)
def test_words_after_the_slash_are_read(text, command):
    assert parse_command(text) == command


@given(st.text())
def test_any_words_are_a_command_or_a_question(text):
    assert isinstance(parse_command(text), Command)
