"""Measure the matcher on the public intent sets: accuracy, speed, and telling what is off topic.

    python benchmarks/matching.py [FOLDER] [--titles]

FOLDER holds banking77.json, clinc150.json and hwu64.json (../shared/data unless named). Every figure is
the mean of three fixed draws of 5 or 10 phrasings a label. "typo": one slip in one word of five or more
letters. Off topic (sets that have such questions): the chance that a question on the subject is trusted
more than one that is not, in percent (AUROC). `--titles` adds each label's name as a phrasing.
"""

import argparse
import json
import random
import statistics
import string
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.coach.decision import confidence
from bot.coach.matching import Matcher

SETS = ("clinc150", "banking77", "hwu64")
DRAWS = (1, 2, 3)
SHORTEST_SLIPPED = 5

Pair = tuple[str, str]


@dataclass(frozen=True)
class Run:
    """What ranking a list of questions gave."""

    right: float
    """Percent."""
    confidences: list[float]
    milliseconds: list[float]


def draw(pairs: Sequence[Pair], phrasings: int, seed: int, *, titles: bool) -> list[Pair]:
    by_label: dict[str, list[str]] = {}
    for text, label in pairs:
        by_label.setdefault(label, []).append(text)
    chosen = random.Random(seed)  # noqa: S311  fixed draws are the point
    drawn = []
    for label, texts in sorted(by_label.items()):
        drawn += [(text, label) for text in chosen.sample(texts, min(phrasings, len(texts)))]
        if titles:
            drawn.append((label.replace("_", " "), label))
    return drawn


def slip(text: str, chosen: random.Random) -> str:
    """Insert, drop, replace or swap one letter of one longer word."""
    said = text.split()
    long = [place for place, word in enumerate(said) if len(word) >= SHORTEST_SLIPPED and word.isalpha()]
    if not long:
        return text
    place = chosen.choice(long)
    word = said[place]
    at = chosen.randrange(len(word) - 1)
    letter = chosen.choice(string.ascii_lowercase)
    middles = (letter + word[at : at + 2], word[at + 1], letter + word[at + 1], word[at + 1] + word[at])
    said[place] = word[:at] + chosen.choice(middles) + word[at + 2 :]
    return " ".join(said)


def run(matcher: Matcher, pairs: Sequence[Pair]) -> Run:
    right, confidences, milliseconds = 0, [], []
    for text, label in pairs:
        start = time.perf_counter()
        ranking = matcher.rank(text)
        milliseconds.append((time.perf_counter() - start) * 1000)
        right += bool(ranking) and ranking[0][0] == label
        confidences.append(confidence(ranking))
    return Run(100 * right / len(pairs), confidences, milliseconds)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    ordered = np.sort(outside)
    below = np.searchsorted(ordered, inside, "left") + np.searchsorted(ordered, inside, "right")
    return float(100 * below.mean() / 2 / len(outside))


def measure(data: dict[str, Any], phrasings: int, *, titles: bool) -> str:
    clean, slipped, trusted, seconds, milliseconds = [], [], [], [], []
    tests = [tuple(pair) for pair in data["test"]]
    chosen = random.Random(0)  # noqa: S311  fixed slips are the point
    slips = [(slip(text, chosen), label) for text, label in tests]
    for seed in DRAWS:
        matcher = Matcher()
        pairs = draw(data["train"], phrasings, seed, titles=titles)
        start = time.perf_counter()
        matcher.fit(pairs)
        seconds.append(time.perf_counter() - start)
        inside = run(matcher, tests)
        clean.append(inside.right)
        slipped.append(run(matcher, slips).right)
        milliseconds += inside.milliseconds
        if data["oos_test"]:
            outside = run(matcher, [(text, "") for text in map(question, data["oos_test"])])
            trusted.append(auroc(inside.confidences, outside.confidences))
    p50, p99 = np.percentile(milliseconds, [50, 99])
    off_topic = f"{statistics.mean(trusted):.1f}" if trusted else "-"
    return (
        f"{data['name']:<10} {phrasings:>3} {statistics.mean(clean):>9.1f} {statistics.mean(slipped):>6.1f} "
        f"{off_topic:>9} {p50:>8.3f} {p99:>7.3f} {min(seconds):>7.2f} {len(pairs):>9}"
    )


def question(entry: str | Sequence[str]) -> str:
    return entry if isinstance(entry, str) else entry[0]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data"))
    arguments.add_argument("--titles", action="store_true", help="add each label's name as a phrasing")
    chosen = arguments.parse_args()
    paths = [chosen.folder / f"{name}.json" for name in SETS]
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise SystemExit(
            f"Nothing to measure on: {', '.join(missing)} not found. Name the folder that holds them."
        )
    print("set          k  accuracy   typo off topic   p50 ms  p99 ms   fit s phrasings")
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        for phrasings in (5, 10):
            print(measure(data, phrasings, titles=chosen.titles), flush=True)


if __name__ == "__main__":
    main()
