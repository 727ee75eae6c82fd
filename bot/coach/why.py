"""Question → the reasons for its match, so that an owner can mend the content instead of the code.

Nothing here decides anything: it asks the coach again, looks closely, and takes its time for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.bars import Bar, bars
from bot.coach.coach import Coach
from bot.coach.commands import TIPS_OFF, parse_command
from bot.coach.decision import (
    FOLLOW_UP_PREFIX,
    OFF_TOPIC,
    TOOL_PREFIX,
    Decision,
    Ranking,
    Standing,
    Verdict,
)
from bot.coach.handbook import Handbook
from bot.coach.lessons import lessons
from bot.coach.match import Match, MatchKind
from bot.coach.matching import Matcher
from bot.coach.phrases import Phrases
from bot.coach.question import Aspect, Question
from bot.coach.reading import CloseReading
from bot.coach.whole import ALONE
from bot.coach.wording import last_sentence, shorten, stem, without_small_talk, words

MOST_WORDS = 8
"""Words that are named as having decided."""
MOST_LIKELY = 5
"""Labels that are named with their scores."""
_MOST_LEFT_OUT = 60
"""Words that are left out in turn; each costs another look at the whole content."""
_LEAST_EFFECT = 0.005
"""Below this an effect would be shown as 0.00."""
_MOST_NEAREST = 3


class Ground(StrEnum):
    """What a match rests on; all but the last decide before any score does."""

    NOTHING_SAID = "nothing said"
    SIGN = "sign"
    THANKS = "thanks"
    CUE = "cue"
    """Words that ask for an aspect and nothing else."""
    CASE = "case"
    """A beginning that only asks how the thread's topic goes elsewhere."""
    PHRASING = "phrasing"
    LANGUAGE = "language"
    """In another language, and not safely understood."""
    GOES_ON = "goes on"
    """The scores were not sure, and the words go on from the thread."""
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The phrasing of a label that lies nearest to the question, with its likeness from 0 to 1."""

    label: str
    phrasing: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a question got its match."""

    match: Match
    ground: Ground
    cue: str | None
    """The words of the SIGN, the CUE or the beginning that decided."""
    last_sentence: str | None
    """The words of the last sentence, where that alone decided."""
    opens: str | None
    """What the words open as a command wherever people talk with the coach: a topic's id or a headline."""
    reading: CloseReading | None
    small_talk: tuple[str, ...]
    verdict: Verdict
    """What the scores allow, whether or not they were asked."""
    standing: Standing | None
    opponent: str | None
    """Of the labels that could have won instead, the one that came nearest to it; maybe off topic."""
    bars: tuple[Bar, ...]
    words: tuple[tuple[str, float], ...]
    """Words, and how much of the lead over the opponent is lost without each; best first."""
    nearest: tuple[Nearest, ...]
    """Of the likeliest label, its opponent and the choices; the likeliest first."""
    ranking: tuple[tuple[str, float], ...]


def explain(coach: Coach, question: Question) -> Reasons:
    """Find out why the coach takes a question as it does.

    Deterministic; takes about 0.05 seconds, and 0.3 for the longest text.
    """
    text = shorten(question.text)
    said = words(text)
    whole = coach.intents.rank(text, in_thread=question.topic is not None)
    first = coach.intents.judge(text, said, whole)
    (judged, ranking), _, rest = coach.intents.weigh(question, said, first)
    asked = said if first[1] is whole else words(last_sentence(text))
    letter = " ".join(asked) if first[1] is not whole else None
    asked = tuple(rest) if ranking is not first[1] else asked
    found = without_small_talk(asked)
    matcher = coach.matcher
    match = coach.match(question)
    ground = _ground(match, judged, said, ranking, coach.handbook)
    spoken = coach.spoken(parse_command(question.text))
    standing = judged.standing
    opponent = _opponent(standing, ranking)
    likely = [standing.label if standing else None, opponent, *match.choices]
    compared = list(dict.fromkeys(label for label in likely if label)) or [label for label, _ in ranking]
    return Reasons(
        match,
        ground,
        cue=_cue(match, ground, said, coach.handbook),
        last_sentence=letter,
        opens=(spoken.topic or spoken.headline) if spoken else None,
        reading=matcher.read(found),
        small_talk=_left_out(asked, found),
        verdict=judged.verdict,
        standing=standing,
        opponent=opponent,
        bars=bars(judged, ranking),
        words=_effects(matcher, found, standing.label, opponent) if standing else (),
        nearest=_nearest(matcher, coach.handbook, found, compared[:_MOST_NEAREST]),
        ranking=tuple((*_alone(match), *ranking)[:MOST_LIKELY]),
    )


