"""The questions to ask, from three sources, each with what would content its asker."""

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from bot.coach.commands import TIPS_OFF
from bot.coach.decision import OFF_TOPIC, QUOTE_PREFIX, REFERRAL_PREFIX, TOOL_PREFIX, is_topic
from bot.coach.handbook import Handbook
from bot.coach.lessons import lessons
from bot.coach.question import Aspect
from bot.coach.wording import words

COLUMNS = {"id", "origin", "label", "accept", "question"}


class Sort(StrEnum):
    """What a question is about; decides which of the figures it counts in."""

    ON_TOPIC = "on topic"
    OFF_TOPIC = "off topic"
    SENSITIVE = "sensitive"
    TOOL = "tool"
    """A tool, or a well-known line."""
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and what may come of it."""

    text: str
    sort: Sort
    accepted: frozenset[str] = frozenset()
    """The labels, as the matcher names them, that content the asker."""
    related: frozenset[str] = frozenset()
    """Topics that stand beside those in the content: wrong, strictly speaking."""
    may_decline: bool = False
    """Whether a "no" is right too."""
    aspect: Aspect | None = None
    """What a follow-up asks for, where that is known."""


_SORTS = {
    "answer": Sort.ON_TOPIC,
    "decline": Sort.OFF_TOPIC,
    "refer": Sort.SENSITIVE,
    "tool": Sort.TOOL,
    "followup": Sort.FOLLOW_UP,
}


def read_labelled(file: Path) -> list[Asked]:
    """Read a table of questions that people asked: id, origin, label, accept, question.

    A label may name several outcomes ("answer|decline"); the first that is no "decline" tells the sort.

    Raises:
        SystemExit: The table has other columns or labels.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    try:
        return [_labelled(row) for row in rows]
    except (KeyError, AttributeError) as error:
        raise SystemExit(
            f"{file} is no table of {', '.join(sorted(COLUMNS))}, or has an unknown label."
        ) from error


def _labelled(row: dict[str, str]) -> Asked:
    labels = row["label"].split("|")
    sort = next((_SORTS[label] for label in labels if label != "decline"), Sort.OFF_TOPIC)
    prefix = {Sort.TOOL: TOOL_PREFIX, Sort.SENSITIVE: REFERRAL_PREFIX}.get(sort, "")
    accepted = frozenset(f"{prefix}{name}" for name in row["accept"].split(",") if name)
    return Asked(row["question"], sort, accepted, may_decline="decline" in labels)


def read_held_out(folder: Path) -> list[Asked]:
    """Read the tests' own questions, which stand nowhere in the content."""
    read = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.glob("*.yaml")}
    return [
        *(_on_topic(topic, entry) for topic, entries in read["on-topic"].items() for entry in entries),
        *(Asked(text, Sort.OFF_TOPIC) for text in read["off-topic"]),
        *(_of_label(text, label) for label, texts in read["tools-and-referrals"].items() for text in texts),
        *(
            Asked(text, Sort.FOLLOW_UP, aspect=Aspect(aspect))
            for aspect, texts in read["follow-ups"].items()
            for text in texts
        ),
    ]


def _on_topic(topic: str, entry: str | dict[str, Any]) -> Asked:
    if isinstance(entry, str):
        return Asked(entry, Sort.ON_TOPIC, frozenset({topic}))
    return Asked(entry["text"], Sort.ON_TOPIC, frozenset({topic, *entry["also"]}))


def own_phrasings(handbook: Handbook) -> list[tuple[Asked, str]]:
    """List every phrasing of the content as a question, with the label that it teaches."""
    beside = see_also_either_way(handbook)
    labels, texts = zip(*((label, text) for text, label in _phrasings(handbook)), strict=True)
    asked = [_of_label(text, label, beside.get(label, ())) for text, label in zip(texts, labels, strict=True)]
    return list(zip(with_quotes(asked, handbook), labels, strict=True))


def count_known(questions: Sequence[Asked], handbook: Handbook) -> int:
    """Count the questions that the matcher learns word for word, up to case and marks."""
    learned = {words(text) for text, _ in lessons(handbook)}
    return sum(words(one.text) in learned for one in questions)


def see_also_either_way(handbook: Handbook) -> dict[str, set[str]]:
    """Give for each topic those that it names and those that name it."""
    beside = {topic.id: set(topic.see_also) for topic in handbook.topics.values()}
    for topic in handbook.topics.values():
        for other in topic.see_also:
            beside[other].add(topic.id)
    return beside


def with_quotes(asked: Sequence[Asked], handbook: Handbook) -> list[Asked]:
    """Accept a topic's well-known lines wherever the topic is accepted: they lead to it."""
    lines: dict[str, set[str]] = {}
    for quote in handbook.quotes.values():
        lines.setdefault(quote.topic, set()).add(f"{QUOTE_PREFIX}{quote.id}")
    return [
        replace(
            one,
            accepted=one.accepted.union(*(lines.get(label, ()) for label in one.accepted)),
            related=one.related.union(*(lines.get(label, ()) for label in one.related)),
        )
        for one in asked
    ]


def _phrasings(handbook: Handbook) -> Iterator[tuple[str, str]]:
    kinds = (
        ("", handbook.topics),
        # What means something only as a whole message is no matter of likeness.
        (TOOL_PREFIX, {id_: tool for id_, tool in handbook.tools.items() if id_ != TIPS_OFF}),
        (REFERRAL_PREFIX, handbook.referrals),
        (QUOTE_PREFIX, handbook.quotes),
    )
    for prefix, entries in kinds:
        for entry in entries.values():
            yield from ((text, f"{prefix}{entry.id}") for text in entry.phrasings)
    yield from ((text, OFF_TOPIC) for text in handbook.vocabulary.off_topic)


def _of_label(text: str, label: str, related: Collection[str] = ()) -> Asked:
    if label == OFF_TOPIC:
        return Asked(text, Sort.OFF_TOPIC)
    if label.startswith(REFERRAL_PREFIX):
        return Asked(text, Sort.SENSITIVE, frozenset({label}))
    sort = Sort.ON_TOPIC if is_topic(label) else Sort.TOOL
    return Asked(text, sort, frozenset({label}), frozenset(related))
