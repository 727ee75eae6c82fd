"""Words that only go on from what was said before: "and for a small team?"."""

from collections.abc import Sequence

Said = Sequence[str]

_CONTINUATIONS = frozenset({"and", "what", "how", "so", "but"})
"""First words of a question that goes on from the one before."""
_CASE_WORDS = frozenset({"for", "from", "in", "with", "at", "as", "on", "during", "if", "when"})
"""Beginnings of a case."""
_BACKWARD = frozenset({"that", "this", "it", "those", "these"})
"""Words that mean what was spoken of before."""
_CASES = frozenset(
    (*opening, preposition)
    for opening in (
        ("and",),
        ("but",),
        ("so",),
        ("what", "about"),
        ("how", "about"),
        ("and", "what", "about"),
    )
    for preposition in _CASE_WORDS
)
"""Beginnings that name no topic, but a case of the one before."""
_LONGEST_CONTINUATION = 7
"""Words; a longer question stands for itself."""


def is_case(rest: Said) -> bool:
    """Whether what is left without an aspect's words is only a case of the thread's topic: "in a school"."""
    return not _CASE_WORDS.isdisjoint(rest[:1])


def names_a_case(said: Said) -> bool:
    """Whether a question only asks how a topic goes elsewhere: "and for a small team?"."""
    return continues(said) and any(tuple(said[:count]) in _CASES for count in (2, 3, 4))


def continues(said: Said) -> bool:
    """Whether a question begins as one that goes on from the one before."""
    return len(said) <= _LONGEST_CONTINUATION and said[0] in _CONTINUATIONS


def points_back(said: Said) -> bool:
    """Whether any word means what was spoken of before."""
    return not _BACKWARD.isdisjoint(said)
