"""Measure what the daily tip costs: `python -m benchmarks.tips`, from the repository's folder.

Takes some minutes and up to 1 GiB for temporary files, which are gone afterwards, also when it is stopped.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.faults.stand import empty_database
from benchmarks.postgres import find_programs, serving
from benchmarks.tips import limits
from benchmarks.tips.audience import WORKSPACES
from benchmarks.tips.report import Report, Row, document, printed

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "benchmarks/tips.md"
_KINDS = ("sqlite", "postgres")


def main() -> None:
    chosen = _arguments()
    # Ended by a host it tidies up, as it does when stopped by hand.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    load = os.getloadavg()[0]
    print(f"{chosen.people:,} people, {os.cpu_count()} CPUs, load average {load:.1f}", flush=True)
    try:
        reports = list(_measure(chosen.people, chosen.database))
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    print("\n".join(limits.section()))
    if chosen.keep:
        KEPT.write_text(document(reports, limits.section(), load), encoding="utf-8")


def _measure(people: int, wanted: str) -> Iterator[Report]:
    for kind in _KINDS:
        if wanted in {kind, "both"}:
            with ExitStack() as stack:
                programs = find_programs() if kind == "postgres" else None
                if kind == "postgres" and programs is None:
                    raise SystemExit("No PostgreSQL server is installed: apt-get install postgresql")
                server = stack.enter_context(serving(programs, durable=True)) if programs else None
                report = _try(stack.enter_context(empty_database(server)), people)
            print(f"\n{printed(report)}", flush=True)
            yield report


def _try(address: str, people: int) -> Report:
    """Measure in a process of its own, whose memory is nobody else's."""
    command = [sys.executable, "-m", "benchmarks.tips.trial", address, str(people)]
    tried = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE)  # noqa: S603  ours
    if tried.returncode:
        raise SystemExit("What must be so is not: see above.")
    report = json.loads(tried.stdout)
    return Report(report["engine"], [Row(**row) for row in report["rows"]], report["plans"])


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--people", type=int, default=1_000_000, help=f"how many; a multiple of {WORKSPACES:,}"
    )
    arguments.add_argument("--database", choices=[*_KINDS, "both"], default="both")
    arguments.add_argument("--keep", action="store_true", help=f"write the figures into {KEPT.name}")
    chosen = arguments.parse_args()
    if chosen.people <= 0 or chosen.people % WORKSPACES:
        arguments.error(f"--people must be a multiple of {WORKSPACES:,}")
    return chosen


if __name__ == "__main__":
    main()
