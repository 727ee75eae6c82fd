"""What a method needs: time to learn, memory, time a question. Each is measured in a process of its own."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

from benchmarks.matching.methods import OURS, fitted, shipped
from benchmarks.matching.ranking import Pair, Ranker
from bot.coach.coach import Coach
from bot.coach.lessons import lessons
from bot.coach.matching import Matcher
from bot.coach.question import Question

WARMING = 40
"""Phrasings to learn and questions to ask before anything counts."""
WARM_LABELS = 4
ROUNDS = 3
ENOUGH = 3.0
"""Seconds after which no further round begins."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a question takes, in milliseconds."""

    median: float
    slow: float
    """The slowest but one in a hundred: p99."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one method needs for so many phrasings."""

    method: str
    phrasings: int
    labels: int
    fit: float
    """Seconds."""
    memory: float
    """MiB: resident after learning, less than before, with the libraries loaded and warm."""
    ranking: Pace
    matching: Pace | None = None
    """The coach's whole way from a question to its match, where that was asked for."""


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do this in a fresh process while nothing else runs."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def on_content(method: str, texts: Sequence[str]) -> Cost:
    """Measure a method over the content's own phrasings, asked these texts."""
    return cost(method, lessons(shipped()), texts, whole=method == OURS)


def cost(method: str, pairs: Sequence[Pair], texts: Sequence[str], *, whole: bool = False) -> Cost:
    """Measure a method over these phrasings, asked these texts; `whole` measures the coach's match too."""
    warm = fitted(
        method, [(text, str(place % WARM_LABELS)) for place, (text, _) in enumerate(pairs[:WARMING])]
    )
    pace(warm.rank, texts[:WARMING])
    gc.collect()
    before, begun = _resident(), time.perf_counter()
    ranker = fitted(method, pairs)
    seconds = time.perf_counter() - begun
    gc.collect()
    memory = _resident() - before
    labels = len({label for _, label in pairs})
    matching = _pace_of_matching(ranker, texts) if whole else None
    return Cost(method, len(pairs), labels, seconds, memory, pace(ranker.rank, texts), matching)


def _pace_of_matching(ranker: Ranker, texts: Sequence[str]) -> Pace:
    assert isinstance(ranker, Matcher)
    coach = Coach(shipped(), ranker)
    return pace(lambda text: coach.match(Question(text)), texts)


def pace(answer: Callable[[str], object], texts: Sequence[str]) -> Pace:
    """Ask all of these, some rounds over, one after the other."""
    for text in texts[:WARMING]:
        answer(text)
    taken: list[float] = []
    for _ in range(ROUNDS):
        for text in texts:
            begun = time.perf_counter()
            answer(text)
            taken.append((time.perf_counter() - begun) * 1000)
        if sum(taken) > ENOUGH * 1000:
            break
    median, slow = np.percentile(taken, [50, 99])
    return Pace(float(median), float(slow))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
