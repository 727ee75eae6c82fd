import pytest

from bot.coach.names import Names
from bot.coach.topics import Kind


@pytest.fixture(scope="module")
def names(handbook):
    return Names(topic for topic in handbook.topics.values() if topic.kind is Kind.DIFFERENCE)


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("vision", "vision-execution"),
        ("execution", "vision-execution"),
        ("Vision vs. Execution", "vision-execution"),
        ("execution versus vision", "vision-execution"),
        ("vision-execution", "vision-execution"),
        ("1", "vision-execution"),
        ("#1", "vision-execution"),
        ("15.", "big-picture-details"),
        ("03", "inspiration-control"),
        ("visoin", "vision-execution"),
        ("exectuion", "vision-execution"),
        ("people", "people-processes"),
        ("the people", "people-processes"),
        ("long term", "long-term-short-term"),
        ("long-term", "long-term-short-term"),
        ("longterm", "long-term-short-term"),
        ("influense", "influence-authority"),
        ("CULTURE", "shaping-spreading-culture"),
    ],
)
def test_a_difference_is_found_by_pole_alias_number_or_misspelling(names, name, topic):
    assert names.find(name) == topic


@pytest.mark.parametrize("name", ["", "0", "16", "9999999999", "banana", "the", "vs", "👍"])
def test_what_is_no_name_finds_nothing(names, name):
    assert names.find(name) is None


def test_every_difference_is_found_by_all_its_names(handbook, names):
    for topic in handbook.topics.values():
        if topic.kind is Kind.DIFFERENCE:
            for name in (*topic.names, topic.title, topic.id, str(topic.number)):
                assert names.find(name) == topic.id, name
