"""Slips of the finger: the same ones in every run and for every method."""

import random
import string
from collections.abc import Iterable

SHORTEST_SLIPPED = 5
"""Letters; slips in shorter words often make another word."""


def slip(text: str, chosen: random.Random) -> str:
    """Insert, drop, replace or swap one letter of one longer word; a text without one stays as it is."""
    said = text.split()
    long = [place for place, word in enumerate(said) if len(word) >= SHORTEST_SLIPPED and word.isalpha()]
    if not long:
        return text
    place = chosen.choice(long)
    word = said[place]
    at = chosen.randrange(len(word) - 1)
    letter = chosen.choice(string.ascii_lowercase)
    middles = (letter + word[at : at + 2], word[at + 1], letter + word[at + 1], word[at + 1] + word[at])
    said[place] = word[:at] + chosen.choice(middles) + word[at + 2 :]
    return " ".join(said)


def slips(texts: Iterable[str], seed: int) -> list[str]:
    """One slip in each text, in order; which one follows from the seed and the place in the list."""
    chosen = random.Random(seed)  # noqa: S311  fixed slips are the point
    return [slip(text, chosen) for text in texts]
