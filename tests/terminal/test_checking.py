from dataclasses import replace

import pytest

from bot.__main__ import main
from bot.coach.confusions import confusions, stolen
from bot.content.coverage import inventory, missing, own
from bot.terminal.checking import EXAMPLES, confusion_lines, coverage, summary, swallowed


def test_every_topic_of_the_inventory_is_written(handbook):
    assert not missing(handbook)
    assert not own(handbook)


def test_coverage_lists_every_topic_and_counts_them(handbook):
    lines = list(coverage(handbook))
    assert len(lines) == len(inventory()) + 1
    assert lines[-1] == f"{len(inventory())} of {len(inventory())} are written."


def test_a_summary_says_how_much_there_is_and_how_it_reads(handbook):
    counted, ease = summary(handbook)
    assert counted.startswith(f"{len(handbook.topics)} topics and {len(handbook.tips)} tips")
    assert ease.startswith("Reading ease: ")


def test_confusions_name_questions_of_the_topic_that_loses_them_and_are_the_same_twice(small_handbook):
    found = confusions(small_handbook)
    for each in found:
        assert set(each.questions) <= set(small_handbook.topics[each.topic].phrasings)
        assert each.winner != each.topic
    assert found == confusions(small_handbook)


def test_a_golden_negative_that_is_won_is_told(small_handbook):
    for topic, questions in stolen(small_handbook).items():
        assert set(questions) <= set(small_handbook.topics[topic].not_phrasings)


def test_the_last_line_counts_what_comes_first(small_handbook):
    *pairs, last = confusion_lines(small_handbook)
    assert last.startswith("Held out in turn, ")
    assert all(line.count('"') <= 2 * EXAMPLES for line in pairs)


def test_check_prints_a_summary_and_succeeds(capsys):
    assert main(["check"]) == 0
    assert "no faults" in capsys.readouterr().out


def test_check_names_a_fault_and_fails(tmp_path, capsys):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "our-own.yaml").write_text("title: no\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert f"{tmp_path}/faq/our-own.yaml:1: lead: is missing" in capsys.readouterr().err


@pytest.mark.parametrize("topic", ["vision-execution", "micromanaged", "kotter", "lead-or-manage"])
def test_a_preview_shows_a_topic_from_all_its_sides(topic, handbook, capsys):
    assert main(["preview", topic]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    written = handbook.topics[topic]
    for text in (written.lead, *written.aspects.values(), *(written.roles or {}).values()):
        assert " ".join(text.split()) in shown


def test_a_preview_of_nothing_says_so(capsys):
    assert main(["preview", "no-such-topic"]) == 1
    assert "No topic is called 'no-such-topic'" in capsys.readouterr().err


def test_a_sign_that_swallows_a_phrasing_is_told(small_handbook):
    wide = replace(small_handbook.referrals["health"], signs=("leadership",))
    handbook = replace(small_handbook, referrals={"health": wide})
    lines = list(swallowed(handbook))
    assert any("always goes to the referral health" in line for line in lines)


def test_no_sign_of_ours_swallows_a_phrasing(handbook):
    assert not list(swallowed(handbook))
