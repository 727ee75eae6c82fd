"""Question → Match: follow-ups by their words, everything else by the matcher."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coach import decision
from bot.coach.cues import Cues
from bot.coach.decision import OFF_TOPIC, Decision, Ranking, Verdict, decide
from bot.coach.handbook import Handbook
from bot.coach.match import Match, MatchKind, Scored
from bot.coach.matching import Matcher
from bot.coach.phrases import Phrases
from bot.coach.question import Aspect, Question
from bot.coach.wording import last_sentence, only_thanks, shorten, stem, without_small_talk, words

Said = Sequence[str]

MAX_RUNNERS_UP = 3

_CONTINUATIONS = frozenset({"and", "what", "how", "so", "but"})
"""First words of a question that goes on from the one before."""
_CASES = frozenset(
    (*opening, preposition)
    for opening in (
        ("and",),
        ("but",),
        ("so",),
        ("what", "about"),
        ("how", "about"),
        ("and", "what", "about"),
    )
    for preposition in ("for", "in", "with", "at", "as", "on", "during", "if", "when")
)
"""Beginnings that name no topic, but a case of the one before."""
_LONGEST_CONTINUATION = 7
"""Words; a longer question stands for itself."""


def signs(handbook: Handbook) -> Phrases[str]:
    """The words that are enough for a referral, each with the referral's id."""
    referrals = handbook.referrals.values()
    return Phrases(((sign, each.id) for each in referrals for sign in each.signs), form=stem)


def fit(handbook: Handbook, pairs: Sequence[tuple[str, str]]) -> Matcher:
    """Learn these questions in the handbook's vocabulary; all of its own take about half a second."""
    matcher = Matcher(handbook.vocabulary.synonyms, handbook.vocabulary.kin)
    matcher.fit(pairs)
    return matcher


class Intents:
    """What people may mean, learned from one handbook. Deterministic."""

    def __init__(self, handbook: Handbook, matcher: Matcher) -> None:
        self._cues = Cues(handbook.vocabulary)
        self._topics = handbook.topics
        self._related = {topic.id: topic.see_also for topic in handbook.topics.values()}
        self._quotes = handbook.quotes
        self._tasks = {
            topic.id: Phrases(
                ((name, str(number)) for number, task in enumerate(topic.tasks) for name in task.names),
                form=stem,
            )
            for topic in handbook.topics.values()
            if topic.tasks
        }
        self._matcher = matcher
        self._signs = signs(handbook)

    def match(self, question: Question) -> Match:
        """Find out what a question is about, in its thread."""
        text = shorten(question.text)
        said = words(text)
        role = self._cues.find_role(said) or question.role
        asks = any(len(word) > 1 for word in said)
        match = self._understand(question, text, said) if asks else Match(MatchKind.DECLINE)
        return replace(match, role=role)

    def _understand(self, question: Question, text: str, said: Said) -> Match:
        referral = self._signs.find(said)
        if referral is not None:
            return Match(MatchKind.REFER, referral=referral, score=1.0)
        if only_thanks(said):
            return Match(MatchKind.DECLINE, thanks=True)
        ranked: Ranking = self._matcher.rank(text)
        follow_up = self._cues.find_follow_up(without_small_talk(said), question.aspect)
        if follow_up is not None and not _is_phrasing(ranked) and _has_a_thread(question, follow_up):
            return Match(MatchKind.FOLLOWUP, question.topic, follow_up, score=1.0)
        if question.topic is not None and not _is_phrasing(ranked) and _names_a_case(said):
            return Match(MatchKind.FOLLOWUP, question.topic, score=1.0)
        judged, ranked = self._judge(text, said, ranked)
        if judged.verdict is not Verdict.SURE and question.topic is not None and not _is_off_topic(ranked):
            hint = self._cues.find_hint(said)
            if hint is not None or _continues(said):
                return Match(MatchKind.FOLLOWUP, question.topic, hint or Aspect.FULL, score=judged.confidence)
        return self._matched(judged, ranked, said)

    def _judge(self, text: str, said: Said, ranked: Ranking) -> tuple[Decision, Ranking]:
        """Judge the whole text or, where that is not sure, its last sentence: there letters ask."""
        judged = decide(ranked, self._related)
        asked = last_sentence(text)
        if judged.verdict is Verdict.SURE or words(asked) == said:
            return judged, ranked
        ranked_asked = self._matcher.rank(asked)
        judged_asked = decide(ranked_asked, self._related)
        return (judged_asked, ranked_asked) if judged_asked.verdict is Verdict.SURE else (judged, ranked)

    def _matched(self, judged: Decision, ranked: Ranking, said: Said) -> Match:
        match = Match(
            MatchKind.ANSWER,
            aspect=self._cues.find_aspect(said) or Aspect.FULL,
            score=judged.confidence,
            runners_up=self._runners_up(judged, ranked),
        )
        if judged.verdict is Verdict.SURE:
            return self._sure(judged.labels[0], said, match)
        kind = MatchKind.CHOICES if judged.verdict is Verdict.UNSURE else MatchKind.DECLINE
        return replace(match, kind=kind, choices=judged.labels, off_topic=_is_off_topic(ranked))

    def _sure(self, label: str, said: Said, match: Match) -> Match:
        sort, _, name = label.rpartition(":")
        match f"{sort}:":
            case decision.TOOL_PREFIX:
                return replace(match, kind=MatchKind.TOOL, tool=name)
            case decision.REFERRAL_PREFIX:
                return replace(match, kind=MatchKind.REFER, referral=name)
            case decision.QUOTE_PREFIX:
                return replace(match, topic=self._quotes[name].topic, quote=name)
        tasks = self._tasks.get(label)
        return replace(match, topic=label, task=tasks.find(said) if tasks else None)

    def find_quote(self, text: str) -> str | None:
        """The well-known line that a text comes nearest to, however far it is; None where nothing is near."""
        labels = (label for label, _ in self._matcher.rank(text) if label.startswith(decision.QUOTE_PREFIX))
        return next((label.removeprefix(decision.QUOTE_PREFIX) for label in labels), None)

    def _runners_up(self, judged: Decision, ranked: Ranking) -> tuple[Scored, ...]:
        """The best topics that the verdict is not about."""
        others = (
            Scored(*each) for each in ranked if each[0] in self._topics and each[0] not in judged.labels
        )
        return tuple(each for each, _ in zip(others, range(MAX_RUNNERS_UP), strict=False))


def _has_a_thread(question: Question, aspect: Aspect) -> bool:
    """Whether there is something to follow; "leaders?" out of the blue is a question of its own."""
    return question.topic is not None or aspect not in {Aspect.LEADERSHIP, Aspect.MANAGEMENT}


def _is_phrasing(ranked: Ranking) -> bool:
    """Whether the question is, word for word, one that a topic or a tool claims."""
    return bool(ranked) and ranked[0][1] >= 1 and ranked[0][0] != OFF_TOPIC


def _is_off_topic(ranked: Ranking) -> bool:
    return bool(ranked) and ranked[0][0] == OFF_TOPIC


def _names_a_case(said: Said) -> bool:
    """Whether a question only asks how a topic goes elsewhere: "and for a small team?"."""
    return _continues(said) and any(tuple(said[:count]) in _CASES for count in (2, 3, 4))


def _continues(said: Said) -> bool:
    return len(said) <= _LONGEST_CONTINUATION and said[0] in _CONTINUATIONS
