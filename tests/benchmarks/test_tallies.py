import pytest

from benchmarks.matching.outcomes import Outcome
from benchmarks.matching.questions import Asked, Sort
from benchmarks.matching.tallies import Heard, auroc, calibration_error, tally
from bot.coach.match import MatchKind

ON = Asked("q", Sort.ON_TOPIC, frozenset({"a"}), frozenset({"b"}))
EITHER = Asked("q", Sort.ON_TOPIC, frozenset({"a"}), may_decline=True)
OFF = Asked("q", Sort.OFF_TOPIC)


def _answered(asked, label, score=0.5):
    return Heard(asked, [(label, score)], Outcome(MatchKind.ANSWER, (label,), score=score))


def _offered(asked, *labels, kind=MatchKind.CHOICES):
    return Heard(asked, [(labels[0], 0.3)], Outcome(kind, offered=labels, score=0.3))


def test_answers_and_choices_are_counted_apart():
    figures = tally([_answered(ON, "a"), _answered(ON, "b"), _offered(ON, "c", "a"), _offered(ON, "c")])
    assert (figures.answered_right, figures.answered_wrong) == (25, 25)
    assert (figures.right_or_offered, figures.top_1) == (50, 25)


def test_a_related_topic_is_right_where_the_count_is_lenient():
    figures = tally([_answered(ON, "b"), _answered(ON, "c")], lenient=True)
    assert (figures.answered_right, figures.answered_wrong, figures.top_1) == (50, 50, 50)


def test_the_nearest_topics_of_a_no_are_no_choices():
    figures = tally([_offered(ON, "a", kind=MatchKind.DECLINE)])
    assert (figures.right_or_offered, figures.right_or_near) == (0, 100)


def test_a_no_is_right_where_it_may_be():
    figures = tally(
        [_offered(EITHER, "c", kind=MatchKind.DECLINE), _offered(ON, "c", kind=MatchKind.DECLINE)]
    )
    assert (figures.answered_right, figures.right_or_offered) == (50, 50)


def test_off_topic_only_an_answer_is_an_answer():
    referred = Heard(OFF, [], Outcome(MatchKind.REFER, ("refer:health",)))
    figures = tally([_answered(OFF, "a"), _offered(OFF, "a"), referred, referred])
    assert (figures.not_answered, figures.off_topic_strayed) == (75, 50)


def test_what_was_not_asked_has_no_figure():
    figures = tally([_answered(OFF, "a")])
    assert figures.answered_right is None
    assert figures.referred is None
    assert figures.calibration_error is None


def test_the_calibration_error_weighs_each_bin_by_its_questions():
    sure = [_answered(ON, "a", score=0.95)] * 3
    unsure = [_answered(ON, "c", score=0.25)]
    assert calibration_error(sure + unsure) == pytest.approx(100 * (3 * 0.05 + 0.25) / 4)


def test_a_score_of_one_falls_into_the_last_bin():
    assert calibration_error([_answered(ON, "a", score=1.0)]) == 0


def test_auroc_counts_ties_half():
    assert auroc([2.0, 1.0], [1.0, 0.0]) == 87.5
