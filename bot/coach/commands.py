"""The words after `/lvm`, read into what is wanted."""

import re
from dataclasses import dataclass, field
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
    DAILY = "daily"
    QUOTE = "quote"
    HELP = "help"
    PRIVACY = "privacy"
    EXPORT = "export"
    FORGET = "forget"
    SOURCES = "sources"


_WITH_WORDS = frozenset({Verb.ASK, Verb.DIFFERENCE, Verb.DEFINE, Verb.QUOTE, Verb.DAILY})
"""Verbs with words behind them; the others stand alone, or are part of a question."""
_MINE = frozenset({"", "me", "my data", "all my data", "everything"})
"""What may stand behind `export` and `forget`."""
_NEVER_GUESSED = frozenset({Verb.EXPORT, Verb.FORGET})
"""Verbs that have to be spelt out: what is erased does not come back."""
_LIKENESS = 0.74
"""From 0 to 1: one slip in a word of four letters passes, another word does not."""
_LIKENESS_WITH_WORDS = 0.9
_NUMBER = re.compile(r"#?0?[0-9]{1,2}\.?", re.ASCII)

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
    question: str = field(default="", compare=False)
    """What to take it for where it turns out to be no command."""


def parse_command(text: str) -> Command:
    """Read the text of a slash command; whatever is no command is a question.

    A number by itself is that difference. A command that stands alone may be misspelt.
    """
    words = text.split(maxsplit=1)
    if not words:
        return Command(Verb.WELCOME)
    text, first, rest = text.strip(), words[0].casefold(), "".join(words[1:]).strip()
    if _NUMBER.fullmatch(text):
        return Command(Verb.DIFFERENCE, text, text)
    verb = _VERBS.get(first) or _misspelt(first, rest)
    if verb in _NEVER_GUESSED and rest.casefold() in _MINE:
        return Command(verb, "", text)
    if verb is None or (rest and verb not in _WITH_WORDS):
        return Command(Verb.QUESTION, text, text)
    if verb is Verb.ASK:
        return Command(Verb.QUESTION, rest, rest)
    return Command(verb, rest, text)


def _misspelt(word: str, rest: str) -> Verb | None:
    """With words behind it only "difference" is so long that a slip in it is no other word."""
    known = (
        ["difference", "differences"]
        if rest
        else [name for name in _VERBS if _VERBS[name] not in _NEVER_GUESSED]
    )
    near = get_close_matches(word, known, n=1, cutoff=_LIKENESS_WITH_WORDS if rest else _LIKENESS)
    return _VERBS[near[0]] if near else None
