"""Text → words: what a question says, whatever keyboard, platform or mood it was typed with.

Everything here takes time in proportion to the text, whatever characters it holds: no pattern below
can match the same text in two ways, so nothing is ever tried over and over.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.coach.question import MAX_CHARACTERS

_HEAD_CHARACTERS = MAX_CHARACTERS // 2
"""How much of the start of a long text is kept; the rest of the room is for its end."""

_TAG = re.compile(r"<at>[^<>]*</at>|<[@#!][^<>]*>|<[^<>|]*(?:\|([^<>|]*))?>")
"""A platform's own markup: a mention, a channel, a link. Only a link's label is language."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_BROADCAST = re.compile(r"@(?:channel|here|everyone)\b")
_SHORTCODE = re.compile(r":(?:[a-z][a-z0-9_+-]{0,60}|[+-]1):")
"""An emoji in letters."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&"))
_SENTENCE_END = re.compile(r"[.!?\n]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc`\u00b4\u2032\u201b", "'"))
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me", "Cs", "Co", "Cn"})
"""Unicode categories dropped within a word: controls, zero-width and bidi marks, accents."""

_ENDINGS = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would"))
_IS_AFTER = frozenset(
    {"what", "who", "where", "when", "why", "how", "it", "that", "there", "here", "he", "she"}
)
"""Words after which `'s` is a verb; after any other it marks the owner and is dropped."""
_MEANT = """
    doesnt: does not, didnt: did not, dont: do not, isnt: is not, arent: are not, wasnt: was not,
    werent: were not, hasnt: has not, havent: have not, hadnt: had not, couldnt: could not, wouldnt:
    would not, shouldnt: should not, neednt: need not, mustnt: must not, can't: can not, cant: can not,
    cannot: can not, won't: will not, wont: will not, shan't: shall not, let's: let us, lets: let us,
    im: i am, ive: i have, youre: you are, youve: you have, theyre: they are, weve: we have, whats: what
    is, whos: who is, hows: how is, whys: why is, wheres: where is, thats: that is, theres: there is,
    heres: here is, gonna: going to, wanna: want to, gotta: got to, gimme: give me, lemme: let me,
    dunno: do not know, cos: because, coz: because, u: you, ur: your, r: are, pls: please, plz: please,
    thx: thanks
