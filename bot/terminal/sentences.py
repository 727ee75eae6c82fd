"""Reasons → sentences for the owners of the content: what became of a question, why, and what to do."""

from collections.abc import Iterator, Sequence

from bot.coach.bars import Bar, Measure
from bot.coach.decision import (
    FOLLOW_UP_PREFIX,
    OFF_TOPIC,
    QUOTE_PREFIX,
    REFERRAL_PREFIX,
    TOOL_PREFIX,
    Verdict,
    is_topic,
)
from bot.coach.labels import ASPECT_LABELS
from bot.coach.match import Match, MatchKind
from bot.coach.question import Aspect
from bot.coach.why import Ground, Reasons

_SORTS = {
    TOOL_PREFIX: "the tool",
    REFERRAL_PREFIX: "the referral",
    QUOTE_PREFIX: "the quote",
    FOLLOW_UP_PREFIX: "the follow-up",
}
_GROUNDS = {
    Ground.NOTHING_SAID: "There is no word to go by.",
    Ground.SIGN: "“{cue}” is a sign of the referral {referral}: it decides before any score.",
    Ground.THANKS: "The words do nothing but thank, agree or say goodbye.",
    Ground.CUE: "“{cue}” asks for an aspect, and the other words for nothing else: a follow-up.",
    Ground.CASE: "It begins with “{cue}” and only asks how the topic goes elsewhere: a follow-up.",
    Ground.LANGUAGE: "It is in another language, and no score is sure: only the polite sentence is said.",
    Ground.PHRASING: "Word for word, it is a phrasing of {winner}.",
    Ground.GOES_ON: "No score was sure, and “{cue}” goes on from the thread's topic: a follow-up.",
}
_MORE = "add two or three phrasings in other words"
_NOT_OURS = "If none should, add the question to off-topic.yaml."


def named(label: str) -> str:
    """Name what can win: a topic by its id, everything else in words."""
    sort, _, name = label.rpartition(":")
    if label == OFF_TOPIC:
        return "off topic"
    return f"{_SORTS[f'{sort}:']} {name}" if f"{sort}:" in _SORTS else label


def outcome(reasons: Reasons) -> str:
    """What became of the question."""
    match = reasons.match
    if match.kind is MatchKind.CHOICES:
        return f"It is asked back: {_listed(match.choices, 'or')}?"
    if match.kind is MatchKind.REFER:
        return f"It goes to the referral {match.referral}."
    if match.kind is MatchKind.TOOL:
        return f"It is taken for the tool {match.tool}."
    if match.kind is MatchKind.DECLINE:
        return _declined(reasons)
    if match.topic is None:
        return "It is taken for a follow-up, and there is no thread to follow: it is asked back."
    done = "follows up on" if match.kind is MatchKind.FOLLOWUP else "is answered with"
    return f"It {done} {_answer(match)}."


def _declined(reasons: Reasons) -> str:
    if reasons.ground is Ground.NOTHING_SAID:
        return "Nothing is asked."
    if reasons.match.thanks:
        return "It is taken for thanks or a goodbye."
    if reasons.ground is Ground.LANGUAGE:
        return f"It is taken for {(reasons.match.language or '').capitalize()}."
    return (
        "It is taken for another subject." if reasons.match.off_topic else "Nothing comes near enough to it."
    )


def _answer(match: Match) -> str:
    of = f" of {match.topic}"
    if match.quote is not None:
        return f"the quote {match.quote}{of}"
    if match.task is not None:
        return f"task {int(match.task) + 1}{of}"
    return (match.topic or "") if match.aspect is Aspect.FULL else f"“{ASPECT_LABELS[match.aspect]}”{of}"


def _listed(names: Sequence[str], joined: str) -> str:
    *others, last = names
    return f"{', '.join(others)} {joined} {last}" if others else last


def decided(reasons: Reasons) -> Iterator[str]:
    """What decided, a sentence for each number that did."""
    if reasons.ground is Ground.SCORES:
        yield from _by_scores(reasons)
    else:
        winner = named(reasons.ranking[0][0]) if reasons.ranking else ""
        sentence = _GROUNDS[reasons.ground]
        yield sentence.format(cue=reasons.cue, referral=reasons.match.referral, winner=winner)


def _by_scores(reasons: Reasons) -> Iterator[str]:
    if reasons.verdict is Verdict.SURE:
        yield "The scores: every number below is high enough."
        return
    decisive = [bar for bar in reasons.bars if bar.decides(reasons.verdict)]
    yield from map(_sentence, decisive)
    if not decisive:
        yield "The scores: there are not two topics near enough to ask back."


def _sentence(bar: Bar) -> str:
    done = (
        "taken" if bar.measure is not Measure.LEAD and bar.label and not is_topic(bar.label) else "answered"
    )
    asked = "" if bar.asked_back_from is None else f", asked back from {bar.asked_back_from:.2f}"
    name = measured(bar)
    return f"{name[0].upper()}{name[1:]}: {bar.value:.2f}. It is {done} from {bar.answered_from:.2f}{asked}."


def measured(bar: Bar) -> str:
    """Name the number that a bar is about."""
    if bar.measure is Measure.LEAD:
        return f"lead over {named(bar.label)}" if bar.label else "lead"
    return f"{bar.measure} of {named(bar.label)}" if bar.measure is not Measure.AHEAD else bar.measure.value


def advice(reasons: Reasons) -> str:
    """One line for the owner."""
    match, cue = reasons.match, reasons.cue
    match reasons.ground:
        case Ground.NOTHING_SAID | Ground.THANKS | Ground.LANGUAGE:
            return "Nothing."
        case Ground.SIGN:
            where = f"referrals/{match.referral}.yaml"
            return f"Nothing, if it must never be coached. If it may be, narrow the sign “{cue}” in {where}."
        case Ground.CUE | Ground.CASE | Ground.GOES_ON:
            return (
                "Nothing, if it goes on from the thread. If it is a question of its own, add it, word for "
                "word, to the phrasings of the topic that should win."
            )
        case Ground.PHRASING:
            owner = reasons.ranking[0][0]
            where = "off-topic.yaml" if owner == OFF_TOPIC else named(owner)
            return f"Nothing, if that is right. If not, take the phrasing out of {where}."
    return _advice_on_scores(reasons)


def _advice_on_scores(reasons: Reasons) -> str:
    match = reasons.match
    if match.kind is MatchKind.CHOICES:
        between = _listed(match.choices, "and")
        return f"It is asked back between {between}: {_MORE} to the one that should win. {_NOT_OURS}"
    if match.kind is not MatchKind.DECLINE:
        return f"Nothing, if that is right. If not, {_MORE} to the one that should win."
    nearest = f" ({match.choices[0]} comes nearest)" if match.choices else ""
    if match.off_topic:
        return f"Nothing, if it is another subject. If it is one of yours, {_MORE} to its topic{nearest}."
    return f"If a topic should answer{nearest}, {_MORE} to it. {_NOT_OURS}"
