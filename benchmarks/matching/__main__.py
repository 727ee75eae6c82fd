"""Measure the matcher beside its peers: `python -m benchmarks.matching`, from the repository's folder.

Prints the figures and keeps them in `benchmarks/matching.md`; with `--quick`, measures a part of
everything in some minutes and keeps nothing. The labelled questions and the public sets are no part of
the repository: where they are missing, that part says so and the rest runs.
"""

import argparse
import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

# Read by numpy when it is first imported, here and in every process started from here: one thread each.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

from benchmarks.matching import asking, costs, growth, public, report
from benchmarks.matching.cross_validation import FOLDS, confused_topics, cross_validate
from benchmarks.matching.methods import METHODS, OURS, shipped
from benchmarks.matching.questions import count_known, read_held_out, read_labelled
from benchmarks.matching.tallies import tally

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "benchmarks/matching.md"
HELD_OUT = ROOT / "tests/phrasings"
MEASURED = ("bot/coach", "responses", "benchmarks/matching", "tests/phrasings")
HOW = (
    "The peers learn the same texts as the coach: phrasings, titles, short answers. They have no decision of "
    "their own, so each gets the two bars on its top score (to answer, to offer three topics) that earn it "
    "most over the cross-validation (the points are in `outcomes.py`). "
    "Four variants of BM25 and five of rapidfuzz's ratios were tried on 500 test questions each of CLINC150 "
    "and BANKING77: BM25's default and `token_sort_ratio` were kept. LinearSVC's tolerance is 0.01. "
    "BM25 has the coach's stemmer. Signs, cues and threads are the coach's alone. A slip is one edit in one "
    f"word of five or more letters; figures with slips are means over {len(asking.SLIP_SEEDS)} seeds."
)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much to measure."""

    ours: int
    """Parts of the content's phrasings that are held out for the coach."""
    peers: int
    """The same for its peers."""
    draws: tuple[int, ...]
    most: int | None
    """Questions of a public set."""
    largest: int
    """Phrasings to grow to."""


WHOLE = Extent(ours=FOLDS, peers=3, draws=(1, 2, 3), most=None, largest=100_000)
QUICK = Extent(ours=1, peers=1, draws=(1,), most=200, largest=1_000)


def main() -> None:
    chosen = _arguments()
    extent = QUICK if chosen.quick else WHOLE
    begun = _version()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        confused = pool.submit(confused_topics)
        sections = list(_accuracy(pool, extent, chosen.questions, chosen.data))
    sections += [_costs(extent), report.confused(confused.result())]
    text = report.document(sections, HOW, shipped().digest)
    print(text)
    if _version() != begun:
        raise SystemExit("The content or the code changed meanwhile: these figures belong to no version.")
    if not chosen.quick:
        KEPT.write_text(text, encoding="utf-8")


def _version() -> str:
    """Changes with any file that the figures depend on."""
    files = (file for folder in MEASURED for file in sorted((ROOT / folder).rglob("*")))
    kept = (file.read_bytes() for file in files if file.suffix in {".py", ".yaml"})
    return hashlib.sha256(b"\0".join(kept)).hexdigest()


def _accuracy(pool: Executor, extent: Extent, questions: Path, data: Path) -> Iterator[report.Section]:
    held, bars = cross_validate(pool, extent.ours, extent.peers)
    sources = {"Questions that people asked": read_labelled(questions)} if questions.is_file() else {}
    sources["The tests' own questions"] = read_held_out(HELD_OUT)
    if not questions.is_file():
        yield report.Section("Questions that people asked", (f"Not measured: no {questions.name} there.",))
    for heading, results in asking.ask(pool, sources, bars).items():
        known = count_known(sources[heading], shipped())
        yield report.asking(heading, sources[heading], known, results)
    asked = [one.asked for one in held[OURS]]
    strict = {method: tally(heard) for method, heard in held.items()}
    lenient = {method: tally(heard, lenient=True) for method, heard in held.items()}
    yield report.cross_validated(extent.peers, asked, strict, lenient)
    absent = ", ".join(file.name for file in public.missing(data))
    if absent:
        yield report.Section("Public sets", (f"Not measured: no {absent} there.",))
    else:
        scores = public.measure(pool, data, extent.draws, extent.most)
        yield report.public(scores, len(extent.draws))


def _costs(extent: Extent) -> report.Section:
    texts = [one.text for one in read_held_out(HELD_OUT)]
    content = [costs.alone(costs.on_content, method, texts) for method in METHODS]
    grown = [
        costs.alone(growth.grow, method, size)
        for method in METHODS
        for size in growth.sizes(method)
        if size <= extent.largest
    ]
    return report.costs(content, grown)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = ROOT.parent / "shared"
    arguments.add_argument(
        "--questions", type=Path, default=shared / "questions/dev.tsv", help="a table of labelled questions"
    )
    arguments.add_argument("--data", type=Path, default=shared / "data", help="the folder of the public sets")
    arguments.add_argument("--quick", action="store_true", help="measure a part of everything; keep nothing")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
