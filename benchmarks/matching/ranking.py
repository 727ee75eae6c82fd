"""What is measured: anything that learns labels from phrasings and ranks them for a text."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

Pair = tuple[str, str]
"""A phrasing and its label."""
Ranking = Sequence[tuple[str, float]]
"""Labels and their scores, best first; only the matcher's own scores lie between 0 and 1."""

MOST_RANKED = 40
"""Labels that are looked at; what comes after them decides nothing."""


class Ranker(Protocol):
    """Learns, then ranks."""

    def fit(self, pairs: Sequence[Pair]) -> None:
        """Learn these, in place of all that was learned before."""

    def rank(self, text: str) -> Ranking:
        """Rank the labels for a text, best first; empty where nothing fits at all."""


@runtime_checkable
class RanksMany(Protocol):
    """Ranks faster where it is given many texts at once."""

    def rank_all(self, texts: Sequence[str]) -> list[Ranking]:
        """Rank the labels for each of these texts, as `rank` does for one."""


Maker = Callable[[], Ranker]


def rank_all(ranker: Ranker, texts: Sequence[str]) -> list[Ranking]:
    """Rank the labels for each of these texts, the fastest way there is; says nothing of the pace."""
    if isinstance(ranker, RanksMany) and texts:
        return ranker.rank_all(texts)
    return [ranker.rank(text)[:MOST_RANKED] for text in texts]
