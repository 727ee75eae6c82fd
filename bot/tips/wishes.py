"""What people say about their tips → what they wish: after `/lvm daily`, or in plain words.

Nothing is passed over: what is not understood is asked back, with the nearest that is. So a wish is never
half a wish, and a question that only sounds like one is left to the coach.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from bot.coach.question import MAX_CHARACTERS
from bot.tips import lexicon
from bot.tips.draft import EVERY, read_wish
from bot.tips.marks import Trouble
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
}
"""How a part of a wish is typed."""
_USUAL = {
    Matter.HOUR: ("08:30", "10:00", "12:00"),
    Matter.DAYS: ("weekdays", "mon,wed", "tue,thu"),
    Matter.PAUSE: ("1 week", "2 weeks", "until monday"),
    Matter.WORDS: ("at 08:30", "on mon,wed", "off"),
}
"""What to offer where nothing is like what was said."""
WITHOUT_LENGTH = "Send them"
"""What to offer in place of tips for some time."""
RELIEF = {
    "Less often": Wish(Act.LESS),
    "Pause for a week": Wish(Act.PAUSE, pause_days=7),
    "Stop": Wish(Act.OFF),
}
"""What to offer to who is tired of the tips."""
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
_STRICT_LIKENESS = 0.8
"""For a word in plain talk, which may be anything."""
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)|\n")
_CLAUSE = re.compile(r",|;|\b(?:because|since)\b")
_ASKED_BACK = frozenset({Matter.HOUR, Matter.ZONE, Matter.PAUSE, Matter.LENGTH, Matter.CLASH})
"""What is asked back in plain talk too, where every word is understood."""
_TIMES = frozenset({Sort.SPAN, Sort.UNTIL})
_MOSTLY_OFF = tokens("of")
_NAMED = frozenset({"tip", "tips", "reminder", "reminders"})
_MAY_NAME = frozenset(text.rpartition(" ")[2] for text in (*lexicon.TIPS, *lexicon.THINGS))
_LONGEST_WISH = 30
"""Words; what is longer is a story."""


def parse_wish(text: str) -> Wish | Misread:
    """Read the words behind `/lvm daily`, in any order; nothing at all is to subscribe.

    Of a long text the first 500 characters count. Never raises, whatever the text holds.
    """
    said = tokens(text)
    pieces = tuple(read(said))
    if said == _MOSTLY_OFF:
        return _misread(pieces, Trouble(Matter.WORDS, [0], [Act.OFF.value]))
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
                    return _in_time(found, part, sentence)
    return None


def find_complaint(said: Sequence[str]) -> Misread | None:
    """Find somebody who is tired of what we send, and does not say what is to be done; None for all else.

    Every word is understood here too: what is said of other people's tips is none of ours.
    """
    if _MAY_NAME.isdisjoint(said):
        return None
    pieces = tuple(read(said))
    known = {(Sort.TIP, ""), (Sort.TIP, "daily"), (Sort.THING, ""), (Sort.TALK, "filler")}
    known |= {(Sort.MOOD, "complaint"), (Sort.MOOD, "frame")}
    sorts = {(piece.sort, piece.name) for piece in pieces}
    named = bool(sorts & {(Sort.TIP, ""), (Sort.TIP, "daily"), (Sort.THING, "")})
    if not named or (Sort.MOOD, "complaint") not in sorts or not sorts <= known:
        return None
    return tired(_text(pieces)[:_SHOWN])


def tired(text: str) -> Misread:
    """What to ask somebody who is tired of the tips, by what they said."""
    return Misread(Matter.COMPLAINT, text, tuple(RELIEF), tuple(RELIEF.values()))


def names_tips(said: Sequence[str]) -> bool:
    """Whether words name our tips, and nothing that other things are called too."""
    return not _NAMED.isdisjoint(said)


def find_language(text: str) -> str | None:
    """Name the language of a word of time that is none of ours; None where there is no such word."""
    unknown = {piece.text for piece in read(tokens(text)) if piece.sort is Sort.UNKNOWN}
    return next((name for name, texts in lexicon.ELSEWHERE.items() if unknown & {*texts}), None)


def _find(pieces: Sequence[Piece]) -> Wish | Misread | None:
    if not all(_are_marked(pieces)):
        return None
    try:
        wish = read_wish(pieces)
    except Trouble as trouble:
        return _misread(pieces, trouble) if _is_asked_back(pieces, trouble) else None
    complains = any(piece.name == "complaint" for piece in pieces)
    return wish if _is_meant(wish, pieces) and not (complains and wish.act is Act.SET) else None


def _is_asked_back(pieces: Sequence[Piece], trouble: Trouble) -> bool:
    """Whether plain words are a wish but for one part, which is wrong, unclear, or a slip of a right one."""
    wrong = range(trouble.first, trouble.last)
    unknown = {at for at, piece in enumerate(pieces) if piece.sort is Sort.UNKNOWN}
    if not unknown <= {*wrong} or not _orders(pieces):
        return False
    if not unknown:
        is_long = trouble.kind is Matter.LENGTH and len(wrong) > 1  # not "tips for today", which are for now
        return trouble.kind in _ASKED_BACK and bool(trouble.offers or is_long)
    return any(_near(trouble.kind, pieces[at].text, _STRICT_LIKENESS) for at in unknown)


def _in_time(found: Wish | Misread, part: str, sentence: str) -> Wish | Misread:
    """Ask how long where a sentence ends the tips and, in other words than the wish's, names a time."""
    if part == sentence or found != Wish(Act.OFF):
        return found
    pieces = tuple(read(tokens(sentence)))
    times = [at for at, piece in enumerate(pieces) if piece.name in {"until", "away"} or piece.sort in _TIMES]
    if not times:
        return found
    said = _text(pieces[times[0] :])[:_SHOWN]
    offers = _USUAL[Matter.PAUSE]
    return Misread(Matter.PAUSE, said, offers, tuple(_read("pause " + offer) for offer in offers))


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
    return any(
        piece.name in {"send", "set", "ask"} for piece in pieces if piece.sort in {Sort.TALK, Sort.ACT}
    )


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
        return several or _orders(pieces) or any(piece.text.startswith(EVERY) for piece in pieces)
    daily = any(tip.name for tip in tips)
    one = several or any(tip.name and tip.text.startswith("a ") for tip in tips)
    signs_up = any(piece.name == "set" for piece in pieces)
    return (signs_up and (several or daily)) or (daily and one and (several or _orders(pieces)))


