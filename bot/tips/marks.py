"""The words before a piece that say how to take it, and what is wrong where they cannot."""

from collections.abc import Sequence

from bot.tips.hours import Hour, write_hour
from bot.tips.pieces import Piece, Sort
from bot.tips.wish import Matter
from bot.tips.zones import LONGEST


class Trouble(Exception):  # noqa: N818  it never leaves this package
    """A part that is wrong: the pieces at some places, from the first to the last of them."""

    def __init__(self, kind: Matter, places: Sequence[int], offers: Sequence[str] = ()) -> None:
        """Keep what is wrong and, if that is known, the only texts to offer in its place."""
        super().__init__(kind)
        self.kind = kind
        self.first, self.last = min(places), max(places) + 1
        self.offers = tuple(offers)


_MAY_FOLLOW = {
    "in": {Sort.ZONE},
    "at": {Sort.HOUR, Sort.ZONE, Sort.PACE, Sort.DAYS, Sort.PART, Sort.ACT},
    "on": {Sort.DAYS, Sort.PACE, Sort.PART, Sort.HOUR, Sort.TIP},
    "also": {Sort.DAYS},
    "without": {Sort.DAYS},
    "not": {Sort.DAYS, Sort.HOUR, Sort.PACE},
    "from": {Sort.DAYS, Sort.HOUR, Sort.PACE},
    "for": {Sort.SPAN, Sort.ACT},
    "until": set(),
    "before": set(),
    "after": set(),
}
"""What the marks before a piece speak of."""
_MATTERS = {"in": Matter.ZONE, "time": Matter.ZONE, "at": Matter.HOUR, "from": Matter.HOUR} | {
    "for": Matter.PAUSE,
    "until": Matter.PAUSE,
    "before": Matter.HOUR,
    "after": Matter.HOUR,
}
"""What is wrong where no such thing is there; with every other mark it is the days."""
_NEAR_HOUR = {"before": (-60, -30), "after": (30, 60)}
"""Minutes to offer where only one side of an hour was named."""
_MINUTES_A_DAY = 24 * 60


def check(pieces: Sequence[Piece], at: int, marks: Sequence[int], before: int | None) -> None:
    """Refuse what is unknown, and marks that speak of nothing."""
    unknown = _unknown(pieces, at)
    for mark in marks:
        _check_mark(pieces, mark, unknown)
    if pieces[at].sort is Sort.UNKNOWN:
        after = pieces[at + 1].name if at + 1 < len(pieces) else ""
        raise Trouble(_matter_of_unknown(pieces[at].text, after), [at])
    if pieces[at].sort is Sort.MARK:
        wanted = Sort.DAYS if pieces[at].name == "too" else Sort.ZONE
        if before is None or pieces[before].sort is not wanted:
            raise Trouble(matter_of(pieces[at]), [at])


def _check_mark(pieces: Sequence[Piece], mark: int, spoken_of: Sequence[int]) -> None:
    name, piece = pieces[mark].name, pieces[spoken_of[0]]
    if name in _NEAR_HOUR:
        raise Trouble(Matter.HOUR, [mark, *spoken_of], _beside(name, piece.hour))
    if piece.sort not in _MAY_FOLLOW[name]:
        raise Trouble(matter_of(pieces[mark]), spoken_of)


def _unknown(pieces: Sequence[Piece], at: int) -> list[int]:
    """The place of a piece, and those of the unknown words behind it that may belong to one name."""
    end = at + 1
    while end < min(len(pieces), at + LONGEST) and pieces[end].sort is Sort.UNKNOWN:
        end += 1
    return list(range(at, end))


def _beside(mark: str, hour: Hour | None) -> list[str]:
    """Hours to offer for one that is to lie before or after another."""
    meant = hour.minutes()[:1] if hour else ()
    return [write_hour((minute + more) % _MINUTES_A_DAY) for minute in meant for more in _NEAR_HOUR[mark]]


def matter_of(mark: Piece) -> Matter:
    """What is wrong where a mark speaks of nothing."""
    return _MATTERS.get(mark.name, Matter.DAYS)


def _matter_of_unknown(text: str, after: str) -> Matter:
    if "/" in text or after == "time":
        return Matter.ZONE
    return Matter.HOUR if text[0].isdecimal() else Matter.WORDS
