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
TIPS_OFF = "tips-off"
"""The tool of who says no more than that something is to stop: most likely what we send. Its phrasings count
word for word and teach nothing, since people in trouble use the same words among others."""
_MINE = frozenset(
    {"me", "my data", "all my data", "everything", "all", "all of it", "everything about me", "data"}
    | {"all you know about me", "everything you know about me", "all about me", "it", "all data"}
)
"""What may stand behind `export` and `forget`."""
_OWN_DATA = {
    **dict.fromkeys(("erase", "delete", "remove"), Verb.FORGET),
    **dict.fromkeys(("download", "send me", "give me", "show me"), Verb.EXPORT),
}
"""What people say for those two; what is erased like this is asked about first."""
_OF_OWN_DATA = _MINE - {"everything", "all", "all of it", "it", "data", "all data"}
"""What must stand behind such a word: without the command it may be about anything."""
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
    """A verb and the words behind it; `FORGET` without any is not sure yet."""

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
    if (own := _own_data(verb, rest, text)) is not None:
        return own
    if verb is None or (rest and verb not in _WITH_WORDS):
        return Command(Verb.QUESTION, text, text)
    if verb is Verb.ASK:
        return Command(Verb.QUESTION, rest, rest)
    return Command(verb, rest, text)


def _plain(text: str) -> str:
    return text.casefold().removesuffix("please").strip(" .!?,")


def _own_data(verb: Verb | None, rest: str, text: str) -> Command | None:
    """The command about somebody's data, also by another name, such as "please delete my data"."""
    if verb in _NEVER_GUESSED and (not rest or _plain(rest) in _MINE):
        return Command(verb, rest, text)
    said = " ".join(_plain(text.casefold().removeprefix("please")).split())
    for name, meant in _OWN_DATA.items():
        if said.startswith(f"{name} ") and said.removeprefix(f"{name} ") in _OF_OWN_DATA:
            return Command(meant, "", text)
    return None


def _misspelt(word: str, rest: str) -> Verb | None:
    """With words behind it only "difference" is so long that a slip in it is no other word."""
    known = (
        ["difference", "differences"]
        if rest
        else [name for name in _VERBS if _VERBS[name] not in _NEVER_GUESSED]
    )
    near = get_close_matches(word, known, n=1, cutoff=_LIKENESS_WITH_WORDS if rest else _LIKENESS)
    return _VERBS[near[0]] if near else None
