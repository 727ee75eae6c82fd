import pytest

from bot.coach.handbook import QuoteStatus
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Question


@pytest.mark.parametrize(
    ("question", "task", "side"),
    [
        ("is running payroll leading or managing", "payroll", "Mostly managing"),
        ("is the yearly budget leading or managing", "budget", "managing"),
    ],
)
def test_a_task_named_in_the_question_is_sorted(coach, question, task, side):
    answer = coach.answer(coach.match(Question(question)))
    assert answer.topic == "lead-or-manage"
    assert task in answer.headline.lower()
    assert side in answer.lead


def test_every_task_can_be_picked_and_is_sorted(coach):
    topic = coach.handbook.topics["lead-or-manage"]
    assert len(topic.tasks) >= 60
    for number, task in enumerate(topic.tasks):
        assert coach.press(Ask(topic.id, item=str(number))).headline == task.title


@pytest.mark.parametrize("item", ["-1", "97", "x", "", "999999999999"])
def test_a_task_that_is_none_gets_the_topic(coach, item):
    assert coach.press(Ask("lead-or-manage", item=item)).headline == "Is this task leading or managing?"


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("did drucker say culture eats strategy for breakfast", "culture-eats-strategy"),
        ("who said managers do things right and leaders do the right thing", "managers-do-things-right"),
    ],
)
def test_a_quote_is_checked_in_plain_words(coach, question, quote):
    match = coach.match(Question(question))
    assert match.kind is MatchKind.ANSWER
    assert match.quote == quote


def test_a_quote_says_whose_it_is_and_where_to_check(coach):
    for quote in coach.handbook.quotes.values():
        answer = coach.press(Ask(tool="quote", item=quote.id))
        assert answer.headline == quote.words
        assert quote.verdict in answer.lead
        assert quote.reference in [part.text for part in answer.parts]


def test_a_sourced_quote_belongs_to_a_topic_with_sources(handbook):
    for quote in handbook.quotes.values():
        if quote.status is QuoteStatus.SOURCED:
            assert handbook.topics[quote.topic].sources


def test_no_quote_is_made_up_for_one_that_is_unknown(coach):
    assert coach.press(Ask(tool="quote", item="no-such-line")).headline == "Did they really say it?"
