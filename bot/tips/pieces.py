"""A text about tips → its pieces, in order: what to do, hours, days, places, and the words between."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from bot.coach.question import MAX_CHARACTERS
from bot.coach.wording import words
from bot.tips import lexicon
from bot.tips.dates import read_date
from bot.tips.hours import Hour, read_hour
from bot.tips.places import NOT_ALONE
from bot.tips.schedule import MONDAY
from bot.tips.zones import LONGEST, find_zones

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Sort(Enum):
    """What a piece is; the value of a later sort gives way to an earlier one of the same length."""

    SPAN = auto()
    """`number` days; or none, where `name` is what it may be meant for."""
    HOUR = auto()
    UNTIL = auto()
    """A weekday, `number` is 0 for Monday; or a `date`."""
    DAYS = auto()
    """`number` is their mask."""
    PACE = auto()
    PART = auto()
    """A part of the day."""
    TIP = auto()
    """The tips themselves; `name` is `daily` or nothing."""
    THING = auto()
    """The tips by a name that other things have too."""
    MARK = auto()
    ACT = auto()
    TALK = auto()
    MOOD = auto()
    """What is felt about the tips; `name` is `complaint` or `frame`."""
    ZONE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what they are."""

    sort: Sort
    text: str
    name: str = ""
    """The key in the lexicon, where there is one."""
    number: int = 0
    hour: Hour | None = None
    zones: tuple[str, ...] = ()
    date: tuple[int, int] | None = None
    """A month and a day, both from 1."""

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1


_TAG = re.compile(r"<[^<>]*>|:(?:[a-z][a-z0-9_+-]{0,60}|[+-]1):")
_HALF = re.compile(r"\b([ap])\.\s?m\b\.?")
_BREAK = re.compile(r"[\s,;&()\"?!]+")
_EDGE = ".:'*_~`@"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_JOINED = re.compile(r"[/+-]")
_RANGE = frozenset({"-", "to", "through", "thru", "until", "till"})
_SPAN = re.compile(r"([0-9]{1,4})([a-z]+)")
_TIME_WORDS = frozenset((word,) for word in lexicon.MARKS["time"])
_NEXT = ("next", "this", "the")
_LIKENESS = 0.75
"""From 0 to 1: how like a unit of time a word must be to be taken for one that is misspelt."""
_UNSEEN = frozenset({"Cc", "Cf"})
"""Unicode's controls, and the marks that turn the direction of a line."""


def tell_days(names: Iterable[str]) -> int:
    """Give the mask of some days, each by its short name."""
    return sum(MONDAY << DAY_NAMES.index(name) for name in set(names))


def visible(text: str) -> str:
    """Leave out what cannot be seen but turns what can: controls, and marks of direction."""
    if text.isprintable():
        return text
    return "".join(
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )


def tokens(text: str) -> tuple[str, ...]:
    """Read the words of a text, of which only the first 500 characters count.

    Unlike `wording.words` this keeps the signs that hours and zones are written with.
    """
    text = unicodedata.normalize("NFKD", visible(text[:MAX_CHARACTERS])).casefold().translate(_DASHES)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = _HALF.sub(r"\1m", _TAG.sub(" ", text[: 2 * MAX_CHARACTERS]))
    return tuple(token for raw in _BREAK.split(text) for token in _open(raw.strip(_EDGE) if raw else ""))


def _open(raw: str) -> Iterable[str]:
    parts = _JOINED.split(raw)
    if len(parts) > 1 and all(part in _ONE_DAY for part in parts):
        return (parts[0], "-", parts[-1]) if "-" in raw else parts
    return (raw,) if "/" in raw or raw == "-" or any(sign.isdecimal() for sign in raw) else words(raw)


def read(said: Sequence[str]) -> Iterator[Piece]:
    """Cut words into pieces: at each place the longest that fits."""
    start, before = 0, None
    while start < len(said):
        before = _read_piece(said, start, before)
        start += before.size
        yield before


def _read_piece(said: Sequence[str], start: int, before: Piece | None) -> Piece:
    found = [
        *_spans(said, start),
        *_hours(said, start),
        *_ranges(said, start),
        *_phrases(said, start),
        *_zones(said, start, named=before is not None and before.name == "in"),
    ]
    if before is not None and before.name == "in" and (places := _of(found, Sort.ZONE)):
        return places[0]
    whole = max(found, key=lambda piece: (piece.size, -piece.sort.value), default=None)
    return Piece(Sort.UNKNOWN, said[start]) if whole is None else whole


def _of(pieces: Iterable[Piece], sort: Sort) -> list[Piece]:
    return [piece for piece in pieces if piece.sort is sort]


def _phrases(said: Sequence[str], start: int) -> Iterator[Piece]:
    for size in range(min(_LONGEST_PHRASE, len(said) - start), 0, -1):
        text = " ".join(said[start : start + size])
        if entries := _PHRASES.get(text):
            yield from (Piece(sort, text, name, number) for sort, name, number in entries)
            return


