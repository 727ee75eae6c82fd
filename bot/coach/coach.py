"""The coach: Question → Match → Answer, over one handbook."""

from dataclasses import replace
from functools import lru_cache

from bot.coach import composing, tools
from bot.coach.answer import Answer, Part
from bot.coach.commands import Command, Verb
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook
from bot.coach.intents import Intents, fit
from bot.coach.lessons import lessons
from bot.coach.match import Match, MatchKind
from bot.coach.matching import Matcher
from bot.coach.names import Names
from bot.coach.question import Ask, Aspect, Question, Role
from bot.coach.topics import Kind, Topic

REMEMBERED_ANSWERS = 1024
"""About 3 MiB; what people ask is mostly what others have asked."""

_WITHOUT_DATABASE = {
    Verb.DAILY: DailyText.NO_PLATFORM,
    Verb.EXPORT: DailyText.MEMORY_ONLY,
    Verb.FORGET: DailyText.MEMORY_ONLY,
}
_NAMED_KINDS = {Verb.DIFFERENCE: (Kind.DIFFERENCE,), Verb.DEFINE: (Kind.OVERVIEW,)}


class Coach:
    """Everything the coach can be asked, answered from one handbook.

    Deterministic: the same question gets the same answer. Using one changes nothing, so that it can be
    shared and swapped.

    Args:
        handbook: What there is to say.
        matcher: One that was fitted to this handbook before; without one it is fitted now.
    """

    def __init__(self, handbook: Handbook, matcher: Matcher | None = None) -> None:
        self.handbook = handbook
        self.matcher = matcher or fit(handbook, lessons(handbook))
        self.intents = Intents(handbook, self.matcher)
        self._names = {
            verb: Names(topic for topic in handbook.topics.values() if topic.kind in kinds)
            for verb, kinds in _NAMED_KINDS.items()
        }
        self._explained = lru_cache(maxsize=REMEMBERED_ANSWERS)(self._explain)
        self.suggestions = tuple(
            next(topic.id for topic in handbook.topics.values() if topic.kind is kind)
            for kind in (Kind.OVERVIEW, Kind.DIFFERENCE)
        )
        """The topics to show to someone who has not asked anything yet."""

    def match(self, question: Question) -> Match:
        """Find out what a question is about."""
        return self.intents.match(question)

    def answer(self, match: Match, *, tip: int = 0) -> Answer:
        """Say what a match calls for.

        Args:
            match: The outcome of `match`.
            tip: Which tip to give where one is asked for, counted from 0 and round again.
        """
        answer = self._answer(match, tip)
        if match.language is None:
            return answer
        language = self.handbook.spoken.get(match.language)
        asks = (language.asks,) if match.kind is MatchKind.DECLINE else ()
        return replace(answer, lead="\n\n".join((" ".join((language.says, *asks)), answer.lead)))

    def _answer(self, match: Match, tip: int) -> Answer:
        if match.quote is not None:
            return self._check_quote(match.quote)
        if match.task is not None:
            return self.press(Ask(match.topic, item=match.task))
        if match.kind in {MatchKind.ANSWER, MatchKind.FOLLOWUP} and match.topic is not None:
            return self._explained(match.topic, match.aspect, match.role, match.kind)
        if match.tool is not None:
            return self.press(Ask(tool=match.tool), tip=tip)
        if match.referral is not None:
            return tools.refer(self.handbook.referrals[match.referral])
        return self._ask_back(match)

    def press(self, ask: Ask, *, tip: int = 0) -> Answer:
        """Answer a button. One from older content, or forged, gets the topics to choose from."""
        topic = self.handbook.topics.get(ask.topic or "")
        if topic is not None and ask.item is not None:
            return self._sort_task(topic, ask)
        if topic is not None:
            return self._explained(topic.id, ask.aspect, ask.role, MatchKind.ANSWER)
        if ask.tool == "tip":
            tips = self.handbook.tips
            chosen = next((each for each in tips if each.id == ask.item), tips[tip % len(tips)])
            return tools.give_tip(self.handbook, chosen)
        if ask.tool == "quote":
            return self._check_quote(ask.item)
        tool = self.handbook.tools.get(ask.tool or "")
        return tools.show_tool(tool) if tool else self._list(ask.item)

    def welcome(self) -> Answer:
        """The first words to someone who has asked nothing yet."""
        return tools.welcome(self.handbook, self.suggestions)

    def command(self, command: Command) -> Answer | None:
        """Answer a command, except a question or a tip, which need the thread: None.

        What is kept of people is told elsewhere; here nothing is.
        """
        match command.verb:
            case Verb.WELCOME:
                return self.welcome()
            case Verb.TOPICS:
                return tools.list_kinds(self.handbook)
            case Verb.HELP | Verb.PRIVACY | Verb.SOURCES | Verb.DAILY | Verb.EXPORT | Verb.FORGET:
                return self._say(command.verb)
            case Verb.QUOTE:
                return self._check_quote(self.intents.find_quote(command.rest))
            case Verb.DIFFERENCE | Verb.DEFINE:
                return self._named(command)
        return None

    def without_tips(self, *, is_bare: bool, stops: bool) -> Answer | None:
        """Answer a wish about the daily tip where none can come; None where it may be about anything else.

        Args:
            is_bare: Whether it names no tips.
            stops: Whether it wants fewer, or none.
        """
        if is_bare and not stops:
            return None
        if is_bare:
            return replace(tools.say_daily(self.handbook, DailyText.NOTHING_TO_STOP), steps=())
        return tools.say_daily(self.handbook, DailyText.NO_PLATFORM)

    def spoken(self, command: Command) -> Answer | None:
        """Answer a command that was said without its slash; None where it reads better as a question."""
        if command.verb is Verb.TOPICS:
            return tools.list_kinds(self.handbook)
        return self._find(command) if command.verb in _NAMED_KINDS and command.rest else None

    def _say(self, verb: Verb) -> Answer:
        text = _WITHOUT_DATABASE.get(verb)
        if text is not None:
            return tools.say_daily(self.handbook, text)
        return tools.show_tool(self.handbook.tools[verb])

    def _named(self, command: Command) -> Answer:
        if not command.rest:
            return tools.list_topics(self.handbook, _NAMED_KINDS[command.verb])
        return self._find(command) or self._by_question(command)

    def _find(self, command: Command) -> Answer | None:
        topic = self._names[command.verb].find(command.rest)
        return self.press(Ask(topic)) if topic is not None else None

    def _by_question(self, command: Command) -> Answer:
        """A name that is none may still be a question; if not, there is a list to choose from."""
        match = self.match(Question(command.question))
        if match.kind is MatchKind.ANSWER:
            return self.answer(match)
        listed = tools.list_topics(self.handbook, _NAMED_KINDS[command.verb])
        return replace(listed, lead=self.handbook.replies.not_written)

    def _explain(self, topic_id: str, aspect: Aspect, role: Role | None, kind: MatchKind) -> Answer:
        topic = self.handbook.topics[topic_id]
        answer = composing.explain(self.handbook, topic, aspect, role, kind)
        if kind is MatchKind.FOLLOWUP and aspect is Aspect.FULL:
            own = Part(topic.title, topic.aspects[Aspect.SHORT])
            lead = self.handbook.replies.no_special_case
            return replace(answer, lead=lead, sides=None, points=(), parts=(own,), shared_as=None)
        return answer

    def browse(self) -> Answer:
        """All topics, by kind."""
        return tools.list_topics(self.handbook, Kind)

    def _list(self, kind: str | None) -> Answer:
        if kind in {each.value for each in Kind}:
            return tools.list_topics(self.handbook, [Kind(kind)])
        return tools.list_kinds(self.handbook)

    def _sort_task(self, topic: Topic, ask: Ask) -> Answer:
        numbered = {str(number): task for number, task in enumerate(topic.tasks)}
        task = numbered.get(ask.item or "")
        if task is None:
            return self._explained(topic.id, ask.aspect, ask.role, MatchKind.ANSWER)
        return composing.sort_task(self.handbook, topic, task, ask.item or "")

    def _check_quote(self, quote_id: str | None) -> Answer:
        quote = self.handbook.quotes.get(quote_id or "")
        return tools.check_quote(self.handbook, quote) if quote else tools.list_quotes(self.handbook)

    def _ask_back(self, match: Match) -> Answer:
        replies = self.handbook.replies
        choices = match.choices or self.suggestions
        if match.kind is MatchKind.FOLLOWUP:
            headline, lead = "About which topic?", replies.which_topic
        elif match.kind is MatchKind.CHOICES:
            headline, lead = "Let me ask back", replies.unsure
        elif match.language is not None:
            headline, lead = "In another language", self.handbook.spoken.how_to_ask
        elif match.off_topic:
            headline, lead = "Not my subject", replies.off_topic
        elif match.thanks:
            headline, lead = "Any time", replies.thanks
        elif match.choices:
            headline, lead = "I have nothing on that yet", replies.not_written
        else:
            headline, lead = "I am listening", replies.empty
        return replace(tools.offer(self.handbook, match.kind, lead, choices, headline), role=match.role)
