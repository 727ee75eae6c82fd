"""The methods by name, and what each of them makes of the coach's content. One process keeps one handbook."""

from collections.abc import Sequence
from functools import cache

from benchmarks.matching.outcomes import Told, of_match
from benchmarks.matching.peers import Bm25, Fuzzy, TfidfSvc
from benchmarks.matching.questions import Asked
from benchmarks.matching.ranking import Maker, Pair, Ranker, rank_all
from bot import content
from bot.coach.coach import Coach
from bot.coach.decision import FOLLOW_UP_PREFIX
from bot.coach.handbook import Handbook
from bot.coach.intents import fit
from bot.coach.matching import Matcher
from bot.coach.question import Question

OURS = "the coach"
PEERS: dict[str, Maker] = {"TF-IDF + LinearSVC": TfidfSvc, "BM25": Bm25, "rapidfuzz": Fuzzy}
METHODS = (OURS, *PEERS)


@cache
def shipped() -> Handbook:
    """Read the shipped content."""
    return content.load([content.shipped_folder()])


def bare(method: str) -> Ranker:
    """Make one that knows nothing, not even the coach's vocabulary."""
    return Matcher() if method == OURS else PEERS[method]()


def fitted(method: str, pairs: Sequence[Pair]) -> Ranker:
    """Make one and teach it; the coach's matcher has the content's vocabulary."""
    if method == OURS:
        return fit(shipped(), pairs)
    ranker = bare(method)
    ranker.fit(pairs)
    return ranker


def tell(ranker: Ranker, asked: Sequence[Asked], topic: str | None = None) -> list[Told]:
    """Ask all of these, in a thread about a topic if there is one; without, nothing can be a follow-up."""
    ranked = rank_all(ranker, [one.text for one in asked])
    rankings = [
        [entry for entry in ranking if topic or not entry[0].startswith(FOLLOW_UP_PREFIX)]
        for ranking in ranked
    ]
    if not isinstance(ranker, Matcher):
        return [(ranking, None) for ranking in rankings]
    coach = Coach(shipped(), ranker)
    outcomes = [of_match(coach.match(Question(one.text, topic=topic))) for one in asked]
    return list(zip(rankings, outcomes, strict=True))
