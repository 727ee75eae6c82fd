"""Which topics fight over a question: what each phrasing would be taken for if it were not known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coach.decision import is_topic
from bot.coach.handbook import Handbook
from bot.coach.intents import fit
from bot.coach.lessons import lessons
from bot.coach.matching import Matcher

FOLDS = 5
"""Parts that are held out in turn; more take longer and say much the same."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Questions of one topic that another label wins."""

    topic: str
    winner: str
    """A topic's id, or the label of a tool, a referral, a quote or of what is off topic."""
    questions: tuple[str, ...]
    of: int
    """How many phrasings the topic has."""


def confusions(handbook: Handbook) -> tuple[Confusion, ...]:
    """Hold each phrasing out in turn and see who wins it; most questions first. Deterministic.

    Takes several fits of the matcher: seconds.
    """
    lost: dict[tuple[str, str], list[str]] = defaultdict(list)
    for topic, winner, question in _held_out(handbook):
        if winner != topic:
            lost[topic, winner].append(question)
    found = (
        Confusion(topic, winner, tuple(questions), len(handbook.topics[topic].phrasings))
        for (topic, winner), questions in lost.items()
    )
    return tuple(sorted(found, key=lambda each: (-len(each.questions), each.topic, each.winner)))


def stolen(handbook: Handbook) -> Mapping[str, tuple[str, ...]]:
    """The golden negatives that the topic they are kept from wins all the same, by topic."""
    matcher = fit(handbook, lessons(handbook))
    found = {
        topic.id: tuple(text for text in topic.not_phrasings if _winner(matcher, text) == topic.id)
        for topic in handbook.topics.values()
    }
    return {topic: texts for topic, texts in found.items() if texts}


def _held_out(handbook: Handbook) -> Iterator[tuple[str, str, str]]:
    """Each phrasing of a topic: (topic, who wins it, phrasing)."""
    learned = lessons(handbook)
    phrasings = {text for topic in handbook.topics.values() for text in topic.phrasings}
    held = [pair for pair in learned if is_topic(pair[1]) and pair[0] in phrasings]
    for fold in range(FOLDS):
        out = held[fold::FOLDS]
        matcher = fit(handbook, _without(learned, out))
        yield from ((topic, _winner(matcher, text), text) for text, topic in out)


def _without(pairs: Sequence[tuple[str, str]], out: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    left_out = set(out)
    return [pair for pair in pairs if pair not in left_out]


def _winner(matcher: Matcher, text: str) -> str:
    ranked = matcher.rank(text)
    return ranked[0][0] if ranked else "nothing"
