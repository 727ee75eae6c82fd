"""What people say without naming the command → a wish about the tips, or nothing. Pure.

Three sorts: a wish that names the tips; a complaint about them; and a bare wish, a message that is nothing
but "stop" or "weekly please". What a bare wish is about depends on how things stand; see `taking`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from bot.coach.commands import Verb
from bot.tips import bare_words, lexicon
from bot.tips.card import LABELS
from bot.tips.card import Act as Press
from bot.tips.draft import read_wish
from bot.tips.marks import Trouble
from bot.tips.pieces import Piece, Sort, read, tokens
from bot.tips.wish import Act, Matter, Misread, Wish
from bot.tips.wishes import find_complaint, find_wish, names_tips, parse_wish

_LONGEST = 12
"""Words of a bare wish."""
_LIKENESS = 0.8
_SLIPS = frozenset({Matter.HOUR, Matter.DAYS, Matter.ZONE})
_LONGEST_SLIP = 3
"""Words of it."""
_ON_A_TIP = {tokens(LABELS[press]): press for press in (Press.TRIED, Press.LATER, Press.NOT_FOR_ME)}
"""What is written on the buttons of a tip, and may be typed instead."""
_REPLIES = {tokens(text): name for name, texts in bare_words.REPLIES.items() for text in texts}
_NAMES = frozenset({Sort.TIP, Sort.THING})
_CORE = frozenset({Sort.ACT, Sort.PACE})
_REST = frozenset({Sort.SPAN, Sort.UNTIL, Sort.HOUR, Sort.DAYS, Sort.PART, Sort.ZONE, Sort.MARK})
"""What may stand beside an act: when, and where."""
_LETTERS = re.compile(r"[a-z]*")
_FIRST = frozenset(
    text.partition(" ")[0]
    for texts in (
        *(*lexicon.ACTS.values(), *lexicon.PACES.values(), *lexicon.MOODS.values(), lexicon.TALK["away"]),
        *(bare_words.AROUND, bare_words.ASKING, bare_words.CALLING, lexicon.TIPS, lexicon.THINGS),
        *(tuple(map(" ".join, _ON_A_TIP)), tuple(map(" ".join, _REPLIES))),
    )
    for text in texts
) - {"what", "which", "when", "at", "on"}
"""With what a short message about the tips begins; what asks to be shown something names them."""
_ASKED = re.compile(r"\?\s*$")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text says about the tips."""

    wish: Wish | Misread
    """Of a `press` or a `reply` it says nothing."""
    is_bare: bool = False
    """Whether it names no tips: then it counts only where they can be meant."""
    press: Press | None = None
    """The button of a tip whose words were typed."""
    reply: str = ""
    """`yes` or `no`."""
    is_clear: bool = True
    """Whether no word of the text can be about anything but what we send."""

    @property
    def complains(self) -> bool:
        """Whether it says that something is wrong, and not what is to be done."""
        return isinstance(self.wish, Misread) and self.wish.kind is Matter.COMPLAINT

    @property
    def stops(self) -> bool:
        """Whether somebody wants no more of what comes, or less."""
        return self.complains or self.act is Act.OFF

    @property
    def act(self) -> Act | None:
        """What is to be done; None where that is not clear."""
        return self.wish.act if isinstance(self.wish, Wish) else None


def hear(text: str) -> Heard | None:
    """Find what a text says about the tips; None where it is about anything else."""
    wish = find_wish(text) or _find_command(text)
    if wish is not None:
        return Heard(wish, is_clear=all(piece.sort is not Sort.UNKNOWN for piece in read(tokens(text))))
    if not _may_be_short(text):
        return None
    said = tokens(text)
    complaint = find_complaint(said)
    if complaint is not None:
        return Heard(complaint, is_bare=not names_tips(said))
    if said in _ON_A_TIP or said in _REPLIES:
        return Heard(Wish(Act.SHOW), is_bare=True, press=_ON_A_TIP.get(said), reply=_REPLIES.get(said, ""))
    pieces = _read_bare(said)
    bare = _find_bare(pieces, asked=_ASKED.search(text) is not None)
    is_clear = not any(piece.text in bare_words.PLAIN for piece in pieces)
    return Heard(bare, is_bare=True, is_clear=is_clear) if bare else None


def _may_be_short(text: str) -> bool:
    """Whether it is worth while to read a text as a short one: most questions begin with other words."""
    found = text.split(maxsplit=_LONGEST)
    if not 0 < len(found) <= _LONGEST:
        return False
    first = _LETTERS.match(found[0].casefold())
    return first is None or first[0] != found[0].casefold() or first[0] in _FIRST


def _find_command(text: str) -> Wish | Misread | None:
    """What is said as behind the slash, as far as all of it is understood: else it may be a question.

    A slip in "daily" passes where a whole wish stands behind it; one behind "daily" is asked back.
    """
    first, _, words = text.strip().partition(" ")
    name = first.casefold()
    if name != Verb.DAILY and not (words and get_close_matches(name, [Verb.DAILY], cutoff=_LIKENESS)):
        return None
    wish = parse_wish(words)
    if isinstance(wish, Wish) or (name == Verb.DAILY and _is_slip(tokens(words), wish)):
        return wish
    return None


def _is_slip(said: Sequence[str], wish: Misread) -> bool:
    """Whether it can hardly be a question: "at 25:00", "on mondy", "in Lisbn", "offf"."""
    if wish.kind is Matter.WORDS:
        return len(said) == 1 and bool(get_close_matches(said[0], wish.nearest, cutoff=_LIKENESS))
    return wish.kind in _SLIPS and len(said) <= _LONGEST_SLIP and said[0] in {"at", "on", "in"}


def _read_bare(said: Sequence[str]) -> Sequence[Piece]:
    """The pieces of a message that may be nothing but a wish; none, and soon so, of any other."""
    pieces: list[Piece] = []
    for piece in read(said):
        if not _is_bare(piece, pieces):
            return ()
        pieces.append(piece)
    return pieces


def _find_bare(pieces: Sequence[Piece], *, asked: bool) -> Wish | None:
    acts = [piece for piece in pieces if piece.sort in _CORE]
    if not acts:
        return None
    begins = {piece.text for piece in pieces if piece.sort is Sort.TALK}
    asks = bool(begins & bare_words.ASKING)
    if asked and not asks and not begins & bare_words.CALLING and not acts[0].text.startswith("why "):
        return None
    doubted = bare_words.NOT_ALONE | (bare_words.PLAIN if asks else frozenset())
    if any(piece.text in doubted for piece in acts) and not any(piece.sort in _NAMES for piece in pieces):
        return None
    try:
        wish = read_wish(pieces)
    except Trouble:
        return None
    return None if wish.act is Act.SHOW else wish


def _is_bare(piece: Piece, before: Sequence[Piece]) -> bool:
    """Whether a piece may stand behind others in a message that is nothing but a wish."""
    if piece.sort is not Sort.TALK:
        return piece.sort in _CORE | _NAMES | _REST
    if piece.text in bare_words.NEVER_BEFORE:
        return any(each.sort in _CORE for each in before)
    return piece.name == "away" or piece.text in bare_words.AROUND | bare_words.ASKING | bare_words.CALLING
