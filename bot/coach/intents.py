"""Question → Match: follow-ups by their words, everything else by the matcher."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coach import decision
from bot.coach.continuing import continues, is_case, names_a_case, points_back
from bot.coach.cues import SIDES, Cues, turned
from bot.coach.decision import OFF_TOPIC, Decision, Ranking, Verdict, decide
from bot.coach.handbook import OTHER_SIDE, Handbook
from bot.coach.languages import Languages
from bot.coach.match import Match, MatchKind, Scored
from bot.coach.matching import Matcher
from bot.coach.phrases import Phrases
from bot.coach.question import Aspect, Question
from bot.coach.topics import Kind
from bot.coach.whole import ALONE, whole
from bot.coach.wording import last_sentence, only_thanks, shorten, stem, without_small_talk, words

Said = Sequence[str]

_Judged = tuple[Decision, Ranking]

MAX_RUNNERS_UP = 3

_SHORTEST_LETTER = 35
"""Words; in a shorter text the sentences before the question are part of it."""
_SAFE_KINDS = frozenset({MatchKind.ANSWER, MatchKind.TOOL, MatchKind.REFER})
"""What a question in another language may turn out to be; of all else too little is understood."""


def signs(handbook: Handbook) -> Phrases[str]:
    """The words that are enough for a referral, each with the referral's id."""
    referrals = handbook.referrals.values()
    anywhere = ((sign, each.id) for each in referrals for sign in each.signs if not sign.startswith(ALONE))
    return Phrases(anywhere, form=stem)


