"""Many more phrasings than the content has: what do they cost?

They are made, by a fixed seed, of the words of the content's own phrasings: thirty a label, so that the
labels grow in number too. Each label has a dozen words of its own, from which half of the words of its
phrasings are taken; the rest are any. As they follow each other in ways that no one would say, there are
more pairs of neighbours to learn than people's questions hold: the hard case.
"""

import random
from collections.abc import Iterator, Sequence

from benchmarks.matching.costs import Cost, cost
from benchmarks.matching.methods import OURS, shipped
from benchmarks.matching.questions import own_phrasings
from benchmarks.matching.ranking import Pair

SIZES = (1_000, 10_000, 100_000)
LARGEST = {OURS: 100_000, "BM25": 100_000, "rapidfuzz": 100_000, "TF-IDF + LinearSVC": 1_000}
"""Phrasings; LinearSVC learns one class after the other, and would take many minutes beyond."""
A_LABEL = 30
OWN_WORDS = 12
SHORTEST, LONGEST = 4, 12
"""Words of a phrasing."""
ASKED = 100


def sizes(method: str) -> list[int]:
    """List the sizes that a method is measured at."""
    return [size for size in SIZES if size <= LARGEST[method]]


def grow(method: str, phrasings: int) -> Cost:
    """Measure one method with so many phrasings."""
    said = [one.text.split() for one, _ in own_phrasings(shipped())]
    pool = [word for words in said for word in words]
    made = list(synthetic(pool, phrasings + ASKED))
    chosen = random.Random(1)  # noqa: S311  the same questions in every run
    chosen.shuffle(made)
    return cost(method, made[ASKED:], [text for text, _ in made[:ASKED]])


def synthetic(pool: Sequence[str], count: int) -> Iterator[Pair]:
    """Make this many phrasings, each with its label, out of the words of a pool; always the same ones."""
    chosen = random.Random(0)  # noqa: S311  the same phrasings in every run
    own: list[str] = []
    for number in range(count):
        if number % A_LABEL == 0:
            own = chosen.choices(pool, k=OWN_WORDS)
        length = chosen.randint(SHORTEST, LONGEST)
        text = " ".join(chosen.choice(own if chosen.random() < 0.5 else pool) for _ in range(length))
        yield text, f"label-{number // A_LABEL}"
