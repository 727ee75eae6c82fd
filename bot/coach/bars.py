"""A decision → every number that it looked at, beside the heights from which it would have been enough."""

from dataclasses import dataclass
from enum import StrEnum

from bot.coach import decision
from bot.coach.decision import OFF_TOPIC, REFERRAL_PREFIX, Decision, Ranking, Verdict, is_topic, stand


class Measure(StrEnum):
    """What is held against a bar."""

    CERTAINTY = "certainty"
    LEAD = "lead"
    AHEAD = "ahead of off topic"
    SCORE = "score"
    BEHIND = "behind the best"


@dataclass(frozen=True, slots=True)
class Bar:
    """A number and the heights from which it is enough; None where no height is asked of it."""

    measure: Measure
    label: str
    """Whose number it is; for a LEAD, over whom, and empty where nothing else came near."""
    value: float
    answered_from: float | None = None
    asked_back_from: float | None = None

    def decides(self, verdict: Verdict) -> bool:
        """Whether this number is too low for anything better than the verdict."""
        enough = {Verdict.UNSURE: self.answered_from, Verdict.UNKNOWN: self.asked_back_from}.get(verdict)
        return enough is not None and self.value < enough


def bars(judged: Decision, ranking: Ranking) -> tuple[Bar, ...]:
    """Every number that the decision looked at, those that passed something over after the others."""
    standing = judged.standing
    if standing is None:
        return _passed_over(ranking)
    label, own, certainty = standing.label, standing.own, standing.certainty
    lead = Bar(Measure.LEAD, standing.rival or "", standing.lead)
    score = Bar(Measure.SCORE, label, own)
    if label.startswith(REFERRAL_PREFIX):
        return _referral_bars(label, own, ranking)
    if not is_topic(label):
        return (Bar(Measure.CERTAINTY, label, certainty, decision.SURE_OF_TOOL), lead, score)
    return (
        Bar(Measure.CERTAINTY, label, certainty, decision.SURE, decision.WORTH_ASKING),
        Bar(Measure.LEAD, lead.label, lead.value, decision.CLEAR_LEAD),
        Bar(Measure.AHEAD, label, standing.ahead, decision.CLEARLY_ON_TOPIC, -decision.BEHIND_OFF_TOPIC),
        score,
        *_passed_over(ranking),
    )


def _referral_bars(label: str, own: float, ranking: Ranking) -> tuple[Bar, ...]:
    first, best = ranking[0]
    if label == first:
        return (Bar(Measure.SCORE, label, own, decision.LEADING_REFERRAL),)
    behind = Bar(Measure.BEHIND, label, own - best, -decision.REFERRAL_BEHIND)
    return (Bar(Measure.SCORE, label, own, decision.NEAR_REFERRAL), behind)


def _passed_over(ranking: Ranking) -> tuple[Bar, ...]:
    """What led and was not followed, for want of a score or of certainty: a referral, a tool, a quote."""
    others = [entry for entry in ranking if not entry[0].startswith(REFERRAL_PREFIX)]
    led = bool(ranking) and others[:1] != list(ranking[:1])
    referral = _referral_bars(*ranking[0], ranking) if led else ()
    best = others[0][0] if others else OFF_TOPIC
    if best == OFF_TOPIC or is_topic(best):
        return referral
    return (*referral, Bar(Measure.CERTAINTY, best, stand(others, {}, best).certainty, decision.SURE_OF_TOOL))
