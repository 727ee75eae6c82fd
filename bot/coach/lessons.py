"""Handbook → what the matcher learns from it."""

from collections.abc import Iterator

from bot.coach.commands import TIPS_OFF
from bot.coach.decision import FOLLOW_UP_PREFIX, OFF_TOPIC, QUOTE_PREFIX, REFERRAL_PREFIX, TOOL_PREFIX
from bot.coach.handbook import Handbook
from bot.coach.question import Aspect
from bot.coach.topics import Topic


def lessons(handbook: Handbook) -> list[tuple[str, str]]:
    """List the texts to learn, each with its label, in the handbook's order.

    Beside its phrasings, a topic is known by its title and its answer in short: that adds 1 point of
    accuracy. More of the answer adds nothing and doubles the time to learn it. The short names of a
    topic and its tasks are not among them: taken as questions, they cost 1.
    """
    return [
        *((text, topic.id) for topic in handbook.topics.values() for text in _of_topic(topic)),
        *(
            (text, f"{TOOL_PREFIX}{tool.id}")
            for tool in handbook.tools.values()
            if tool.id != TIPS_OFF
            for text in tool.phrasings
        ),
        *(
            (text, f"{REFERRAL_PREFIX}{referral.id}")
            for referral in handbook.referrals.values()
            for text in referral.phrasings
        ),
        *(
            (text, f"{QUOTE_PREFIX}{quote.id}")
            for quote in handbook.quotes.values()
            for text in (quote.words, *quote.phrasings)
        ),
        *(
            (text, f"{FOLLOW_UP_PREFIX}{asked_for}")
            for asked_for, texts in handbook.vocabulary.follow_ups.items()
            for text in texts
        ),
        *((text, OFF_TOPIC) for text in handbook.vocabulary.off_topic),
    ]


def _of_topic(topic: Topic) -> Iterator[str]:
    yield from topic.phrasings
    yield topic.title
    yield topic.aspects[Aspect.SHORT]
