"""Find the curve and the bars of `bot.coach.decision` anew: `python -m benchmarks.matching.calibration`.

Every phrasing of the content, and every question off topic, is asked of a matcher that has not seen it;
where the likeliest label stands then, and whether it was meant, is what the curve is fitted to. The
labelled questions and those of the tests have no part in it.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.methods import OURS, fitted, shipped
from benchmarks.matching.questions import own_phrasings
from bot.coach import decision
from bot.coach.decision import FOLLOW_UP_PREFIX, OFF_TOPIC, REFERRAL_PREFIX, Ranking, is_topic, stand
from bot.coach.lessons import lessons

FOLDS = 8
BINS = 10
BARS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
STEPS = 30
"""Of Newton's method; it stands still after about ten."""

Case = tuple[float, float, float, bool, bool, bool]
"""Own score, lead, distance ahead of off topic; whether it was meant, is a topic, was asked off topic."""


def main() -> None:
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        cases = [case for part in pool.map(_hold_out, range(FOLDS)) for case in part]
    seen = np.array([case[:3] for case in cases])
    meant, topics, off_topic = (np.array([case[place] for case in cases]) for place in (3, 4, 5))
    curve = fit_curve(seen, meant)
    chance = _chance(curve, seen)
    print(f"{len(cases)} phrasings, each asked of a matcher that has not seen it ({FOLDS} parts)")
    print("own, lead, ahead, bias:  " + "  ".join(f"{weight:.1f}" for weight in curve))
    print(f"calibration error: {100 * calibration_error(chance, meant):.1f} points")
    clear = (seen[:, 1] >= decision.CLEAR_LEAD) & (seen[:, 2] >= decision.CLEARLY_ON_TOPIC) & topics
    print("\nanswered from   right   wrong   questions off topic answered, %")
    for bar in BARS:
        told = clear & (chance >= bar)
        right, wrong = (100 * (told & how)[~off_topic].mean() for how in (meant, ~meant))
        print(f"{bar:>13.2f} {right:>7.1f} {wrong:>7.1f} {100 * told[off_topic].mean():>10.1f}")


def _hold_out(fold: int) -> list[Case]:
    """Learn all but one part of the phrasings and see where the likeliest label stands for each of it."""
    handbook = shipped()
    related = {topic.id: topic.see_also for topic in handbook.topics.values()}
    held = own_phrasings(handbook)[fold::FOLDS]
    out = {(one.text, label) for one, label in held}
    ranker = fitted(OURS, [pair for pair in lessons(handbook) if pair not in out])
    cases = []
    for one, label in held:
        if label.startswith(REFERRAL_PREFIX):
            continue  # Referrals have bars of their own.
        ranking = [entry for entry in ranker.rank(one.text) if not entry[0].startswith(FOLLOW_UP_PREFIX)]
        cases.append(_case(ranking, related, one.accepted | one.related, off_topic=label == OFF_TOPIC))
    return cases


def _case(ranking: Ranking, related: decision.Related, accepted: frozenset[str], *, off_topic: bool) -> Case:
    best = next((label for label, _ in ranking if label != OFF_TOPIC), "")
    standing = stand(ranking, related, best)
    return (standing.own, standing.lead, standing.ahead, best in accepted, is_topic(best), off_topic)


def fit_curve(seen: NDArray[np.float64], meant: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Fit a logistic curve by Newton's method; the last weight is the bias."""
    columns = np.column_stack([seen, np.ones(len(seen))])
    curve = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-columns @ curve))
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns
        curve += np.linalg.solve(bend + 1e-6 * np.eye(len(curve)), columns.T @ (meant - chance))
    return curve


def _chance(curve: NDArray[np.float64], seen: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-(seen @ curve[:-1] + curve[-1])))


def calibration_error(chance: NDArray[np.float64], meant: NDArray[np.bool_]) -> float:
    """How far, on average, what is promised lies from what comes true: 0 to 1, over ten bins."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    there = [bins == number for number in range(BINS) if (bins == number).any()]
    return float(sum(abs(chance[each].mean() - meant[each].mean()) * each.mean() for each in there))


if __name__ == "__main__":
    main()
