"""Questions and what came of them → figures. Shares are in percent; None where nothing was asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.matching.outcomes import Bars, Outcome, Told
from benchmarks.matching.questions import Asked, Sort
from benchmarks.matching.ranking import Ranking
from bot.coach.match import MatchKind

BINS = 10
"""Of the calibration error."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One question, how the labels were ranked for it, and what came of it."""

    asked: Asked
    ranking: Ranking
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """The table of one method over one list of questions."""

    answered_right: float | None
    right_or_offered: float | None
    right_or_near: float | None
    answered_wrong: float | None
    strayed: float | None
    """On the subject, and handed a tool or a referral that was not asked for."""
    not_answered: float | None
    """Off topic."""
    off_topic_strayed: float | None
    referred: float | None
    tools_found: float | None
    top_1: float | None
    """On topic: the best label of the ranking contents the asker."""
    calibration_error: float | None
    """Expected, of the score; in percent."""


def hear(asked: Sequence[Asked], told: Sequence[Told], bars: Bars) -> list[Heard]:
    """Join questions with what was told; where no outcome was, the bars decide."""
    return [
        Heard(one, ranking, outcome or bars.judge(ranking))
        for one, (ranking, outcome) in zip(asked, told, strict=True)
    ]


def tally(heard: Sequence[Heard], *, lenient: bool = False) -> Figures:
    """Count the outcomes; where lenient, a topic beside an accepted one is accepted too."""
    by_sort = {sort: [one for one in heard if one.asked.sort is sort] for sort in Sort}
    on, off, sensitive, tools = (
        by_sort[sort] for sort in (Sort.ON_TOPIC, Sort.OFF_TOPIC, Sort.SENSITIVE, Sort.TOOL)
    )

    def right(one: Heard) -> bool:
        return _told_right(one, lenient=lenient)

    def near(one: Heard) -> bool:
        return bool({*one.outcome.offered} & _accepted(one.asked, lenient=lenient))

    return Figures(
        answered_right=share(on, right),
        right_or_offered=share(
            on, lambda one: right(one) or (one.outcome.kind is MatchKind.CHOICES and near(one))
        ),
        right_or_near=share(on, lambda one: right(one) or near(one)),
        answered_wrong=share(on, lambda one: one.outcome.kind is MatchKind.ANSWER and not right(one)),
        strayed=share(on, _strayed),
        not_answered=share(off, lambda one: one.outcome.kind is not MatchKind.ANSWER),
        off_topic_strayed=share(off, _strayed),
        referred=share(sensitive, lambda one: one.outcome.kind is MatchKind.REFER),
        tools_found=share(tools, right),
        top_1=share(on, lambda one: best_is_accepted(one, lenient=lenient)),
        calibration_error=calibration_error(on, lenient=lenient),
    )


def share(heard: Sequence[Heard], holds: Callable[[Heard], bool]) -> float | None:
    """Say for how many of these it holds, in percent; None where there are none."""
    return 100 * sum(map(holds, heard)) / len(heard) if heard else None


def best_is_accepted(one: Heard, *, lenient: bool = False) -> bool:
    """Tell whether the best label of the ranking contents the asker."""
    return bool(one.ranking) and one.ranking[0][0] in _accepted(one.asked, lenient=lenient)


def calibration_error(heard: Sequence[Heard], *, lenient: bool = False) -> float | None:
    """How far the score is from the share of best topics that are right, over ten bins, in percent.

    Counts answers and choices only; a bin weighs as many questions as fall into it.
    """
    judged = [one for one in heard if one.outcome.kind in {MatchKind.ANSWER, MatchKind.CHOICES}]
    if not judged:
        return None
    best = [(*one.outcome.said, *one.outcome.offered[:1]) for one in judged]
    scores = np.array([one.outcome.score for one in judged])
    right = np.array(
        [
            bool({*labels} & _accepted(one.asked, lenient=lenient))
            for one, labels in zip(judged, best, strict=True)
        ]
    )
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    gaps = [abs((scores[bins == each] - right[bins == each]).sum()) for each in range(BINS)]
    return float(100 * sum(gaps) / len(judged))


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Give the chance, in percent, that one of the first is greater than one of the second."""
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, "left") + np.searchsorted(ordered, inside, "right")
    return float(100 * below.mean() / 2 / len(outside))


def _told_right(one: Heard, *, lenient: bool) -> bool:
    if one.outcome.kind is MatchKind.DECLINE:
        return one.asked.may_decline
    return bool({*one.outcome.said} & _accepted(one.asked, lenient=lenient))


def _accepted(asked: Asked, *, lenient: bool) -> frozenset[str]:
    return asked.accepted | asked.related if lenient else asked.accepted


def _strayed(one: Heard) -> bool:
    return (
        one.outcome.kind in {MatchKind.TOOL, MatchKind.REFER} and not {*one.outcome.said} & one.asked.accepted
    )
