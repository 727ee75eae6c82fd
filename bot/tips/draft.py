"""Pieces → a wish, or the part of it that is wrong; strict, so that nothing said is passed over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.tips.hours import Hour, write_hour
from bot.tips.lexicon import USUAL_HOURS
from bot.tips.marks import Trouble, check, matter_of
from bot.tips.pieces import Piece, Sort
from bot.tips.schedule import WEEKDAYS, Pace
from bot.tips.wish import LONGEST_PAUSE_DAYS, Act, Matter, Wish, say, write_days

EVERY = ("every ", "each ")
"""How the name of a time begins that is of every day."""
_PACES = {"daily": Pace.DAILY, "half": Pace.HALF, "weekly": Pace.WEEKLY, "first": Pace.WEEKLY}


@dataclass(slots=True)
class Draft:
    """What was said, by sort; the keys are the places of the pieces."""

    hours: dict[int, Hour] = field(default_factory=dict)
    left: dict[int, Hour] = field(default_factory=dict)
    """Hours to move away from, which count where there is no other."""
    parts: list[str] = field(default_factory=list)
    days: dict[int, tuple[str, int]] = field(default_factory=dict)
    """As `only`, `also` or `without`, and a mask."""
    every: bool = False
    """Whether a part of every day was named."""
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
            self.every |= piece.text.startswith(EVERY)
        elif not (piece.sort is Sort.PACE and marks & {"not", "from"}):
            self.rest[at] = piece

    def _turn_to_also(self, last: int | None) -> None:
        """What stands before a "too", all the days of it."""
        for at in sorted(self.days, reverse=True):
            if at == last or self.days[at][0] == "only":
                self.days[at] = ("also", self.days[at][1])


def read_wish(pieces: Sequence[Piece]) -> Wish:
    """Put pieces together to a wish.

    A time is for a pause only where one is spoken of: how long tips are to come cannot be wished.

    Raises:
        Trouble: A part is wrong or unclear, or two do not go together.
    """
    try:
        return _read(pieces)
    except Trouble as trouble:
        if trouble.kind is not Matter.PAUSE or any(map(_rests, pieces)):
            raise
        first = trouble.first - (trouble.first > 0 and pieces[trouble.first - 1].name in {"for", "until"})
        of = pieces[trouble.last - 1].sort
        kind = {Sort.HOUR: Matter.HOUR, Sort.DAYS: Matter.DAYS}.get(of, Matter.LENGTH)
        raise Trouble(kind, range(first, trouble.last)) from None


def _rests(piece: Piece) -> bool:
    """Whether it speaks of having none for some time."""
    return piece.name == "away" or (piece.sort is Sort.ACT and piece.name in {Act.OFF, Act.PAUSE})


def _read(pieces: Sequence[Piece]) -> Wish:
    draft = _draft(pieces)
    here = "here" in draft.names()
    act, rest = _read_act(draft, pieces), _read_schedule(draft)
    if pause := _read_pause(draft):
        plain = replace(rest, pace=None) == Wish()
        away = any(piece.name == "away" for piece in pieces)
        if plain and (act in {Act.OFF, Act.PAUSE} or (away and act is Act.SET)):
            return replace(pause, here=here)
        raise Trouble(Matter.PAUSE, list(draft.of(Sort.SPAN) or draft.of(Sort.UNTIL))[:1])
    return replace(_join(act, rest, pieces), here=here)


def _draft(pieces: Sequence[Piece]) -> Draft:
    draft = Draft()
    marks: list[int] = []
    before: int | None = None
    for at, piece in enumerate(pieces):
        if piece.sort is Sort.MARK and piece.name not in {"too", "time"}:
            marks.append(at)
        elif piece.sort not in {Sort.TALK, Sort.MOOD}:
            check(pieces, at, marks, before)
            draft.take(at, piece, frozenset(pieces[mark].name for mark in marks), before)
            marks, before = [], at
    if marks and not (pieces[marks[0]].name == "on" and len(pieces) == 1):
        raise Trouble(matter_of(pieces[marks[-1]]), marks[-1:])
    return draft


def _read_act(draft: Draft, pieces: Sequence[Piece]) -> Act:
    named = [act for act in draft.names() if act not in {"here", "set"}]
    if len(named) > 1:
        raise Trouble(Matter.CLASH, range(len(pieces)), [_act(name).value for name in named[:3]])
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
    raise Trouble(Matter.CLASH, range(len(pieces)), (act.value, say(rest)))


def _read_schedule(draft: Draft) -> Wish:
    paces = {at: _PACES[piece.name] for at, piece in draft.of(Sort.PACE).items()}
    if len(set(paces.values())) > 1:
        names = {draft.rest[at].name: draft.rest[at].text for at in paces}
        raise Trouble(Matter.CLASH, list(paces), tuple(names.values()))
    pace = next(iter(paces.values()), None)
    wish = Wish(minute=_read_minute(draft), zone=_read_zone(draft), pace=pace)
    only, also, without = (draft.mask(mode) for mode in ("only", "also", "without"))
    if any(draft.rest[at].name == "weekly" for at in paces) and only.bit_count() > 1:
        names_of_days = [f"weekly on {write_days(day)}" for day in _each(only)][:2]
        raise Trouble(Matter.CLASH, [*paces, *draft.days], [f"on {write_days(only)}", *names_of_days])
    if draft.every and pace is None and not only:
        wish, also = replace(wish, pace=Pace.DAILY), also | WEEKDAYS
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
        if piece.name:
            raise Trouble(Matter.PAUSE, [at], [piece.name])
        if not 0 < piece.number <= LONGEST_PAUSE_DAYS:
            raise Trouble(Matter.PAUSE, [at])
        return Wish(Act.PAUSE, pause_days=piece.number)
    for piece in ends.values():
        return Wish(Act.PAUSE, pause_until=None if piece.date else piece.number, pause_date=piece.date)
    return None


def _each(days: int) -> Iterator[int]:
    """Its days, a mask each."""
    return (1 << weekday for weekday in range(7) if days >> weekday & 1)
