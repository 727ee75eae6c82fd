"""The public intent sets: every method with the same few phrasings a label, the same questions and slips."""

import json
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.matching.draws import draw, thin
from benchmarks.matching.methods import METHODS, OURS, bare
from benchmarks.matching.ranking import Pair, Ranking, rank_all
from benchmarks.matching.slips import slips
from benchmarks.matching.tallies import auroc
from bot.coach.decision import stand

SETS = ("clinc150", "banking77", "hwu64")
PHRASINGS = (5, 10)
"""A label."""
SLIP_SEED = 0


@dataclass(frozen=True, slots=True)
class Score:
    """One method on one set with so many phrasings a label; the mean of the draws, in percent."""

    method: str
    name: str
    phrasings: int
    accuracy: float
    with_slip: float
    off_topic: float | None
    """AUROC; None for a set without questions off topic."""


def missing(folder: Path) -> list[Path]:
    """List the sets that are not there."""
    return [path for name in SETS if not (path := folder / f"{name}.json").is_file()]


def measure(pool: Executor, folder: Path, draws: tuple[int, ...], most: int | None) -> list[Score]:
    """Measure every method on every set.

    Args:
        pool: Where to run.
        folder: What holds the sets.
        draws: Seeds.
        most: Questions of each set; None for all.
    """
    running = [
        pool.submit(score, method, folder / f"{name}.json", phrasings, draws, most)
        for method in reversed(METHODS)
        for name in SETS
        for phrasings in PHRASINGS
    ]
    return [job.result() for job in running]


def score(method: str, file: Path, phrasings: int, draws: tuple[int, ...], most: int | None) -> Score:
    """Measure one method on one set."""
    data = _read(file)
    tests = thin([(text, label) for text, label in data["test"]], most)
    outside = [text for text, _ in thin([(text, "") for text in data["oos_test"]], most)]
    runs = [_run(method, draw(data["train"], phrasings, seed), tests, outside) for seed in draws]
    clean, slipped, off_topic = zip(*runs, strict=True)
    return Score(
        method, file.stem, phrasings, mean(clean), mean(slipped), mean(off_topic) if outside else None
    )


@cache
def _read(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def _run(method: str, pairs: list[Pair], tests: list[Pair], outside: list[str]) -> tuple[float, float, float]:
    ranker = bare(method)
    ranker.fit(pairs)
    texts, labels = [text for text, _ in tests], [label for _, label in tests]
    clean = rank_all(ranker, texts)
    slipped = rank_all(ranker, slips(texts, SLIP_SEED))
    trusted = [_trust(method, ranking) for ranking in clean]
    strange = [_trust(method, ranking) for ranking in rank_all(ranker, outside)]
    return (
        _accuracy(clean, labels),
        _accuracy(slipped, labels),
        auroc(trusted, strange) if outside else 0.0,
    )


def _accuracy(rankings: list[Ranking], labels: list[str]) -> float:
    pairs = zip(rankings, labels, strict=True)
    return 100 * mean(bool(ranking) and ranking[0][0] == label for ranking, label in pairs)


def _trust(method: str, ranking: Ranking) -> float:
    """How sure a method is: the coach's certainty; a peer's top score, better here than its lead."""
    if method == OURS:
        return stand(ranking, {}, ranking[0][0]).certainty if ranking else 0.0
    return ranking[0][1] if ranking else float("-inf")
