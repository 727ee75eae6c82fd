"""Pieces → a wish, or the part of it that is wrong; strict, so that nothing said is passed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.tips.hours import Hour, write_hour
from bot.tips.lexicon import USUAL_HOURS
from bot.tips.pieces import Piece, Sort
from bot.tips.schedule import Pace
from bot.tips.wish import LONGEST_PAUSE_DAYS, Act, Matter, Wish, say
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
}
"""What the marks before a piece speak of."""
_MATTERS = {"in": Matter.ZONE, "time": Matter.ZONE, "at": Matter.HOUR, "from": Matter.HOUR} | {
    "for": Matter.PAUSE,
    "until": Matter.PAUSE,
}
"""What is wrong where no such thing is there; with every other mark it is the days."""
_PACES = {"daily": Pace.DAILY, "half": Pace.HALF, "weekly": Pace.WEEKLY}


@dataclass(slots=True)
class Draft:
    """What was said, by sort; the keys are the places of the pieces."""

    hours: dict[int, Hour] = field(default_factory=dict)
    left: dict[int, Hour] = field(default_factory=dict)
    """Hours to move away from, which count where there is no other."""
    parts: list[str] = field(default_factory=list)
    days: dict[int, tuple[str, int]] = field(default_factory=dict)
    """As `only`, `also` or `without`, and a mask."""
    rest: dict[int, Piece] = field(default_factory=dict)

    def of(self, sort: Sort) -> Mapping[int, Piece]:
        """The pieces of one of the other sorts."""
        return {at: piece for at, piece in self.rest.items() if piece.sort is sort}

    def names(self) -> Mapping[str, int]:
        """The acts, each with a place of it."""
        return {piece.name: at for at, piece in self.of(Sort.ACT).items()}

    def mask(self, mode: str) -> int:
        """All days of one mode."""
        found = 0
        for one, days in self.days.values():
            found |= days if one == mode else 0
        return found

    def take(self, at: int, piece: Piece, marks: frozenset[str], before: int | None) -> None:
        """Sort a piece in, by the marks that stand before it; `before` is the place of the piece before."""
        if piece.hour:
            if "not" not in marks:
                (self.left if "from" in marks else self.hours)[at] = piece.hour
        elif piece.sort is Sort.DAYS:
            mode = "without" if marks & {"without", "not"} else "also" if "also" in marks else "only"
            goes_on = before in self.days and not marks
            self.days[at] = (self.days[before][0] if before is not None and goes_on else mode, piece.number)
        elif piece.name == "too":
            self._turn_to_also(before)
        elif piece.sort is Sort.PART:
            self.parts.append(piece.name)
        elif not (piece.sort is Sort.PACE and marks & {"not", "from"}):
            self.rest[at] = piece

    def _turn_to_also(self, last: int | None) -> None:
        """What stands before a "too", all the days of it."""
        for at in sorted(self.days, reverse=True):
            if at == last or self.days[at][0] == "only":
                self.days[at] = ("also", self.days[at][1])


def read_wish(pieces: Sequence[Piece]) -> Wish:
    """Put pieces together to a wish.

    Raises:
        Trouble: A part is wrong or unclear, or two do not go together.
    """
    draft = _draft(pieces)
    here = "here" in draft.names()
    act, rest = _read_act(draft, pieces), _read_schedule(draft)
    if pause := _read_pause(draft):
        plain = replace(rest, pace=None) == Wish()
        if act in {Act.OFF, Act.PAUSE} and plain:
            return replace(pause, here=here)
        at, piece = next(iter((draft.of(Sort.SPAN) or draft.of(Sort.UNTIL)).items()))
        raise Trouble(Matter.PAUSE, [at], (piece.text,) if act is Act.SET and plain else ())
    return replace(_join(act, rest, pieces), here=here)


def _draft(pieces: Sequence[Piece]) -> Draft:
    draft = Draft()
    marks: list[int] = []
    before: int | None = None
    for at, piece in enumerate(pieces):
        if piece.sort is Sort.MARK and piece.name not in {"too", "time"}:
            marks.append(at)
        elif piece.sort is not Sort.TALK:
            _check(pieces, at, marks, before)
            draft.take(at, piece, frozenset(pieces[mark].name for mark in marks), before)
            marks, before = [], at
    if marks and not (pieces[marks[0]].name == "on" and len(pieces) == 1):
        raise Trouble(_matter(pieces[marks[-1]]), marks[-1:])
    return draft


def _check(pieces: Sequence[Piece], at: int, marks: Sequence[int], before: int | None) -> None:
    """Refuse what is unknown, and marks that speak of nothing."""
    unknown = [at]
    while (
        unknown[-1] + 1 < len(pieces)
        and pieces[unknown[-1] + 1].sort is Sort.UNKNOWN
        and len(unknown) < LONGEST
    ):
        unknown.append(unknown[-1] + 1)
    for mark in marks:
        if pieces[at].sort not in _MAY_FOLLOW[pieces[mark].name]:
            raise Trouble(_matter(pieces[mark]), unknown)
    if pieces[at].sort is Sort.UNKNOWN:
        after = pieces[at + 1].name if at + 1 < len(pieces) else ""
        raise Trouble(_matter_of_unknown(pieces[at].text, after), [at])
    if pieces[at].sort is Sort.MARK:
        wanted = Sort.DAYS if pieces[at].name == "too" else Sort.ZONE
        if before is None or pieces[before].sort is not wanted:
            raise Trouble(_matter(pieces[at]), [at])


def _matter(mark: Piece) -> Matter:
    return _MATTERS.get(mark.name, Matter.DAYS)


def _matter_of_unknown(text: str, after: str) -> Matter:
    if "/" in text or after == "time":
        return Matter.ZONE
    return Matter.HOUR if text[0].isdecimal() else Matter.WORDS


def _read_act(draft: Draft, pieces: Sequence[Piece]) -> Act:
    named = [act for act in draft.names() if act not in {"here", "set"}]
    if len(named) > 1:
        raise Trouble(Matter.WORDS, range(len(pieces)), [_act(name).value for name in named[:3]])
    return _act(named[0]) if named else Act.SET


def _act(name: str) -> Act:
    return Act.LESS if name == "less" else Act(name)


def _join(act: Act, rest: Wish, pieces: Sequence[Piece]) -> Wish:
    """What to do, and the schedule named with it: "off on fridays" takes a day away."""
    if act in {Act.OFF, Act.PAUSE, Act.LESS}:
        rest = replace(rest, pace=None)
    dropped = (rest.days or 0) | rest.without
    if act in {Act.OFF, Act.PAUSE} and dropped and rest in {Wish(days=rest.days), Wish(without=dropped)}:
        return Wish(without=dropped)
    if act in {Act.SET, Act.RESUME} or rest == Wish():
        return replace(rest, act=act)
    raise Trouble(Matter.WORDS, range(len(pieces)), (act.value, say(rest)))


def _read_schedule(draft: Draft) -> Wish:
    paces = {at: _PACES[piece.name] for at, piece in draft.of(Sort.PACE).items()}
    if len(set(paces.values())) > 1:
        names = {draft.rest[at].name: draft.rest[at].text for at in paces}
        raise Trouble(Matter.WORDS, list(paces), tuple(names.values()))
    pace = next(iter(paces.values()), None)
    wish = Wish(minute=_read_minute(draft), zone=_read_zone(draft), pace=pace)
    only, also, without = (draft.mask(mode) for mode in ("only", "also", "without"))
    if not only:
        return replace(wish, also=also & ~without, without=without)
    if not (only | also) & ~without:
        raise Trouble(Matter.DAYS, list(draft.days))
    return replace(wish, days=(only | also) & ~without)


def _read_minute(draft: Draft) -> int | None:
    hours, part = draft.hours or draft.left, draft.parts[-1] if draft.parts else ""
    if not hours:
        return USUAL_HOURS.get(part)
    meant = {at: hour.minutes(part) for at, hour in hours.items()}
    choices = dict.fromkeys(minutes[0] for minutes in meant.values() if minutes)
    if len(choices) > 1:
        raise Trouble(Matter.HOUR, list(meant), [write_hour(minute) for minute in choices][:3])
    for at, minutes in meant.items():
        if len(minutes) != 1:
            offers = minutes or hours[at].nearest()
            raise Trouble(Matter.HOUR, [at], [write_hour(minute) for minute in offers])
    return next(iter(choices), None)


def _read_zone(draft: Draft) -> str | None:
    places = draft.of(Sort.ZONE)
    meant = dict.fromkeys(zone for piece in places.values() for zone in piece.zones)
    if len(meant) > 1:
        raise Trouble(Matter.ZONE, list(places), list(meant)[:3])
    return next(iter(meant), None)


def _read_pause(draft: Draft) -> Wish | None:
    spans, ends = draft.of(Sort.SPAN), draft.of(Sort.UNTIL)
    if len(spans) + len(ends) > 1:
        raise Trouble(Matter.PAUSE, [*spans, *ends])
    for at, piece in spans.items():
        if not 0 < piece.number <= LONGEST_PAUSE_DAYS:
            raise Trouble(Matter.PAUSE, [at])
        return Wish(Act.PAUSE, pause_days=piece.number)
    return next((Wish(Act.PAUSE, pause_until=piece.number) for piece in ends.values()), None)
