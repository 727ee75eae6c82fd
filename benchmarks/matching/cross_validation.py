"""Each phrasing of the content held out in turn: what would come of it if it were not known?"""

from concurrent.futures import Executor

from benchmarks.matching.methods import METHODS, OURS, fitted, shipped, tell
from benchmarks.matching.outcomes import Bars, Told, best_bars
from benchmarks.matching.questions import own_phrasings
from benchmarks.matching.tallies import Heard, hear
from bot.coach.confusions import Confusion, confusions
from bot.coach.lessons import lessons

FOLDS = 10
"""Parts; each is asked of a matcher that learned all the others."""


def cross_validate(pool: Executor, ours: int, peers: int) -> tuple[dict[str, list[Heard]], dict[str, Bars]]:
    """Hold out the phrasings, part by part, and give the best bars for what came of it.

    So many parts are asked of the coach and so many of its peers, which take long to learn the rest.
    The peers' bars are the best for these very questions, as the coach's were set on them: the figures
    from here flatter all alike, and those over other questions flatter none.
    """
    running = {
        method: [
            (fold, pool.submit(hold_out, method, fold)) for fold in range(ours if method == OURS else peers)
        ]
        for method in METHODS
    }
    parts = [[one for one, _ in own_phrasings(shipped())[fold::FOLDS]] for fold in range(FOLDS)]
    heard, bars = {}, {}
    for method, jobs in running.items():
        asked = [one for fold, _ in jobs for one in parts[fold]]
        told = [each for _, job in jobs for each in job.result()]
        bars[method] = best_bars(asked, [ranking for ranking, _ in told])
        heard[method] = hear(asked, told, bars[method])
    return heard, bars


def confused_topics() -> tuple[Confusion, ...]:
    """List which labels win whose phrasings where they are held out; most phrasings first."""
    return confusions(shipped())


def hold_out(method: str, fold: int) -> list[Told]:
    """Learn all but one part of the phrasings and ask that part."""
    held = own_phrasings(shipped())[fold::FOLDS]
    out = {(one.text, label) for one, label in held}
    ranker = fitted(method, [pair for pair in lessons(shipped()) if pair not in out])
    return tell(ranker, [one for one, _ in held])
