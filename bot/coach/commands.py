"""The words after `/lvm`, read into what is wanted."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Verb(StrEnum):
    """What a command asks for; the values are what people type, except the first two."""

    WELCOME = ""
    QUESTION = "?"
    ASK = "ask"
    DIFFERENCE = "difference"
    DEFINE = "define"
    TOPICS = "topics"
    TIP = "tip"
    QUOTE = "quote"
    HELP = "help"
    PRIVACY = "privacy"
    SOURCES = "sources"


_WITH_WORDS = frozenset({Verb.ASK, Verb.DIFFERENCE, Verb.DEFINE, Verb.QUOTE})
"""Verbs with words behind them; the others stand alone, or are part of a question."""
_LIKENESS = 0.74
"""From 0 to 1: one slip in a word of four letters passes, another word does not."""
_NUMBER = re.compile(r"#?[0-9]{1,2}\.?", re.ASCII)

_VERBS = {verb.value: verb for verb in Verb if verb not in {Verb.WELCOME, Verb.QUESTION}} | {
    "differences": Verb.DIFFERENCE,
    "diff": Verb.DIFFERENCE,
    "definition": Verb.DEFINE,
}


@dataclass(frozen=True, slots=True)
class Command:
    """A verb and the words behind it."""

    verb: Verb
    rest: str = ""


def parse_command(text: str, *, slips: bool = True) -> Command:
    """Read the text of a slash command; whatever is no command is a question.

    A number by itself is that difference. With `slips` a command may be a little misspelt.
    """
    text = text.strip()
    if not text:
        return Command(Verb.WELCOME)
    if _NUMBER.fullmatch(text):
        return Command(Verb.DIFFERENCE, text)
    first, _, rest = text.partition(" ")
    rest = rest.strip()
    verb = _find_verb(first.casefold(), alone=not rest, cutoff=_LIKENESS if slips else 1.0)
    if verb is None or (rest and verb not in _WITH_WORDS):
        return Command(Verb.QUESTION, text)
    return Command(Verb.QUESTION if verb is Verb.ASK else verb, rest)


def _find_verb(word: str, *, alone: bool, cutoff: float) -> Verb | None:
    known = [name for name, verb in _VERBS.items() if alone or verb in _WITH_WORDS]
    near = get_close_matches(word, known, n=1, cutoff=cutoff)
    return _VERBS[near[0]] if near else None
