import pytest

from bot.__main__ import main
from bot.coach.question import Question
from bot.coach.why import explain
from bot.terminal.rendering import WIDTH
from bot.terminal.sentences import advice, named, outcome
from bot.terminal.why import print_reasons

ANSWERED = "what did mintzberg write about managers"
THREAD = "vision-execution"


@pytest.fixture
def reasons(coach):
    return lambda text, topic=None: explain(coach, Question(text, topic=topic))


@pytest.fixture
def shown(console, reasons):
    def shown(text, topic=None):
        print_reasons(console, reasons(text, topic))
        return console.file.getvalue()

    return shown


def test_every_section_has_its_heading(shown):
    lines = [line.strip() for line in shown(ANSWERED).splitlines()]
    for heading in ("How it was read", "What decided", "What the scores say", "The likeliest", "What to do"):
        assert heading in lines
    assert any(line.startswith("The words that decided: + for mintzberg, - for ") for line in lines)
    assert any(line.startswith("The nearest phrasings") for line in lines)


def test_the_numbers_stand_beside_their_bars(shown):
    (line,) = (line for line in shown(ANSWERED).splitlines() if "certainty of mintzberg" in line)
    *_, certainty, answered_from, asked_back_from = line.split()
    assert float(certainty) >= float(answered_from) > float(asked_back_from)


def test_columns_are_aligned(shown):
    lines = shown(ANSWERED).splitlines()
    first = next(number for number, line in enumerate(lines) if "The likeliest" in line) + 1
    ends = {len(line.rstrip()) for line in lines[first : first + 5]}
    assert len(ends) == 1


def test_what_is_not_a_terminal_gets_plain_text(shown):
    assert "\x1b" not in shown(ANSWERED)


def test_where_nothing_is_asked_no_scores_are_shown(shown):
    text = shown("")
    assert "scores" not in text
    assert "Nothing is asked." in text


def test_scores_that_did_not_count_are_told_as_such(shown):
    assert "What the scores would have said" in shown("why?", THREAD)


@pytest.mark.parametrize("columns", [20, 40, 88, 300])
@pytest.mark.parametrize("text", [ANSWERED, "my boss touches me", "weather tomorrow", "x" * 600, ""])
def test_no_line_is_wider_than_the_terminal_or_good_to_read(console, reasons, columns, text):
    console.width = columns
    print_reasons(console, reasons(text))
    assert max(map(len, map(str.rstrip, console.file.getvalue().splitlines()))) <= min(columns, WIDTH)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        (THREAD, THREAD),
        ("off-topic", "off topic"),
        ("tool:tip", "the tool tip"),
        ("refer:health", "the referral health"),
        ("quote:culture", "the quote culture"),
        ("follow:why", "the follow-up why"),
    ],
)
def test_what_can_win_is_named_in_words(label, name):
    assert named(label) == name


def test_an_answer_needs_nothing_done(reasons):
    assert outcome(reasons(ANSWERED)) == "It is answered with mintzberg."
    assert advice(reasons(ANSWERED)).startswith("Nothing, if that is right.")


def test_a_question_back_names_what_it_is_between(reasons, coach, held_out):
    texts = [text for texts in held_out["on-topic"].values() for text in texts if isinstance(text, str)]
    matches = (coach.match(Question(text)) for text in texts)
    text, choices = next(
        (text, each.choices) for text, each in zip(texts, matches, strict=True) if each.choices
    )
    assert all(choice in advice(reasons(text)) for choice in choices)


def test_a_sign_is_named_with_its_file(reasons, handbook):
    referral = next(iter(handbook.referrals.values()))
    said = advice(reasons(referral.signs[0]))
    assert f"narrow the sign “{referral.signs[0]}” in referrals/{referral.id}.yaml" in said


def test_a_follow_up_says_how_to_make_it_a_question(reasons):
    found = reasons("could i see another example of this one", THREAD)
    assert outcome(found) == f"It follows up on “Example” of {THREAD}."
    assert "word for word" in advice(found)


def test_every_line_off_topic_says_where_it_stands(reasons, handbook):
    found = reasons(handbook.vocabulary.off_topic[0])
    assert outcome(found) == "It is taken for another subject."
    assert "off-topic.yaml" in advice(found)


def test_a_question_is_explained_from_the_command_line(capsys):
    assert main(["ask", "--why", "--topic", THREAD, "--role", "executive", "why?"]) == 0
    out = capsys.readouterr().out
    assert f"It follows up on “Why” of {THREAD}." in out
    assert "As an executive" in out


@pytest.mark.parametrize("others", [["--json"], ["--from", "-"]])
def test_why_is_for_one_question_and_for_people(capsys, others):
    assert main(["ask", "--why", *others]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "--why explains one question in words: leave --json and --from out.\n"


@pytest.mark.parametrize("text", ["\udcff\udcfe", "\x00", "\u2028", "\x1b[31mleadership"])
def test_a_question_that_is_no_text_is_explained_without_its_marks(text, capsysbinary):
    assert main(["ask", "--why", text]) == 0
    assert b"\x1b" not in capsysbinary.readouterr().out
