"""The lines that every measurement relies on, and what `lvm ask` says to what it cannot use."""

import json
from io import StringIO

import pytest

from bot.__main__ import main
from bot.coach.question import Aspect, Question, Role
from bot.terminal.ask import answer_lines, read_questions

FIELDS = [
    *("question", "kind", "topic", "aspect", "tool"),
    *("score", "choices", "runners_up", "microseconds"),
]
KINDS = {"answer", "choices", "decline", "refer", "tool", "followup"}


@pytest.fixture
def ask(coach):
    """Ask one question; gives the object of its line."""

    def ask(text, role=None, topic=None):
        (line,) = answer_lines(coach, [Question(text, role, topic)])
        assert "\n" not in line
        return json.loads(line)

    return ask


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what is the difference between vision and execution?", "answer"),
        ("what is the weather in lisbon tomorrow", "decline"),
        ("i think my boss is harassing me", "refer"),
        ("help", "tool"),
        ("example?", "followup"),
        ("", "decline"),
    ],
)
def test_each_line_has_every_field_in_order(ask, text, kind):
    said = ask(text)
    assert list(said) == FIELDS
    assert said["question"] == text
    assert said["kind"] == kind
    assert 0 <= said["score"] <= 1
    assert said["microseconds"] > 0
    assert all(each.keys() == {"topic", "score"} for each in said["runners_up"])


def test_an_answer_names_its_topic_and_aspect(ask):
    said = ask("can you give me an example of vision vs execution")
    assert (said["topic"], said["aspect"], said["tool"]) == ("vision-execution", "example", None)


def test_a_tool_names_itself_and_no_topic(ask):
    said = ask("give me a tip")
    assert (said["kind"], said["tool"], said["topic"]) == ("tool", "tip", None)


def test_a_decline_names_the_nearest_topics(ask, handbook):
    choices = ask("what is the weather in lisbon tomorrow")["choices"]
    assert choices
    assert set(choices) <= handbook.topics.keys()


def test_the_topic_so_far_makes_a_follow_up(ask):
    said = ask("why?", topic="vision-execution")
    assert (said["kind"], said["topic"], said["aspect"]) == ("followup", "vision-execution", "why")


def test_every_topic_answers_to_its_first_phrasing_in_the_contracts_words(ask, handbook):
    for topic in handbook.topics.values():
        said = ask(topic.phrasings[0])
        assert said["kind"] in KINDS
        assert said["aspect"] in set(Aspect)


def test_questions_come_back_in_order(coach):
    texts = [f"what is leadership? {number}" for number in range(20)]
    lines = answer_lines(coach, read_questions([text + "\r\n" for text in texts], Question("")))
    assert [json.loads(line)["question"] for line in lines] == texts


def test_every_line_keeps_the_role_and_topic_of_the_call():
    context = Question("", Role.EXECUTIVE, "vision-execution")
    (question,) = read_questions(["why?\n"], context)
    assert question == Question("why?", Role.EXECUTIVE, "vision-execution")


def test_a_file_is_read_whatever_bytes_it_holds(tmp_path, capsys):
    file = tmp_path / "questions.txt"
    file.write_bytes(b"what is leadership?\n\n\xff\xfe\x00 what\x0bis\x85 it\r\n  \nlast")
    assert main(["ask", "--json", "--from", str(file)]) == 0
    said = [json.loads(line)["question"] for line in capsys.readouterr().out.splitlines()]
    assert said == ["what is leadership?", "", "\ufffd\ufffd\x00 what\x0bis\ufffd it", "  ", "last"]


def test_an_empty_file_gives_nothing(tmp_path, capsys):
    file = tmp_path / "questions.txt"
    file.touch()
    assert main(["ask", "--json", "--from", str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_any_lines_are_read_as_a_file(coach):
    lines = read_questions(StringIO("what is leadership?\nwhy?\n"), Question(""))
    assert len(list(answer_lines(coach, lines))) == 2


def test_a_missing_file_is_told_in_a_sentence(tmp_path, capsys):
    assert main(["ask", "--json", "--from", str(tmp_path / "none.txt")]) == 1
    assert capsys.readouterr().err.endswith("none.txt cannot be read: No such file or directory.\n")


def test_a_folder_is_no_file_of_questions(tmp_path, capsys):
    assert main(["ask", "--json", "--from", str(tmp_path)]) == 1
    assert "cannot be read: Is a directory." in capsys.readouterr().err


def test_an_unknown_topic_is_told_in_a_sentence(capsys):
    assert main(["ask", "--json", "--topic", "no-such-topic", "why?"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "No topic is called 'no-such-topic'; topics are named like their files.\n"


def test_an_unknown_role_is_refused_with_its_name(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["ask", "--role", "king", "why?"])
    assert caught.value.code == 2
    assert "--role" in capsys.readouterr().err


def test_a_role_brings_its_own_line(capsys):
    assert main(["ask", "--role", "executive", "vision vs execution"]) == 0
    assert "As an executive" in capsys.readouterr().out


def test_a_question_in_several_words_is_one_question(capsys):
    assert main(["ask", "--json", "what", "is", "leadership?"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "what is leadership?"


@pytest.mark.parametrize(
    "text",
    [
        "\udcff\udcfe",
        "\ud83d",
        "\x00",
        "\u2028",
        "\n",
    ],
)
def test_a_question_that_is_no_text_gets_one_line(text, capsysbinary):
    assert main(["ask", "--json", text]) == 0
    (line,) = capsysbinary.readouterr().out.splitlines()
    assert json.loads(line)["question"]
