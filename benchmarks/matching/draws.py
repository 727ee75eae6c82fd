"""A few phrasings a label, drawn from many: the same ones in every run and for every method."""

import random
from collections.abc import Sequence

from benchmarks.matching.ranking import Pair


def draw(pairs: Sequence[Pair], phrasings: int, seed: int) -> list[Pair]:
    """Draw this many phrasings of every label, or all where it has fewer; labels in order of name."""
    by_label: dict[str, list[str]] = {}
    for text, label in pairs:
        by_label.setdefault(label, []).append(text)
    chosen = random.Random(seed)  # noqa: S311  fixed draws are the point
    return [
        (text, label)
        for label, texts in sorted(by_label.items())
        for text in chosen.sample(texts, min(phrasings, len(texts)))
    ]


def thin(items: Sequence[Pair], most: int | None) -> list[Pair]:
    """Draw this many, or keep all where there are no more or no limit."""
    if most is None or len(items) <= most:
        return list(items)
    return random.Random(0).sample(list(items), most)  # noqa: S311  fixed draws are the point
