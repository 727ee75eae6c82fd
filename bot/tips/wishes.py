"""What people say about their tips → what they wish: after `/lvm daily`, or in plain words.

Nothing is passed over: what is not understood is asked back, with the nearest that is. So a wish is never
half a wish, and a question that only sounds like one is left to the coach.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from bot.coach.question import MAX_CHARACTERS
from bot.tips import lexicon
from bot.tips.draft import Trouble, read_wish
from bot.tips.pieces import Piece, Sort, read, tokens
from bot.tips.wish import Act, Matter, Misread, Wish
from bot.tips.zones import like_zones, nearest_zones

_SHOWN = 60
"""Characters of a part that was not understood."""
_TYPED = {
    Matter.HOUR: "at ",
    Matter.ZONE: "in ",
    Matter.DAYS: "on ",
    Matter.PAUSE: "pause ",
    Matter.WORDS: "",
}
"""How a part of a wish is typed."""
_USUAL = {
    Matter.HOUR: ("08:30", "10:00", "12:00"),
    Matter.DAYS: ("weekdays", "mon,wed", "tue,thu"),
    Matter.PAUSE: ("1 week", "2 weeks", "until monday"),
    Matter.WORDS: ("at 08:30", "on mon,wed", "off"),
}
"""What to offer where nothing is like what was said."""
_KNOWN = {
    Matter.DAYS: tuple(text for texts in lexicon.DAYS.values() for text in texts),
    Matter.WORDS: tuple(
        text
        for lists in (lexicon.ACTS, lexicon.PACES, lexicon.DAYS)
        for texts in lists.values()
        for text in texts
        if text.isalpha()
    ),
}
_LIKENESS = 0.7
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)|\n")
_CLAUSE = re.compile(r",|;|\b(?:because|since)\b")
_NAMED = frozenset({"tip", "tips", "reminder", "reminders"})
_LONGEST_WISH = 30
"""Words; what is longer is a story."""


def parse_wish(text: str) -> Wish | Misread:
    """Read the words behind `/lvm daily`, in any order; nothing at all is to subscribe.

    Of a long text the first 500 characters count. Never raises, whatever the text holds.
    """
    said = tokens(text)
    pieces = tuple(read(said))
    try:
        return read_wish(pieces)
    except Trouble as trouble:
        return _misread(pieces, trouble)


def find_wish(text: str) -> Wish | Misread | None:
    """Find a wish about the tips in plain words; None where the text is about anything else.

    Only where tips or reminders are named and every word of the sentence, or of its clause, is understood.
    """
    if not any(name in text[:MAX_CHARACTERS].casefold() for name in ("tip", "reminder")):
        return None
    for sentence in _SENTENCE.split(text[:MAX_CHARACTERS]):
        for part in dict.fromkeys((sentence, *_CLAUSE.split(sentence))):
            said = tokens(part)
            if len(said) <= _LONGEST_WISH and not _NAMED.isdisjoint(said):
                found = _find(tuple(read(said)))
                if found is not None:
                    return found
    return None


def _find(pieces: Sequence[Piece]) -> Wish | Misread | None:
    if any(piece.sort is Sort.UNKNOWN for piece in pieces) or not all(_are_marked(pieces)):
        return None
    try:
        wish = read_wish(pieces)
    except Trouble as trouble:
        asks = trouble.kind in {Matter.HOUR, Matter.ZONE} and trouble.offers and _orders(pieces)
        return _misread(pieces, trouble) if asks else None
    return wish if _is_meant(wish, pieces) else None


def _are_marked(pieces: Sequence[Piece]) -> Iterator[bool]:
    """Whether a number is surely an hour, and a name surely a place: by the words beside them."""
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if piece.hour and piece.hour.is_bare:
            yield before is not None and before.name in {"at", "from", "not"}
        elif piece.sort is Sort.ZONE:
            yield (before is not None and before.name == "in") or (after is not None and after.name == "time")


def _orders(pieces: Sequence[Piece]) -> bool:
    """Whether the words ask for something to be done, and not only tell how things are."""
    names = {piece.name for piece in pieces if piece.sort in {Sort.TALK, Sort.ACT}}
    return bool(names & {"send", "set"}) or {"get", "ask"} <= names


def _is_meant(wish: Wish, pieces: Sequence[Piece]) -> bool:
    """Whether a wish that could be read is what the words are for: not "give me a tip", for one."""
    tips = [piece for piece in pieces if piece.sort is Sort.TIP]
    done = {piece.text for piece in pieces if piece.sort is Sort.ACT}
    several = not any(tip.text.startswith("any ") or not tip.text.endswith("s") for tip in tips)
    if wish.act is Act.SHOW:
        return any(text.startswith(lexicon.ASKS_WHEN) for text in done)
    if wish.act is Act.PAUSE and done & lexicon.PASSES_ONE:
        return (wish.pause_days, wish.pause_until) != (None, None)
    if wish.act is not Act.SET:
        return True
    if wish != Wish(here=wish.here):
        return several or _orders(pieces)
    daily = any(tip.name for tip in tips)
    one = several or any(tip.name and tip.text.startswith("a ") for tip in tips)
    signs_up = any(piece.name == "set" for piece in pieces)
    return (signs_up and (several or daily)) or (daily and one and (several or _orders(pieces)))


def _misread(pieces: Sequence[Piece], trouble: Trouble) -> Misread:
    text = _text(pieces[trouble.first : trouble.last])[:_SHOWN]
    before, after = _text(pieces[: trouble.first]), _text(pieces[trouble.last :])
    offers: dict[Wish, str] = {}
    for offer in trouble.offers or _nearest(trouble.kind, text):
        offers.setdefault(_mended(before, _TYPED[trouble.kind] + offer, after), offer)
    return Misread(trouble.kind, text, tuple(offers.values())[:3], tuple(offers)[:3])


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _nearest(kind: Matter, text: str) -> Iterator[str]:
    """Give valid parts, those most like the text first."""
    if kind is Matter.ZONE:
        yield from nearest_zones(text)
        return
    near = get_close_matches(text, _KNOWN.get(kind, ()), n=6, cutoff=_LIKENESS)
    yield from near
    if kind is Matter.WORDS and not near:
        yield from (f"in {zone}" for zone in like_zones(text))
    yield from _USUAL[kind]


def _mended(before: str, part: str, after: str) -> Wish:
    """Read the words with a valid part in place of the wrong one; only that part where more is wrong."""
    try:
        return read_wish(tuple(read(tokens(f"{before} {part} {after}"))))
    except Trouble:
        return read_wish(tuple(read(tokens(part))))