def _misread(pieces: Sequence[Piece], trouble: Trouble) -> Misread:
    text = _text(pieces[trouble.first : trouble.last])[:_SHOWN]
    before, after = _text(pieces[: trouble.first]), _text(pieces[trouble.last :])
    if trouble.kind is Matter.LENGTH:
        return Misread(Matter.LENGTH, text, (WITHOUT_LENGTH,), (_mended(before, "", after),))
    offers: dict[Wish, str] = {}
    for offer in trouble.offers or _nearest(trouble.kind, text):
        offers.setdefault(_mended(before, _TYPED.get(trouble.kind, "") + offer, after), offer)
    return Misread(trouble.kind, text, tuple(offers.values())[:3], tuple(offers)[:3])


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _nearest(kind: Matter, text: str) -> Iterator[str]:
    """Give valid parts, those most like the text first."""
    if kind is Matter.ZONE:
        yield from nearest_zones(text)
        return
    yield from _near(kind, text, _LIKENESS)
    yield from _USUAL[kind]


def _near(kind: Matter, text: str, likeness: float) -> Sequence[str]:
    """Valid parts that a text may be a slip of; a word that nothing marks must be very like a place."""
    if kind is Matter.ZONE:
        return like_zones(text, strict=likeness > _LIKENESS)
    near = get_close_matches(text, _KNOWN.get(kind, ()), n=6, cutoff=likeness)
    if kind is Matter.WORDS and not near:
        return tuple(f"in {zone}" for zone in like_zones(text, strict=True))
    return near


def _mended(before: str, part: str, after: str) -> Wish:
    """Read the words with a valid part in place of the wrong one; only that part where more is wrong."""
    try:
        return _read(f"{before} {part} {after}")
    except Trouble:
        return _read(part)


def _read(text: str) -> Wish:
    return read_wish(tuple(read(tokens(text))))