"""
_CONTRACTIONS = {
    short: tuple(long.split())
    for short, _, long in (entry.strip().partition(":") for entry in _MEANT.split(","))
}

_OPENINGS = (
    "hi|hello|hey|heya|hiya|hallo|yo|howdy|greetings|dear coach|dear all|dear team|good morning|morning|"
    "good afternoon|good evening|good day|nice to meet you|how are you|how are you doing|"
    "how are you today|hope you are well|hope all is well|hope you are doing well|i hope you are well|"
    "i hope you are doing well|can you help|can you help me|can you help me out|could you help me|"
    "please help|please help me|i need help|i need some help|i have a question|i have a quick question|"
    "just a quick question|quick question|sorry|excuse me|sorry to bother you|um|uh|er|erm|hmm|well|so|"
    "ok|okay|oh|ah|and|but"
)
_CLOSINGS = (
    "thanks|thank you|thanks a lot|thanks so much|thank you so much|thank you very much|many thanks|"
    "thanks in advance|thank you in advance|thanks again|thanks for your help|thank you for your help|"
    "much appreciated|i appreciate it|appreciate it|i would appreciate it|appreciate your help|cheers|"
    "bye|goodbye|see you|have a nice day|have a good day|have a great day|have a good one|regards|"
    "kind regards|best regards|lol|haha|smh|tho|btw|by the way|please"
)
_LAST_WORDS = (
    "ok|okay|got it|great|perfect|cool|awesome|alright|understood|noted|makes sense|that makes sense|"
    "that helps|that helped|helpful|very helpful|that was helpful|good to know|all good|that is all|"
    "you too|mate"
)
_GREETED = ("there", "all", "everyone", "everybody", "team", "folks", "guys", "coach", "bot", "again")
_AT_START = frozenset(tuple(phrase.split()) for phrase in f"{_OPENINGS}|{_CLOSINGS}".split("|")) | {
    (greeting, whom) for greeting in ("hi", "hello", "hey", "morning") for whom in _GREETED
}
_AT_END = _AT_START - {("well",), ("so",), ("morning",), ("and",), ("but",), ("er",)}
_FAREWELLS = frozenset(tuple(phrase.split()) for phrase in f"{_CLOSINGS}|{_LAST_WORDS}".split("|")) - {
    (word,) for word in ("please", "lol", "haha", "smh", "tho", "btw")
}
_LONGEST_SMALL_TALK = max(map(len, _AT_START))
_FEWEST_WORDS = 2
"""Small talk stays where less than this would remain: then it is the message."""
_SHORTEST_CUT = 3
"""Letters that must remain for an ending to be cut."""


def shorten(text: str) -> str:
    """Cut a text to `MAX_CHARACTERS` between words, keeping its start and its end.

    People tell the story first and ask in the last sentence, so the middle is what goes.
    """
    text = text.strip()
    if len(text) <= MAX_CHARACTERS:
        return text
    head, tail = text[:_HEAD_CHARACTERS], text[_HEAD_CHARACTERS + 1 - MAX_CHARACTERS :]
    if not text[_HEAD_CHARACTERS].isspace():
        head = (head.rsplit(None, 1) or [head])[0]
    if not text[-len(tail) - 1].isspace():
        tail = (tail.split(None, 1) or [tail])[-1]
    return f"{head.rstrip()} {tail.lstrip()}"


def last_sentence(text: str) -> str:
    """The last part of a text that ends like a sentence, or all of it where there is one only."""
    sentences = [part.strip() for part in _SENTENCE_END.split(text)]
    return next((part for part in reversed(sentences) if part), text)


def words(text: str) -> tuple[str, ...]:
    """Read the words: lower case, no accents, contractions opened, platform leftovers dropped."""
    found: list[str] = []
    for word in _WORD.findall(_plain(text)):
        opened = _CONTRACTIONS.get(word)
        if opened:
            found += opened
        elif "'" in word:
            found += _open(word)
        else:
            found.append(word)
    return tuple(found)


def without_small_talk(found: Sequence[str]) -> tuple[str, ...]:
    """Set greetings and thanks aside at either end, unless hardly a word would remain."""
    start, end = 0, len(found)
    while step := _small_talk(found[start : min(end, start + _LONGEST_SMALL_TALK)], _AT_START, at_end=False):
        start += step
    while step := _small_talk(found[max(start, end - _LONGEST_SMALL_TALK) : end], _AT_END, at_end=True):
        end -= step
    return tuple(found[start:end] if end - start >= _FEWEST_WORDS else found)


def only_thanks(found: Sequence[str]) -> bool:
    """Whether the words do nothing but thank, agree or say goodbye; never for no words."""
    start = 0
    while step := _small_talk(found[start : start + _LONGEST_SMALL_TALK], _FAREWELLS, at_end=False):
        start += step
    return 0 < start == len(found)


def _small_talk(found: Sequence[str], phrases: frozenset[tuple[str, ...]], *, at_end: bool) -> int:
    for count in range(len(found), 0, -1):
        if tuple(found[-count:] if at_end else found[:count]) in phrases:
            return count
    return 0


def stem(word: str) -> str:
    """Cut a word's ending, lightly, so that its forms meet: manage, managed and managing."""
    if len(word) <= _SHORTEST_CUT:
        return word
    word = _without_s(word)
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending):
            rest = word.removesuffix(ending)
            if len(rest) >= _SHORTEST_CUT and any(vowel in rest for vowel in "aeiouy"):
                word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
                break
    if len(word) > _SHORTEST_CUT + 1 and word[-1] == "e":
        return word[:-1]
    if len(word) > _SHORTEST_CUT and word[-1] == "y" and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word


def _without_s(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST_CUT + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return word


def _plain(text: str) -> str:
    if "<" in text:
        text = _TAG.sub(lambda tag: f" {tag[1] or ''} ", text)
    if not text.isascii():
        text = _visible(unicodedata.normalize("NFKD", text))
    elif not text.isprintable():
        text = _visible(text)
    text = unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)
    if "&" in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    if "@" in text:
        text = _BROADCAST.sub(" ", text)
    if ":" in text or "www." in text:
        text = _SHORTCODE.sub(" ", _ADDRESS.sub(" ", text))
    return text


def _visible(text: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _INVISIBLE
    )


def _open(word: str) -> list[str]:
    for ending, meaning in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return [word.removesuffix(ending).replace("'", ""), meaning]
    stem_, _, tail = word.rpartition("'")
    if tail == "s":
        owner = stem_.replace("'", "")
        return [owner, "is"] if owner in _IS_AFTER else [owner]
    return [word.replace("'", "")]
