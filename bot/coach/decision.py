"""A ranking → what to do about it. The one place where scores meet thresholds.

A wrong answer costs more than a question back, and a person in trouble who is handed a tip costs the
most. So there are bars of rising height: to offer topics to choose from, and to answer; and a
referral needs to come near the top, not to reach it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

OFF_TOPIC = "off-topic"
"""The one label of all questions on other subjects."""
TOOL_PREFIX = "tool:"
"""Stands before a tool's id in its label."""
QUOTE_PREFIX = "quote:"
"""Stands before a quote's id in its label."""
REFERRAL_PREFIX = "refer:"
"""Stands before a referral's id in its label. A topic's label is its id alone."""

Ranking = Sequence[tuple[str, float]]
"""Labels and their scores from 0 to 1, best first."""
Related = Mapping[str, Collection[str]]

# The bars were set by five-fold cross-validation over the 4,300 phrasings of the 124 topics, the tools,
# the referrals, the quotes and the questions off topic: one bar after the other, twice round, for the most
# points. Right is worth 1, the right topic among the choices 0.5; choices without it cost 0.2, a needless
# question back or refusal 0.3, the wrong tool or referral 1, a wrong topic 0.75 (with so many topics, about
# every other "wrong" one would content the asker too), an answer to a question off topic 1.5, a person in
# trouble answered otherwise 2 and not understood 0.7. Two topics that name each other count as one. Near
# the best value the curves are flat: each bar is a round number in that stretch. Where that leaves a choice,
# questions back were preferred to refusals.
_SURE = 0.4
"""Confidence from which a topic is the answer."""
_CLEAR_LEAD = 0.03
"""Lead over the next topic below which both are offered, whatever the score, unless the two are related."""
_WORTH_ASKING = 0.18
"""Confidence from which topics are offered."""
_SURE_OF_TOOL = 0.45
"""Confidence from which a tool is used."""
_LEADING_REFERRAL = 0.24
"""Score from which the best label is followed where it is a referral. Lower than for topics: to miss
a person in trouble costs more than to show the doors to someone who needs none. The words that are a
sign by themselves need no score."""
_NEAR_REFERRAL = 0.36
"""Score from which a referral comes first although it lies a little behind."""
_REFERRAL_BEHIND = 0.03
_AHEAD_OF_NO_TOPIC = 0.05
"""Lead over the off-topic label and every referral that an answer needs; with less, topics are offered."""
_BEHIND_OFF_TOPIC = 0.05
"""How far behind the off-topic label topics are still offered."""
_MOST_OFFERED = 3
_MOST_JUDGED = 40
"""Labels from the top that are looked at; what comes after them decides nothing."""


class Verdict(StrEnum):
    """What the scores allow."""

    SURE = "sure"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the labels it is about."""

    verdict: Verdict
    labels: tuple[str, ...]
    """SURE: the one label, of whatever sort. UNSURE: two or three topics. UNKNOWN: the nearest, if any."""
    confidence: float
    """In the best label, from 0 to 1."""


def decide(ranking: Ranking, related: Related = MappingProxyType({})) -> Decision:
    """Judge a ranking; deterministic. An empty one is UNKNOWN, with no topic near.

    Args:
        ranking: What the matcher says.
        related: The topics that stand so close to a topic that the better one may answer outright.
    """
    ranking = ranking[:_MOST_JUDGED]
    referral = _referral(ranking)
    if referral is not None:
        return Decision(Verdict.SURE, (referral,), confidence(ranking, referral))
    others = [entry for entry in ranking if not entry[0].startswith(REFERRAL_PREFIX)]
    best = others[0][0] if others else OFF_TOPIC
    if best.startswith((TOOL_PREFIX, QUOTE_PREFIX)) and confidence(others) >= _SURE_OF_TOOL:
        return Decision(Verdict.SURE, (best,), confidence(others))
    topics = [entry for entry in others if is_topic(entry[0])]
    kin = related.get(topics[0][0], ()) if topics else ()
    stranger = next((entry for entry in topics[1:] if entry[0] not in kin), ("", 0.0))
    return _among_topics(topics, [*topics[:1], stranger], ranking, leads=is_topic(best))


def _among_topics(topics: Ranking, rivals: Ranking, ranking: Ranking, *, leads: bool) -> Decision:
    nearest = tuple(label for label, _ in topics[:_MOST_OFFERED])
    certainty = confidence(rivals)
    best, second = ([score for _, score in rivals] + [0.0])[:2]
    off_topic = best - next((score for label, score in ranking if label == OFF_TOPIC), 0.0)
    referral = best - next((score for label, score in ranking if label.startswith(REFERRAL_PREFIX)), 0.0)
    clear = best - second >= _CLEAR_LEAD and min(off_topic, referral) >= _AHEAD_OF_NO_TOPIC
    if leads and clear and certainty >= _SURE:
        return Decision(Verdict.SURE, nearest[:1], certainty)
    if len(nearest) > 1 and off_topic >= -_BEHIND_OFF_TOPIC and certainty >= _WORTH_ASKING:
        return Decision(Verdict.UNSURE, nearest, certainty)
    return Decision(Verdict.UNKNOWN, nearest, certainty)


def is_topic(label: str) -> bool:
    """Tell a topic's label from all others."""
    return label != OFF_TOPIC and not label.startswith((TOOL_PREFIX, QUOTE_PREFIX, REFERRAL_PREFIX))


def confidence(ranking: Ranking, label: str | None = None) -> float:
    """Give a label's score plus half its lead, from 0 to 1; the best label's unless one is named."""
    if not ranking:
        return 0.0
    named = ranking[0][0] if label is None else label
    own = next((score for other, score in ranking if other == named), 0.0)
    rival = next((score for other, score in ranking if other != named), 0.0)
    return min(1.0, max(0.0, 1.5 * own - rival / 2))


def _referral(ranking: Ranking) -> str | None:
    for place, (label, score) in enumerate(ranking):
        if label.startswith(REFERRAL_PREFIX):
            near = score >= max(_NEAR_REFERRAL, ranking[0][1] - _REFERRAL_BEHIND)
            return label if near or (place == 0 and score >= _LEADING_REFERRAL) else None
    return None
