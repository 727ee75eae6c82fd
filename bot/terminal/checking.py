"""`lvm check`: what owners want to know of their content, as lines to print."""

from collections.abc import Iterator
from statistics import fmean

from bot.coach.confusions import confusions, stolen
from bot.coach.handbook import Handbook
from bot.coach.intents import signs
from bot.coach.wording import words
from bot.content.coverage import inventory, missing, own
from bot.content.readability import AVERAGE_LEAST, reading_ease

EXAMPLES = 3
"""Questions shown of each confusion."""


def summary(handbook: Handbook) -> Iterator[str]:
    """What there is, and how easy it is to read."""
    phrasings = sum(len(topic.phrasings) for topic in handbook.topics.values())
    yield (
        f"{len(handbook.topics)} topics and {len(handbook.tips)} tips, {len(handbook.quotes)} quotes, "
        f"{phrasings} phrasings: no faults."
    )
    yield f"Reading ease: {average_ease(handbook):.0f} on average (at least {AVERAGE_LEAST:.0f} is wanted)."


def swallowed(handbook: Handbook) -> Iterator[str]:
    """Phrasings that no topic can ever win, because a referral's sign stands in them."""
    found = signs(handbook)
    for topic in handbook.topics.values():
        for text in topic.phrasings:
            referral = found.find(words(text))
            if referral is not None:
                yield f'{topic.id}: "{text}" always goes to the referral {referral}; narrow its sign.'


def find_faults(handbook: Handbook) -> list[str]:
    """What no rule forbids and yet must be mended, in a line each."""
    found = list(swallowed(handbook))
    if (ease := average_ease(handbook)) < AVERAGE_LEAST:
        found.append(f"The texts are too hard to read: {ease:.0f} on average. Shorten sentences and words.")
    return found


def average_ease(handbook: Handbook) -> float:
    """Flesch's reading ease over all texts of all topics, each counting the same."""
    topics = handbook.topics.values()
    texts = [text for topic in topics for text in (topic.lead, topic.if_then, *topic.aspects.values())]
    return fmean(map(reading_ease, texts))


def coverage(handbook: Handbook) -> Iterator[str]:
    """Every id of the inventory, written or missing, and the owner's own."""
    for id_, kind in inventory().items():
        yield f"{'written' if id_ in handbook.topics else 'MISSING':8} {kind:12} {id_}"
    for id_ in own(handbook):
        yield f"{'own':8} {handbook.topics[id_].kind:12} {id_}"
    yield f"{len(inventory()) - len(missing(handbook))} of {len(inventory())} are written."


def confusion_lines(handbook: Handbook) -> Iterator[str]:
    """Which two labels fight over which questions, the worst pair first."""
    found = confusions(handbook)
    for each in found:
        examples = "; ".join(f'"{question}"' for question in each.questions[:EXAMPLES])
        yield f"{each.topic} loses {len(each.questions)} of {each.of} to {each.winner}: {examples}"
    for topic, questions in stolen(handbook).items():
        examples = "; ".join(f'"{question}"' for question in questions[:EXAMPLES])
        yield f"{topic} wins what it must not answer: {examples}"
    lost = sum(len(each.questions) for each in found)
    total = sum(len(topic.phrasings) for topic in handbook.topics.values())
    yield f"Held out in turn, {total - lost} of {total} phrasings come first for their topic."