def _hours(said: Sequence[str], start: int) -> Iterator[Piece]:
    if read_one := read_hour(said, start):
        hour, size = read_one
        yield Piece(Sort.HOUR, " ".join(said[start : start + size]), hour=hour)


def _spans(said: Sequence[str], start: int) -> Iterator[Piece]:
    """Such as "2 weeks", "a week", "3d" and "until next Monday"."""
    if joined := _SPAN.fullmatch(said[start]):
        days = lexicon.SPANS.get(joined[2])
        if days and joined[2] != "m":
            yield Piece(Sort.SPAN, said[start], number=int(joined[1]) * days)
    for size in (3, 2, 1):
        name, unit = " ".join(said[start : start + size]), said[start + size : start + size + 1]
        count = int(name) if name.isdecimal() and len(name) < len("10000") else lexicon.NUMBERS.get(name)
        if count is None or not unit:
            continue
        if unit[0] in lexicon.SPANS:
            yield Piece(Sort.SPAN, f"{name} {unit[0]}", number=count * lexicon.SPANS[unit[0]])
        elif unit[0] not in _PHRASES and (near := _like_unit(unit[0])):
            yield Piece(Sort.SPAN, f"{name} {unit[0]}", f"{name} {near}")


def _like_unit(word: str) -> str | None:
    """The unit of time that a word is a slip of."""
    names = [name for name in lexicon.SPANS if len(name) >= len("days")]
    return next(iter(get_close_matches(word, names, n=1, cutoff=_LIKENESS)), None)


def _ranges(said: Sequence[str], start: int) -> Iterator[Piece]:
    """Such as "mon - fri", around the end of the week too, and "until next monday"."""
    there = said[start : start + 3]
    if (
        len(there) == len(("mon", "-", "fri"))
        and there[1] in _RANGE
        and {there[0], there[2]} <= _ONE_DAY.keys()
    ):
        first, last = _ONE_DAY[there[0]], _ONE_DAY[there[2]]
        mask = sum(MONDAY << (first + more) % 7 for more in range((last - first) % 7 + 1))
        yield Piece(Sort.DAYS, " ".join(there), number=mask)
    if there[0] in lexicon.MARKS["until"]:
        size = 3 if there[1:2] and there[1] in _NEXT else 2
        if (day := _ONE_DAY.get(there[size - 1]) if len(there) >= size else None) is not None:
            yield Piece(Sort.UNTIL, " ".join(there[:size]), number=day)
        if dated := read_date(said, start + 1):
            size = dated.size + 1
            yield Piece(Sort.UNTIL, " ".join(said[start : start + size]), date=(dated.month, dated.day))


def _zones(said: Sequence[str], start: int, *, named: bool) -> Iterator[Piece]:
    for size in range(min(LONGEST, len(said) - start), 0, -1):
        text = " ".join(said[start : start + size])
        named = named or said[start + size : start + size + 1] in _TIME_WORDS
        if (named or text not in NOT_ALONE) and (zones := find_zones(text)):
            yield Piece(Sort.ZONE, text, zones=zones)
            return


def _all_phrases() -> Iterator[tuple[str, Sort, str, int]]:
    for lists, sort in (
        (lexicon.PACES, Sort.PACE),
        (lexicon.DAY_PARTS, Sort.PART),
        (lexicon.MARKS, Sort.MARK),
        (lexicon.ACTS, Sort.ACT),
        (lexicon.TALK, Sort.TALK),
        (lexicon.MOODS, Sort.MOOD),
    ):
        yield from ((text, sort, name, 0) for name, texts in lists.items() for text in texts)
    for days, texts in lexicon.DAYS.items():
        yield from ((text, Sort.DAYS, "", _mask(days)) for text in texts)
    yield from ((text, Sort.TIP, "", 0) for text in lexicon.TIPS)
    yield from ((text, Sort.TIP, "daily", 0) for text in lexicon.DAILY_TIPS)
    yield from ((text, Sort.THING, "", 0) for text in lexicon.THINGS)
    yield from ((text, Sort.SPAN, "", 1) for text in lexicon.TODAY)
    yield from ((text, Sort.UNTIL, "", 0) for text in lexicon.UNTIL_MONDAY)


def _mask(days: str) -> int:
    """Such as "mon-wed-fri", or a first and a last day."""
    names = days.split("-")
    if days in {"mon-fri", "mon-sun"}:
        return (MONDAY << DAY_NAMES.index(names[1]) + 1) - 1
    return tell_days(names)


def _by_text() -> Mapping[str, tuple[tuple[Sort, str, int], ...]]:
    found: dict[str, tuple[tuple[Sort, str, int], ...]] = {}
    for text, sort, name, number in _all_phrases():
        found[text] = (*found.get(text, ()), (sort, name, number))
    return found


_ONE_DAY = {text: weekday for weekday, name in enumerate(DAY_NAMES) for text in lexicon.DAYS[name]}
_PHRASES = _by_text()
_LONGEST_PHRASE = max(text.count(" ") + 1 for text in _PHRASES)
