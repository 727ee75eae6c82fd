"""Results → the text of `benchmarks/matching.md`."""

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from benchmarks.matching.asking import THREADS, Asking
from benchmarks.matching.costs import Cost, Pace
from benchmarks.matching.cross_validation import FOLDS as PARTS
from benchmarks.matching.growth import SIZES
from benchmarks.matching.methods import METHODS, OURS
from benchmarks.matching.public import PHRASINGS, SETS, Score
from benchmarks.matching.questions import Asked, Sort
from benchmarks.matching.tallies import Figures
from bot.coach.confusions import FOLDS, Confusion

MOST_CONFUSIONS = 25
NONE = "-"

Rows = Sequence[tuple[str, Callable[[Figures], float | None]]]

OUTCOMES: Rows = (
    ("on topic: answered outright, right", lambda figures: figures.answered_right),
    ("on topic: right, or among the ≤ 3 choices", lambda figures: figures.right_or_offered),
    ('… or among the nearest topics of a "no"', lambda figures: figures.right_or_near),
    ("on topic: answered outright, wrong", lambda figures: figures.answered_wrong),
    ("on topic: a tool or a referral instead", lambda figures: figures.strayed),
    ("on topic: best label right, whatever the score", lambda figures: figures.top_1),
    ("off topic: not answered outright", lambda figures: figures.not_answered),
    ("off topic: a tool or a referral instead", lambda figures: figures.off_topic_strayed),
    ("sensitive: referred", lambda figures: figures.referred),
    ("tools and well-known lines: found", lambda figures: figures.tools_found),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands below it."""

    heading: str
    lines: tuple[str, ...]


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table; all columns but the first are figures."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return ["| " + " | ".join(cells) + " |" for cells in (columns, rule, *rows)]


def shown(value: float | None, places: int = 1) -> str:
    """Write a figure; a dash where there is none."""
    return NONE if value is None else f"{value:.{places}f}"


def asking(heading: str, questions: Sequence[Asked], known: int, results: Mapping[str, Asking]) -> Section:
    """Write what came of a list of questions."""
    rows = [[what, *(shown(read(results[each].figures)) for each in METHODS)] for what, read in OUTCOMES]
    rows += [
        ["one slip: right answers lost, points", *(shown(results[each].slip_cost) for each in METHODS)],
        ["one slip: best labels lost, points", *(shown(results[each].slip_cost_top_1) for each in METHODS)],
        [
            f"follow-ups in {len(THREADS)} threads: right",
            *(shown(results[each].follow_ups) for each in METHODS),
        ],
        ["calibration error of the score", *_only_ours(results[OURS].figures.calibration_error)],
    ]
    said = f"{counted(questions)} {known} of them stand word for word in the content."
    return Section(heading, (said, "", *table(["%", *METHODS], rows)))


def cross_validated(
    parts: int, questions: Sequence[Asked], strict: Mapping[str, Figures], lenient: Mapping[str, Figures]
) -> Section:
    """Write what came of the content's own phrasings, strictly and with related topics accepted."""
    columns = [("strict", strict), ("related accepted", lenient)]
    rows = [
        [what, *(shown(read(figures[each])) for each in METHODS for _, figures in columns)]
        for what, read in OUTCOMES
    ]
    errors = [shown(figures[OURS].calibration_error) for _, figures in columns]
    rows.append(["calibration error of the score", *errors, *[NONE] * (2 * len(METHODS) - 2)])
    heads = [f"{each}, {how}" for each in METHODS for how, _ in columns]
    said = (
        f"Each phrasing of the content held out in turn (in {PARTS} parts, of which the peers are "
        f"asked {parts}), decided as in the product. "
        "Related: an answer that the right topic names under `see_also`, or that names it. All bars, the "
        "coach's and the peers', were set on such figures."
    )
    return Section(
        "The content's own phrasings, by cross-validation",
        (said, "", counted(questions), "", *table(["%", *heads], rows)),
    )


def public(scores: Sequence[Score], draws: int) -> Section:
    """Write the figures on the public sets."""
    found = {(each.method, each.name, each.phrasings): each for each in scores}
    cells = [(name, phrasings) for name in SETS for phrasings in PHRASINGS]
    measures: Sequence[tuple[str, Callable[[Score], float | None]]] = (
        ("accuracy", lambda score: score.accuracy),
        ("with a slip", lambda score: score.with_slip),
        ("off topic, AUROC", lambda score: score.off_topic),
    )
    rows = [
        [f"{name}, k{phrasings}: {what}", *figures]
        for name, phrasings in cells
        for what, read in measures
        if (figures := [shown(read(found[each, name, phrasings])) for each in METHODS])[0] != NONE
    ]
    said = (
        "No vocabulary, no titles: 5 or 10 phrasings a label, the same draws and slips for all; "
        f"means of {draws} draws."
    )
    return Section("Public sets", (said, "", *table(["%", *METHODS], rows)))


def costs(content: Sequence[Cost], growth: Sequence[Cost]) -> Section:
    """Write what the methods need, for the content and for more."""
    rows = [
        [each.method, *(_paced(each.ranking)), shown(each.fit, 2), shown(each.memory)] for each in content
    ]
    ours = next(each for each in content if each.method == OURS)
    if ours.matching:
        rows.insert(1, ["… whole match", *_paced(ours.matching), "", ""])
    grown = [
        [each.method, f"{each.phrasings:,}", f"{each.labels:,}", *_paced(each.ranking), shown(each.fit, 2)]
        for size in SIZES
        for each in growth
        if each.phrasings == size
    ]
    said = (
        f"Each in a process of its own, one thread. Over the content ({ours.phrasings:,} texts, "
        f"{ours.labels} labels; memory: resident after learning less before):"
    )
    more = "Over made-up phrasings of the content's words, thirty a label (see `growth.py`):"
    return Section(
        "Time and memory",
        (
            said,
            "",
            *table(["", "p50 ms", "p99 ms", "fit s", "MiB"], rows),
            "",
            more,
            "",
            *table(["", "phrasings", "labels", "p50 ms", "p99 ms", "fit s"], grown),
        ),
    )


def confused(found: Sequence[Confusion]) -> Section:
    """Write which topics fight most."""
    rows = [
        [each.topic, each.winner, str(len(each.questions)), str(each.of)] for each in found[:MOST_CONFUSIONS]
    ]
    said = (
        f"Phrasings that another label wins when held out ({FOLDS} parts); the worst of {len(found)} pairs."
    )
    return Section("Confusions", (said, "", *table(["topic", "won by", "phrasings", "of"], rows)))


def counted(questions: Sequence[Asked]) -> str:
    """Say how many questions there are of each sort."""
    counts = {sort: sum(one.sort is sort for one in questions) for sort in Sort}
    listed = ", ".join(f"{count:,} {sort}" for sort, count in counts.items() if count)
    return f"{len(questions):,} questions: {listed}."


def document(sections: Sequence[Section], how: str, digest: str) -> str:
    """Write the whole, with where and how it was measured."""
    libraries = ", ".join(
        f"{each} {version(each)}" for each in ("numpy", "scikit-learn", "bm25s", "rapidfuzz")
    )
    today = date.today().isoformat()  # noqa: DTZ011  the reader's own day
    written = f"Written by `make bench-matching` on {today}; never by hand. Content {digest[:12]}, "
    head = (
        "# What the matcher was measured at",
        "",
        f"{written}{os.cpu_count()} CPUs, Python {platform.python_version()}, {libraries}.",
        "",
        how,
    )
    return "\n".join([*head, *_written(sections), ""])


def _written(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        yield from ("", f"## {section.heading}", "", *section.lines)


def _only_ours(value: float | None) -> list[str]:
    return [shown(value) if each == OURS else NONE for each in METHODS]


def _paced(pace: Pace) -> list[str]:
    return [shown(pace.median, 3), shown(pace.slow, 3)]
