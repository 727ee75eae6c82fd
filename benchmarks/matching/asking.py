"""Questions that stand nowhere in the content, asked of every method that has learned all of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from statistics import mean

from benchmarks.matching.methods import METHODS, OURS, fitted, shipped, tell
from benchmarks.matching.outcomes import Bars, Told
from benchmarks.matching.questions import Asked, Sort, with_quotes
from benchmarks.matching.slips import slips
from benchmarks.matching.tallies import Figures, Heard, hear, tally
from bot.coach.lessons import lessons
from bot.coach.match import MatchKind

SLIP_SEEDS = (1, 2, 3)
THREADS = ("vision-execution", "people-processes", "why-both")
"""The topics in whose threads the follow-ups are asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One method's figures over one list of questions."""

    figures: Figures
    slip_cost: float | None
    """Points of answers that are right, lost by one slip in every question."""
    slip_cost_top_1: float | None
    follow_ups: float | None
    """Percent that are understood as one on the thread's topic, with the right aspect where it is known."""


def ask(
    pool: Executor, sources: Mapping[str, Sequence[Asked]], bars: Mapping[str, Bars]
) -> dict[str, dict[str, Asking]]:
    """Ask the questions of all sources of every method, also with slips, and the follow-ups in threads.

    Gives the figures by source, then by method.
    """
    lists = {source: _lists(questions) for source, questions in sources.items()}
    running = {method: pool.submit(tell_all, method, lists) for method in METHODS}
    follow_ups = {source: pool.submit(follow, questions) for source, questions in sources.items()}
    return {
        source: {
            method: _figures(
                [
                    hear(each, told, bars[method])
                    for each, told in zip(lists[source], job.result()[source], strict=True)
                ],
                follow_ups[source].result() if method == OURS else None,
            )
            for method, job in running.items()
        }
        for source in sources
    }


def tell_all(method: str, lists: Mapping[str, Sequence[Sequence[Asked]]]) -> dict[str, list[list[Told]]]:
    """Learn the content, then ask every list of every source."""
    ranker = fitted(method, lessons(shipped()))
    return {source: [tell(ranker, each) for each in of_source] for source, of_source in lists.items()}


def follow(questions: Sequence[Asked]) -> float | None:
    """Ask the follow-ups among these of the coach, in some threads; the peers have no threads."""
    matcher = fitted(OURS, lessons(shipped()))
    asked = [one for one in questions if one.sort is Sort.FOLLOW_UP]
    outcomes = [
        (one.aspect, outcome)
        for topic in THREADS
        for one, (_, outcome) in zip(asked, tell(matcher, asked, topic), strict=True)
    ]
    right = [
        outcome is not None and outcome.kind is MatchKind.FOLLOWUP and aspect in {None, outcome.aspect}
        for aspect, outcome in outcomes
    ]
    return 100 * mean(right) if right else None


def _lists(questions: Sequence[Asked]) -> list[list[Asked]]:
    """The questions but for the follow-ups, then those on the subject with a slip, once for each seed."""
    rest = with_quotes([one for one in questions if one.sort is not Sort.FOLLOW_UP], shipped())
    on_topic = [one for one in rest if one.sort is Sort.ON_TOPIC]
    return [rest, *(_slipped(on_topic, seed) for seed in SLIP_SEEDS)]


def _slipped(asked: Sequence[Asked], seed: int) -> list[Asked]:
    texts = slips((one.text for one in asked), seed)
    return [replace(one, text=text) for one, text in zip(asked, texts, strict=True)]


def _figures(heard: Sequence[Sequence[Heard]], follow_ups: float | None) -> Asking:
    whole, *slipped = (tally(each) for each in heard)
    return Asking(
        whole,
        _cost(whole.answered_right, [each.answered_right for each in slipped]),
        _cost(whole.top_1, [each.top_1 for each in slipped]),
        follow_ups,
    )


def _cost(clean: float | None, slipped: Sequence[float | None]) -> float | None:
    known = [each for each in slipped if each is not None]
    return clean - mean(known) if clean is not None and known else None
