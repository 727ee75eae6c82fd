"""`lvm ask`: the contract that every measurement relies on, one JSON object a line."""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.coach.coach import Coach
from bot.coach.question import Question


def answer_lines(coach: Coach, questions: Iterable[Question]) -> Iterator[str]:
    """Match and answer each question; give one line of JSON for each, in order."""
    for question in questions:
        started = time.perf_counter_ns()
        match = coach.match(question)
        coach.answer(match)
        microseconds = (time.perf_counter_ns() - started) / 1000
        yield json.dumps(
            {
                "question": _printable(question.text),
                "kind": match.kind,
                "topic": match.topic,
                "aspect": match.aspect,
                "tool": match.tool,
                "score": round(match.score, 4),
                "choices": match.choices,
                "runners_up": [
                    {"topic": other.topic, "score": round(other.score, 4)} for other in match.runners_up
                ],
                "microseconds": round(microseconds, 1),
            },
            ensure_ascii=False,
        )


def _printable(text: str) -> str:
    """The text without the halves of characters that a broken argument can hold."""
    return text.encode(errors="replace").decode()


def read_questions(lines: Iterable[str], context: Question) -> Iterator[Question]:
    """One question a line, all in the same context; an empty line is an empty question."""
    for line in lines:
        yield replace(context, text=line.rstrip("\r\n"))
