"""How easy a text is to read, by Rudolf Flesch's formula of 1948.

100 is very easy, 60 plain, 30 hard. Syllables are counted by groups of vowels, which is right for most
English words and off by one for a few; over a paragraph that evens out.
"""

import re

LEAD_LEAST = 40.0
"""For each lead."""
AVERAGE_LEAST = 55.0
"""For all texts of the content together."""

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?")
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_ease(text: str) -> float:
    """Give Flesch's reading ease, from about -50 to 121; 100 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 100.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1
    silent_ed = word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - silent - silent_ed)
