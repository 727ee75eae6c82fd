"""What came of a question, in the same words for the coach and for its peers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.matching.questions import Asked, Sort
from benchmarks.matching.ranking import Ranking
from bot.coach.decision import OFF_TOPIC, QUOTE_PREFIX, REFERRAL_PREFIX, TOOL_PREFIX, is_topic
from bot.coach.match import Match, MatchKind
from bot.coach.question import Aspect

MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said to the asker."""

    kind: MatchKind
    said: tuple[str, ...] = ()
    """The labels of what is told outright: one, or a well-known line with its topic."""
    offered: tuple[str, ...] = ()
    """Topics to choose from; with a "no", the nearest."""
    score: float = 0.0
    aspect: Aspect | None = None


Told = tuple[Ranking, Outcome | None]
"""What a method makes of a question; a peer's outcome needs its bars."""


def of_match(match: Match) -> Outcome:
    """Put a match of the coach in these words."""
    said = (
        match.topic,
        match.quote and f"{QUOTE_PREFIX}{match.quote}",
        match.tool and f"{TOOL_PREFIX}{match.tool}",
        match.referral and f"{REFERRAL_PREFIX}{match.referral}",
    )
    told = tuple(label for label in said if label)
    return Outcome(match.kind, told, match.choices[:MOST_OFFERED], match.score, match.aspect)


@dataclass(frozen=True, slots=True)
class Bars:
    """Two bars for a peer's top score, so that it too answers, offers or declines."""

    answer: float
    offer: float

    def judge(self, ranking: Ranking) -> Outcome:
        """Judge a ranking; a referral on top is followed from the lower bar, as the coach does."""
        top = ranking[0][1] if ranking else -np.inf
        if top >= self.answer:
            return _outright(ranking)
        return _offered(ranking) if top >= self.offer else _declined(ranking)


def best_bars(asked: Sequence[Asked], rankings: Sequence[Ranking]) -> Bars:
    """Find the two bars with the most points for these questions: the very best there are."""
    cases = sorted(
        ((ranking[0][1], one, ranking) for one, ranking in zip(asked, rankings, strict=True) if ranking),
        key=lambda case: -case[0],
    )
    tops = np.array([top for top, _, _ in cases])
    gains = [
        np.cumsum([0.0, *(points(one, judged(ranking)) for _, one, ranking in cases)])
        for judged in (_outright, _offered, _declined)
    ]
    # With the first `a` answered and the rest up to `b` offered: (answers - offers)(a) + (offers - "no")(b).
    of_answers, of_offers = gains[0] - gains[1], gains[1] - gains[2]
    cuts = np.flatnonzero(np.diff(tops, prepend=np.inf, append=-np.inf))
    leading = np.maximum.accumulate(of_answers[cuts])
    last = int(np.argmax(leading + of_offers[cuts]))
    first = int(np.argmax(of_answers[cuts[: last + 1]]))
    return Bars(*(float(tops[cut - 1]) if cut else np.inf for cut in (cuts[first], cuts[last])))


def points(asked: Asked, outcome: Outcome) -> float:
    """Say what an outcome is worth: a wrong answer costs more than a question back.

    Right is worth 1, the right topic among the choices half of that. A related topic counts as right. What
    costs most is to coach a person in trouble; then comes an answer to a question off topic.
    """
    if outcome.kind is MatchKind.CHOICES:
        return _points_of_choices(asked, outcome)
    if outcome.kind is MatchKind.DECLINE:
        return _POINTS_OF_NO[asked.sort]
    if {*outcome.said} & (asked.accepted | asked.related):
        return 1.0
    if asked.sort is Sort.SENSITIVE:
        return 1.0 if outcome.kind is MatchKind.REFER else -2.0
    if outcome.kind is MatchKind.ANSWER:
        return -1.5 if asked.sort is Sort.OFF_TOPIC else -0.75
    return -1.0


_POINTS_OF_NO = {
    Sort.ON_TOPIC: -0.3,
    Sort.OFF_TOPIC: 1.0,
    Sort.SENSITIVE: -0.7,
    Sort.TOOL: -0.3,
    Sort.FOLLOW_UP: -0.3,
}


def _points_of_choices(asked: Asked, outcome: Outcome) -> float:
    if asked.sort is Sort.ON_TOPIC:
        return 0.5 if {*outcome.offered} & (asked.accepted | asked.related) else -0.2
    return -0.7 if asked.sort is Sort.SENSITIVE else -0.3


def _outright(ranking: Ranking) -> Outcome:
    label, score = ranking[0]
    if label == OFF_TOPIC:
        return _declined(ranking)
    kinds = {TOOL_PREFIX: MatchKind.TOOL, REFERRAL_PREFIX: MatchKind.REFER}
    kind = next((kind for prefix, kind in kinds.items() if label.startswith(prefix)), MatchKind.ANSWER)
    return Outcome(kind, (label,), score=score)


def _offered(ranking: Ranking) -> Outcome:
    if ranking[0][0].startswith(REFERRAL_PREFIX):
        return _outright(ranking)
    nearest = _nearest(ranking)
    if ranking[0][0] == OFF_TOPIC or not nearest:
        return _declined(ranking)
    return Outcome(MatchKind.CHOICES, offered=nearest, score=ranking[0][1])


def _declined(ranking: Ranking) -> Outcome:
    return Outcome(MatchKind.DECLINE, offered=_nearest(ranking))


def _nearest(ranking: Ranking) -> tuple[str, ...]:
    return tuple(label for label, _ in ranking if is_topic(label))[:MOST_OFFERED]