def _alone(match: Match) -> Ranking:
    """The tool of a message that means something only where nothing else is said; it is not ranked."""
    return [(f"{TOOL_PREFIX}{match.tool}", 1.0)] if match.tool == TIPS_OFF else []


def _ground(
    match: Match, judged: Decision, said: Sequence[str], ranking: Ranking, handbook: Handbook
) -> Ground:
    """Tell from a match which of the coach's steps made it."""
    if match.thanks or (match.language is not None and match.kind is MatchKind.DECLINE):
        return Ground.THANKS if match.thanks else Ground.LANGUAGE
    if match.kind is MatchKind.REFER and _sign(handbook, match.referral, said):
        return Ground.SIGN
    if match.kind is MatchKind.FOLLOWUP:
        if match.score >= 1:
            return Ground.CASE if match.aspect is Aspect.FULL else Ground.CUE
        if not any(label.startswith(FOLLOW_UP_PREFIX) for label in judged.labels):
            return Ground.GOES_ON
    if not any(len(word) > 1 for word in said):
        return Ground.NOTHING_SAID
    return Ground.PHRASING if _alone(match) or (ranking and ranking[0][1] >= 1) else Ground.SCORES


def _sign(handbook: Handbook, referral: str | None, said: Sequence[str]) -> str | None:
    each = handbook.referrals.get(referral or "")
    found = without_small_talk(said)
    signs = [
        (sign, sign)
        for sign in (each.signs if each else ())
        if not sign.startswith(ALONE) or words(sign) == found
    ]
    return Phrases(signs, form=stem).find(said)


def _cue(match: Match, ground: Ground, said: Sequence[str], handbook: Handbook) -> str | None:
    if ground is Ground.SIGN:
        return _sign(handbook, match.referral, said)
    if ground not in {Ground.CUE, Ground.CASE, Ground.GOES_ON}:
        return None
    vocabulary = handbook.vocabulary
    cues = Phrases((cue, cue) for cue in (*vocabulary.aspects.get(match.aspect, ()), *vocabulary.other_side))
    return cues.find(said) or said[0]


def _left_out(asked: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    size = len(found)
    starts = (at for at in range(len(asked) - size + 1) if tuple(asked[at : at + size]) == tuple(found))
    start = next(starts, 0)
    return (*asked[:start], *asked[start + size :])


def _opponent(standing: Standing | None, ranking: Ranking) -> str | None:
    if standing is None:
        return None
    off_topic = any(label == OFF_TOPIC for label, _ in ranking) and standing.ahead < standing.lead
    return OFF_TOPIC if off_topic else standing.rival


def _effects(
    matcher: Matcher, found: Sequence[str], label: str, opponent: str | None
) -> tuple[tuple[str, float], ...]:
    def lead(kept: Sequence[str]) -> float:
        scores = matcher.compare(kept)
        return scores.get(label, 0.0) - scores.get(opponent or "", 0.0)

    whole = lead(found)
    effects = [
        (word, whole - lead([each for each in found if each != word]))
        for word in tuple(dict.fromkeys(found))[:_MOST_LEFT_OUT]
    ]
    strongest = sorted(effects, key=lambda effect: -abs(effect[1]))[:MOST_WORDS]
    shown = (effect for effect in strongest if abs(effect[1]) >= _LEAST_EFFECT)
    return tuple(sorted(shown, key=lambda effect: -effect[1]))


def _nearest(
    matcher: Matcher, handbook: Handbook, found: Sequence[str], labels: Sequence[str]
) -> tuple[Nearest, ...]:
    taught = lessons(handbook)
    numbers = ((label, matcher.nearest(found, label)) for label in labels)
    hits = ((label, taught[number][0]) for label, number in numbers if number is not None)
    return tuple(
        Nearest(label, text, matcher.liken(found, without_small_talk(words(text)))) for label, text in hits
    )