def fit(handbook: Handbook, pairs: Sequence[tuple[str, str]]) -> Matcher:
    """Learn these questions in the handbook's vocabulary; all of its own take a second or two."""
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
        self._whole = whole(handbook)
        self._languages = Languages(handbook.spoken)

    def match(self, question: Question) -> Match:
        """Find out what a question is about, in its thread."""
        if question.topic not in self._topics:
            question = replace(question, topic=None)
        text = shorten(question.text)
        said = words(text)
        role = self._cues.find_role(said) or question.role
        asks = any(len(word) > 1 for word in said)
        match = self._understand(question, text, said) if asks else Match(MatchKind.DECLINE)
        language = self._languages.find_language(said)
        if language is not None and match.kind not in _SAFE_KINDS:
            match = Match(MatchKind.DECLINE)
        return replace(match, role=role, language=language)

    def _understand(self, question: Question, text: str, said: Said) -> Match:
        referral = self._signs.find(said)
        if referral is not None:
            return Match(MatchKind.REFER, referral=referral, score=1.0)
        if alone := self._whole.get(without_small_talk(said)):
            return alone
        if only_thanks(said):
            return Match(MatchKind.DECLINE, thanks=True)
        ranked = self.rank(text, in_thread=question.topic is not None)
        whole = self.judge(text, said, ranked)
        if _refers(whole):
            return self._matched(whole, said, question, Aspect.FULL)
        asked_for = None if _is_phrasing(ranked) else self._find_follow_up(question, said, whole)
        if asked_for is not None:
            return Match(MatchKind.FOLLOWUP, question.topic, asked_for, score=1.0)
        return self._understand_scores(question, said, whole)

    def _find_follow_up(self, question: Question, said: Said, whole: _Judged) -> Aspect | None:
        """What words that ask for nothing else ask of the thread's topic."""
        asked_for = self._cues.find_follow_up(without_small_talk(said), question.aspect)
        if asked_for is not None and _has_a_thread(question, asked_for):
            return asked_for
        is_case = question.topic is not None and names_a_case(said) and not _follows(whole)
        return Aspect.FULL if is_case else None

    def weigh(self, question: Question, said: Said, whole: _Judged) -> tuple[_Judged, Aspect, Said]:
        """Find the aspect that a question asks for, and judge what is left where that says more.

        Gives the judgement that counts, the aspect, and the words left where those were judged, else none.
        """
        _, ranked = whole
        aspect, rest = self._cues.find_aspect(_asking(question.text, said))
        if aspect is None or _is_phrasing(ranked):
            return whole, Aspect.FULL, ()
        is_of_thread = question.topic is not None and is_case(rest)
        if is_of_thread or not self._cues.content(rest):
            rest = ()
        judged = self._judge_rest(whole, aspect, rest)
        return judged, aspect, rest

    def _understand_scores(self, question: Question, said: Said, whole: _Judged) -> Match:
        (judged, ranked), aspect, rest = self.weigh(question, said, whole)
        if judged.verdict is not Verdict.SURE and question.topic is not None and not _is_off_topic(ranked):
            hint = self._cues.find_hint(said)
            follows = hint is not None or continues(said)
            if follows and not (judged.verdict is Verdict.UNSURE and self._stands_alone(said, rest, hint)):
                return Match(MatchKind.FOLLOWUP, question.topic, hint or Aspect.FULL, score=judged.confidence)
        return self._matched((judged, ranked), said, question, aspect)

    def _stands_alone(self, said: Said, rest: Said, hint: Aspect | None) -> bool:
        """Whether a question in a thread, of which something is understood, names its own subject."""
        if rest:
            return True
        about = self._cues.content(said, hint)
        return len(about) > (hint is not None) and not points_back(said)

    def rank(self, text: str, *, in_thread: bool) -> Ranking:
        """Rank the labels; out of a thread a follow-up stands behind all that may be meant by itself."""
        ranked: Ranking = self._matcher.rank(text)
        if in_thread or not ranked:
            return ranked
        alone = [entry for entry in ranked if not entry[0].startswith(decision.FOLLOW_UP_PREFIX)]
        leads = ranked[0][0].startswith(decision.FOLLOW_UP_PREFIX)
        if not leads or decide(alone, self._related).verdict is Verdict.SURE:
            return alone
        return ranked if _follows((decide(ranked, self._related), ranked)) else alone

    def judge(self, text: str, said: Said, ranked: Ranking) -> _Judged:
        """Judge the whole text or, where a letter is not clear, its last sentence: there letters ask."""
        judged = decide(ranked, self._related)
        if judged.verdict is Verdict.SURE or len(said) < _SHORTEST_LETTER:
            return judged, ranked
        asked = last_sentence(text)
        ranked_asked = self.rank(asked, in_thread=False)
        judged_asked = decide(ranked_asked, self._related)
        return (judged_asked, ranked_asked) if judged_asked.verdict is Verdict.SURE else (judged, ranked)

    def _judge_rest(self, whole: _Judged, aspect: Aspect, rest: Said) -> _Judged:
        """Judge what is left without an aspect's words, where the whole is not sure or is about those words.

        The words that ask for a side name a leader or a manager: only without them does the topic show. And
        what is left names a topic of its own, so that the whole does not follow the thread's.
        """
        if not rest:
            return whole
        ranked = self.rank(" ".join(rest), in_thread=False)
        judged = decide(ranked, self._related)
        is_sure, follows = whole[0].verdict is Verdict.SURE, _follows(whole)
        names_a_side = aspect in SIDES and self._topics.keys() & set(whole[0].labels) - set(judged.labels)
        better = (
            judged.verdict is Verdict.SURE
            if follows
            else judged.verdict is not Verdict.UNKNOWN and not is_sure
        )
        return (judged, ranked) if names_a_side or better else whole

    def _matched(self, found: _Judged, said: Said, question: Question, aspect: Aspect) -> Match:
        judged, ranked = found
        match = Match(
            MatchKind.ANSWER,
            aspect=aspect,
            score=judged.confidence,
            runners_up=self._runners_up(judged, ranked),
        )
        if judged.verdict is Verdict.SURE:
            return self._sure(judged.labels[0], said, match, question)
        kind = MatchKind.CHOICES if judged.verdict is Verdict.UNSURE else MatchKind.DECLINE
        return replace(match, kind=kind, choices=judged.labels, off_topic=_is_off_topic(ranked))

    def _sure(self, label: str, said: Said, match: Match, question: Question) -> Match:
        sort, _, name = label.rpartition(":")
        match f"{sort}:":
            case decision.TOOL_PREFIX:
                return replace(match, kind=MatchKind.TOOL, tool=name)
            case decision.REFERRAL_PREFIX:
                return replace(match, kind=MatchKind.REFER, referral=name)
            case decision.FOLLOW_UP_PREFIX:
                asked_for = turned(question.aspect) if name == OTHER_SIDE else Aspect(name)
                return replace(match, kind=MatchKind.FOLLOWUP, topic=question.topic, aspect=asked_for)
            case decision.QUOTE_PREFIX:
                return replace(match, topic=self._quotes[name].topic, quote=name)
        tasks = self._tasks.get(label)
        if match.aspect is Aspect.WHY and self._topics[label].kind is Kind.WHY_BOTH:
            match = replace(match, aspect=Aspect.FULL)  # The whole of such a topic says why.
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


def _refers(whole: _Judged) -> bool:
    """Whether this is beyond coaching: then it is no follow-up, whatever words it borrows from one."""
    judged, _ = whole
    return judged.verdict is Verdict.SURE and judged.labels[0].startswith(decision.REFERRAL_PREFIX)


def _follows(whole: _Judged) -> bool:
    """Whether the scores say for sure that a question only goes on with another."""
    judged, _ = whole
    return judged.verdict is Verdict.SURE and judged.labels[0].startswith(decision.FOLLOW_UP_PREFIX)


def _is_phrasing(ranked: Ranking) -> bool:
    """Whether the question is, word for word, one that a topic or a tool claims."""
    return bool(ranked) and ranked[0][1] >= 1 and ranked[0][0] != OFF_TOPIC


def _is_off_topic(ranked: Ranking) -> bool:
    return bool(ranked) and ranked[0][0] == OFF_TOPIC


def _asking(text: str, said: Said) -> Said:
    """The words to look for an aspect in: all of them, or of a letter its last sentence."""
    return said if len(said) < _SHORTEST_LETTER else words(last_sentence(shorten(text)))
