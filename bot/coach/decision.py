"""A ranking → what to do about it. The one place where scores meet thresholds.

A wrong answer costs more than a question back, and a person in trouble who is handed a tip costs the
most. So there are bars of rising height: to offer topics to choose from, and to answer; and a
referral needs to come near the top, not to reach it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from math import exp
from types import MappingProxyType

OFF_TOPIC = "off-topic"
"""The one label of all questions on other subjects."""
TOOL_PREFIX = "tool:"
"""Stands before a tool's id in its label."""
QUOTE_PREFIX = "quote:"
"""Stands before a quote's id in its label."""
FOLLOW_UP_PREFIX = "follow:"
"""Stands before what a follow-up asks for; such labels count in a thread only."""
REFERRAL_PREFIX = "refer:"
"""Stands before a referral's id in its label. A topic's label is its id alone."""

_USED = (TOOL_PREFIX, QUOTE_PREFIX, FOLLOW_UP_PREFIX)
_NO_TOPIC = (*_USED, REFERRAL_PREFIX)

Ranking = Sequence[tuple[str, float]]
"""Labels and their scores from 0 to 1, best first."""
Related = Mapping[str, Collection[str]]

# The curve and what comes of the bars were found by cross-validation over the phrasings of the topics, the
# tools, the quotes and the questions off topic, each asked of a matcher that had not seen it:
# `benchmarks/matching/calibration.py` prints them anew. A related topic counts as right. Between heights that
# earn much the same there, the one with fewer wrong answers to the tests' own questions was taken.
_OWN, _LEAD, _AHEAD, _BIAS = 5.2, 13.4, 3.1, -3.0
"""The logistic curve from a label's standing to the chance that it is what was meant."""
SURE = 0.5
"""Certainty from which a topic is the answer."""
CLEAR_LEAD = 0.05
"""Lead over the next label below which nothing is answered outright, unless the two are related."""
CLEARLY_ON_TOPIC = 0.1
"""How far ahead of the off-topic label an answer must be."""
WORTH_ASKING = 0.18
"""Certainty from which topics are offered."""
BEHIND_OFF_TOPIC = 0.02
"""How far behind the off-topic label topics are still offered."""
SURE_OF_TOOL = 0.42
"""Certainty from which a tool is used, a quote explained or a follow-up followed."""
LEADING_REFERRAL = 0.24
"""Score from which the best label is followed where it is a referral. Lower than for topics: to miss
a person in trouble costs more than to show the doors to someone who needs none. The words that are a
sign by themselves need no score."""
NEAR_REFERRAL = 0.36
"""Score from which a referral comes first although it lies a little behind."""
REFERRAL_BEHIND = 0.03
_MOST_OFFERED = 3
_MOST_JUDGED = 40
"""Labels from the top that are looked at; what comes after them decides nothing."""


class Verdict(StrEnum):
    """What the scores allow."""

    SURE = "sure"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the likeliest label stands among the others; scores and their differences."""

    label: str
    own: float
    lead: float
    """Over the next label that is neither related to it nor off topic."""
    ahead: float
    """Of the off-topic label; below 0 where that leads."""
    rival: str | None = None
    """The label that the lead is over; None where there is none."""

    @property
    def certainty(self) -> float:
        """The chance that the label is what was meant, from 0 to 1: of those given 0.8, four in five are."""
        return 1 / (1 + exp(-(_OWN * self.own + _LEAD * self.lead + _AHEAD * self.ahead + _BIAS)))


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and the labels it is about."""

    verdict: Verdict
    labels: tuple[str, ...]
    """SURE: the one label, of whatever sort. UNSURE: two or three topics. UNKNOWN: the nearest, if any."""
    standing: Standing | None = None
    """Of the first of the labels."""

    @property
    def confidence(self) -> float:
        """The chance that the likeliest label is what was meant, from 0 to 1."""
        return self.standing.certainty if self.standing else 0.0


def decide(ranking: Ranking, related: Related = MappingProxyType({})) -> Decision:
    """Judge a ranking; deterministic. An empty one is UNKNOWN, with no topic near.

    Args:
        ranking: What the matcher says.
        related: The topics that stand so close to a topic that the better one may answer outright.
    """
    ranking = ranking[:_MOST_JUDGED]
    referral = _referral(ranking)
    if referral is not None:
        return Decision(Verdict.SURE, (referral,), stand(ranking, related, referral))
    others = [entry for entry in ranking if not entry[0].startswith(REFERRAL_PREFIX)]
    best = others[0][0] if others else OFF_TOPIC
    if best.startswith(_USED):
        standing = stand(ranking, related, best)
        if standing.certainty >= SURE_OF_TOOL:
            return Decision(Verdict.SURE, (best,), standing)
    nearest = tuple(islice((label for label, _ in others if is_topic(label)), _MOST_OFFERED))
    if not nearest:
        return Decision(Verdict.UNKNOWN, ())
    return _among_topics(nearest, stand(ranking, related, nearest[0]))


def _among_topics(nearest: tuple[str, ...], standing: Standing) -> Decision:
    certainty = standing.certainty
    clear = standing.lead >= CLEAR_LEAD and standing.ahead >= CLEARLY_ON_TOPIC
    if clear and certainty >= SURE:
        return Decision(Verdict.SURE, nearest[:1], standing)
    if len(nearest) > 1 and standing.ahead >= -BEHIND_OFF_TOPIC and certainty >= WORTH_ASKING:
        return Decision(Verdict.UNSURE, nearest, standing)
    return Decision(Verdict.UNKNOWN, nearest, standing)


def stand(ranking: Ranking, related: Related, label: str) -> Standing:
    """See where a label stands; one that is not ranked has a score of 0."""
    scores = dict(ranking)
    own = scores.get(label, 0.0)
    kin = {label, OFF_TOPIC, *related.get(label, ())}
    rival = next((other for other, _ in ranking if other not in kin), None)
    lead = own - (scores[rival] if rival else 0.0)
    return Standing(label, own, lead, own - scores.get(OFF_TOPIC, 0.0), rival)


def is_topic(label: str) -> bool:
    """Tell a topic's label from all others."""
    return label != OFF_TOPIC and not label.startswith(_NO_TOPIC)


def _referral(ranking: Ranking) -> str | None:
    for place, (label, score) in enumerate(ranking):
        if label.startswith(REFERRAL_PREFIX):
            near = score >= max(NEAR_REFERRAL, ranking[0][1] - REFERRAL_BEHIND)
            return label if near or (place == 0 and score >= LEADING_REFERRAL) else None
    return None
