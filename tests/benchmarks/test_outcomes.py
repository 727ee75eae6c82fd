import itertools
import random

import pytest

from benchmarks.matching.outcomes import Bars, best_bars, of_match, points
from benchmarks.matching.questions import Asked, Sort
from bot.coach.match import Match, MatchKind

BARS = Bars(answer=2.0, offer=1.0)
ON = Asked("q", Sort.ON_TOPIC, frozenset({"a"}), frozenset({"b"}))
OFF = Asked("q", Sort.OFF_TOPIC)
SENSITIVE = Asked("q", Sort.SENSITIVE, frozenset({"refer:health"}))


@pytest.mark.parametrize(
    ("ranking", "kind"),
    [
        ([("a", 2.0)], MatchKind.ANSWER),
        ([("a", 1.5), ("b", 1.0)], MatchKind.CHOICES),
        ([("a", 0.5)], MatchKind.DECLINE),
        ([], MatchKind.DECLINE),
        ([("off-topic", 9.0), ("a", 8.0)], MatchKind.DECLINE),
        ([("tool:tip", 2.0)], MatchKind.TOOL),
        ([("tool:tip", 1.5)], MatchKind.DECLINE),
        ([("refer:health", 1.5), ("a", 1.0)], MatchKind.REFER),
        ([("refer:health", 0.5)], MatchKind.DECLINE),
    ],
)
def test_two_bars_decide_for_a_peer(ranking, kind):
    assert BARS.judge(ranking).kind is kind


def test_at_most_three_topics_are_offered():
    ranking = [("a", 1.5), ("tool:tip", 1.4), ("b", 1.3), ("off-topic", 1.2), ("c", 1.1), ("d", 1.0)]
    assert BARS.judge(ranking).offered == ("a", "b", "c")


def test_a_match_of_the_coach_says_its_topic_and_its_line():
    match = Match(MatchKind.ANSWER, topic="a", quote="drucker", score=0.5)
    assert of_match(match).said == ("a", "quote:drucker")
    assert of_match(Match(MatchKind.REFER, referral="health")).said == ("refer:health",)


@pytest.mark.parametrize(
    ("asked", "label", "worth"),
    [
        (ON, "a", 1),
        (ON, "b", 1),
        (ON, "c", -0.75),
        (ON, "tool:tip", -1),
        (OFF, "a", -1.5),
        (OFF, "refer:health", -1),
        (SENSITIVE, "a", -2),
        (SENSITIVE, "refer:legal", 1),
    ],
)
def test_what_is_said_outright_earns_or_costs_points(asked, label, worth):
    assert points(asked, BARS.judge([(label, 3.0)])) == worth


def test_no_other_bars_earn_more():
    chosen = random.Random(3)  # noqa: S311  the same cases in every run
    asked = [chosen.choice([ON, OFF, SENSITIVE]) for _ in range(60)]
    labels = ("a", "b", "c", "off-topic", "refer:health", "tool:tip")
    tops = [float(chosen.randrange(12)) for _ in asked]
    rankings = [[(chosen.choice(labels), top), ("a", -1.0)] for top in tops]

    def earned(bars):
        return sum(points(one, bars.judge(ranking)) for one, ranking in zip(asked, rankings, strict=True))

    others = [Bars(high, low) for low, high in itertools.combinations_with_replacement(range(14), 2)]
    assert earned(best_bars(asked, rankings)) == pytest.approx(max(map(earned, others)))


def test_bars_for_nothing_decline_everything():
    assert best_bars([ON], [[]]).judge([("a", 99.0)]).kind is MatchKind.DECLINE
