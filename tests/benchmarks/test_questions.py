import pytest

from benchmarks.matching.questions import (
    Asked,
    Sort,
    count_known,
    own_phrasings,
    read_held_out,
    read_labelled,
    with_quotes,
)
from bot.coach.lessons import lessons
from bot.coach.question import Aspect

HEADER = "id\torigin\tlabel\taccept\tquestion\n"


def _read(tmp_path, rows):
    file = tmp_path / "labelled.tsv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return read_labelled(file)


def test_labels_tell_the_sort_and_what_is_accepted(tmp_path):
    either, tool, refer = _read(
        tmp_path, 'a\tchat\tdecline|answer\tx,y\t"so?\nb\tchat\ttool\ttip\tq\nc\toff\trefer\t\tq\n'
    )
    assert (either.sort, either.accepted, either.may_decline) == (Sort.ON_TOPIC, {"x", "y"}, True)
    assert either.text == '"so?'
    assert (tool.sort, tool.accepted, tool.may_decline) == (Sort.TOOL, {"tool:tip"}, False)
    assert (refer.sort, refer.accepted) == (Sort.SENSITIVE, set())


@pytest.mark.parametrize("row", ["a\tchat\tshrug\tx\tq\n", "only one column\n"])
def test_a_table_of_another_sort_is_refused(tmp_path, row):
    with pytest.raises(SystemExit, match=r"labelled\.tsv is no table of"):
        _read(tmp_path, row)


def test_the_tests_own_questions_are_all_read(pytestconfig):
    asked = read_held_out(pytestconfig.rootpath / "tests/phrasings")
    assert {one.sort for one in asked} == set(Sort)
    assert {one.aspect for one in asked if one.sort is Sort.FOLLOW_UP} <= set(Aspect)
    assert all(one.accepted for one in asked if one.sort in {Sort.ON_TOPIC, Sort.SENSITIVE, Sort.TOOL})


def test_every_phrasing_of_the_content_can_be_held_out(handbook):
    held = {(one.text, label) for one, label in own_phrasings(handbook)}
    assert held < set(lessons(handbook))


def test_related_topics_stand_beside_each_other_either_way(handbook):
    related = {label: one.related for one, label in own_phrasings(handbook) if one.sort is Sort.ON_TOPIC}
    for topic in handbook.topics.values():
        assert related[topic.id] >= set(topic.see_also)
        assert all(topic.id in related[other] for other in topic.see_also)


def test_a_topics_well_known_lines_are_accepted_with_it(handbook):
    quote = next(iter(handbook.quotes.values()))
    asked = next(one for one, label in own_phrasings(handbook) if label == quote.topic)
    assert f"quote:{quote.id}" in asked.accepted
    assert with_quotes([asked], handbook) == [asked]


def test_questions_that_stand_in_the_content_are_counted(handbook):
    text = own_phrasings(handbook)[0][0].text
    asked = [Asked(text.upper() + "!", Sort.ON_TOPIC), Asked("zyx wvu tsr", Sort.OFF_TOPIC)]
    assert count_known(asked, handbook) == 1
