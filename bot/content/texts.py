"""What one text must keep to: small rules, put together to the shapes that the content uses.

Each rule is a function from a text to its name and a sentence on what is wrong and what to do,
or to None where nothing is.
"""

import re
import unicodedata
from collections.abc import Callable

from bot.content.readability import LEAD_LEAST, reading_ease
from bot.content.report import quoted
from bot.content.rulebook import Rule

Problem = tuple[Rule, str]
"""The rule and the sentence."""
Check = Callable[[str], Problem | None]
Shape = tuple[Check, ...]

BUTTON_CHARACTERS = 75
"""Slack's limit for the text of a button and of an option, in characters; longer ones are refused.
https://docs.slack.dev/reference/block-kit/block-elements/button-element, read on 2026-11-21."""
TEXT_CHARACTERS = 900
"""Of one text, so that a whole answer stays within one screen."""
PHRASING_CHARACTERS = 200
WORD_CHARACTERS = 60
LEAD_WORDS = 60
SHORT_WORDS = 25
SECTION_WORDS = 55
SAYING_WORDS = 35
QUOTE_CHARACTERS = 200
TIP_LINE_CHARACTERS = 140
TIP_CHARACTERS = 400

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of controls, zero-width and direction marks, halves of a pair, line ends."""
_MARKUP = ("*", "_", "~", "`", "<", ">")
_COLON = re.compile(r":\S")
"""Every address has one; the search for it is much the faster."""
_ADDRESS = re.compile(r"://|\b(?:https?|ftp|mailto|javascript|vbscript|data|file|tel):(?=\S)", re.IGNORECASE)
_PLACE = re.compile(r"\{[^{}]*\}|[{}]")
_NOT_WORDS = re.compile(r"[^\w\s]|_")


def fold(text: str) -> str:
    """Reduce a text to what makes it the same as another: no case, no punctuation, single spaces."""
    if text.replace(" ", "").isalnum():
        return " ".join(text.casefold().split())
    return " ".join(_NOT_WORDS.sub("", text.casefold()).split())


def visible(text: str) -> Problem | None:
    """Refuse characters that nobody sees, such as zero-width and direction marks."""
    if text.isprintable():
        return None
    for character in text.replace("\n", ""):
        if unicodedata.category(character) in _INVISIBLE:
            name = unicodedata.name(character, "a control character").lower()
            what = f"U+{ord(character):04X} ({name})"
            return Rule.INVISIBLE_CHARACTER, f"holds {what}, which nobody sees; delete it"
    return None


def plain(text: str) -> Problem | None:
    """Refuse the markup of any platform."""
    for sign in _MARKUP:
        if sign in text:
            return Rule.PLAIN_TEXT, f"holds {quoted(sign)}; write plain words, the coach sets the layout"
    return None


def no_address(text: str) -> Problem | None:
    """Refuse links: what the coach says must not lead anywhere."""
    found = _ADDRESS.search(text) if ":" in text and _COLON.search(text) else None
    return (Rule.NO_ADDRESS, f"holds a link, {quoted(found[0])}; name the place in words") if found else None


def one_line(text: str) -> Problem | None:
    """Refuse a new line within the text."""
    return (Rule.ONE_LINE, "stands on several lines; write it on one") if "\n" in text else None


def characters(most: int) -> Check:
    """Allow `most` characters."""

    def check(text: str) -> Problem | None:
        too_many = len(text) > most
        return (Rule.LENGTH, f"is {len(text)} characters long; shorten it to {most}") if too_many else None

    return check


def words(most: int) -> Check:
    """Allow `most` words."""

    def check(text: str) -> Problem | None:
        count = len(text.split())
        return (Rule.WORD_COUNT, f"is {count} words long; shorten it to {most}") if count > most else None

    return check


def easy(text: str) -> Problem | None:
    """Ask for plain words and short sentences."""
    ease = reading_ease(text)
    if ease >= LEAD_LEAST:
        return None
    wanted = f"has a reading ease of {ease:.0f} of at least {LEAD_LEAST:.0f}"
    return Rule.READING_EASE, f"{wanted}; use shorter words and shorter sentences"


def says_something(text: str) -> Problem | None:
    """Ask for a letter or a digit."""
    return (
        None
        if any(map(str.isalnum, text))
        else (Rule.NO_WORDS, f"has no word in it: {quoted(text)}; write one or delete it")
    )


def lower_case(text: str) -> Problem | None:
    """Ask for lower case: questions are compared in it."""
    return None if text == text.lower() else (Rule.LOWER_CASE, f"write {quoted(text.lower())}, in lower case")


def if_then(text: str) -> Problem | None:
    """Ask for the form of an if-then plan."""
    if text.startswith("When ") and " I will " in text:
        return None
    return (
        Rule.IF_THEN,
        'write it as "When …, I will …", such as "When I open the meeting, I will name its aim."',
    )


def question(text: str) -> Problem | None:
    """Ask for a question mark at the end."""
    return None if text.endswith("?") else (Rule.QUESTION, 'write it as a question, with "?" at the end')


def places(*names: str) -> Check:
    """Ask for each of these places in braces, once or more, and allow no other brace."""

    def check(text: str) -> Problem | None:
        found = set(_PLACE.findall(text))
        wanted = {f"{{{name}}}" for name in names}
        if unknown := sorted(found - wanted):
            return Rule.PLACE, f"holds {quoted(unknown[0])}, which nothing fills in; delete it"
        if missing := sorted(wanted - found):
            return Rule.PLACE, f"put {missing[0]} where it is to be filled in"
        return None

    return check


_SHOWN: Shape = (visible, plain, no_address)

TEXT: Shape = (*_SHOWN, characters(TEXT_CHARACTERS))
TITLE: Shape = (*_SHOWN, one_line, characters(BUTTON_CHARACTERS))
LEAD: Shape = (*TEXT, words(LEAD_WORDS), easy)
ONE_LINE: Shape = (*TEXT, one_line)
SHORT: Shape = (*TEXT, words(SHORT_WORDS))
SECTION: Shape = (*TEXT, words(SECTION_WORDS))
SAYING: Shape = (*TEXT, words(SAYING_WORDS))
QUOTE: Shape = (*_SHOWN, one_line, characters(QUOTE_CHARACTERS))
IF_THEN: Shape = (*TEXT, one_line, if_then)
TIP_LINE: Shape = (*_SHOWN, one_line, characters(TIP_LINE_CHARACTERS))
TIP_TEXT: Shape = (*_SHOWN, characters(TIP_CHARACTERS))
TIP_IF_THEN: Shape = (*TIP_TEXT, one_line, if_then)
RECALL: Shape = (*TIP_TEXT, one_line, question)
PHRASING: Shape = (visible, one_line, characters(PHRASING_CHARACTERS), says_something)
WORD: Shape = (visible, one_line, characters(WORD_CHARACTERS), lower_case, says_something)
