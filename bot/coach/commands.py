"""The words after `/lvm`, read into what is wanted."""

from dataclasses import dataclass
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


TOOL_VERBS = frozenset({Verb.TIP, Verb.HELP, Verb.PRIVACY, Verb.SOURCES})
"""Verbs that stand alone: with words behind them they are part of a question."""

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


def parse_command(text: str) -> Command:
    """Read the text of a slash command; whatever is no command is a question."""
    text = text.strip()
    if not text:
        return Command(Verb.WELCOME)
    first, _, rest = text.partition(" ")
    verb = _VERBS.get(first.casefold())
    rest = rest.strip()
    if verb is None or (rest and (verb in TOOL_VERBS or verb is Verb.TOPICS)):
        return Command(Verb.QUESTION, text)
    if verb is Verb.ASK:
        return Command(Verb.QUESTION, rest)
    return Command(verb, rest)
