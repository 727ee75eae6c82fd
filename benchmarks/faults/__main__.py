"""Try the promises of the daily tip against faults: `python -m benchmarks.faults [--short] [NAME …]`.

Real processes, real HTTP, real databases. The short form takes some minutes, and CI runs it; the long form
takes about half an hour, and its figures are kept in `benchmarks/faults.md`.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults.bad_slack import bad_slack
from benchmarks.faults.disk import disk
from benchmarks.faults.downtime import downtime
from benchmarks.faults.leaving import leaving
from benchmarks.faults.locked import locked
from benchmarks.faults.outage import outage
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.skew import skew
from benchmarks.faults.stand import empty_database
from benchmarks.faults.storm import storm
from benchmarks.postgres import Server, find_programs, serving

KEPT = Path(__file__).parents[1] / "faults.md"
FILE, SERVER = "SQLite", "PostgreSQL"


Run = Callable[[str], Coroutine[Any, Any, Outcome]]
"""Tries a fault on an empty database at this address."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault on one database."""

    name: str
    on: str
    short: Run
    long: Run
    in_short: bool = True
    """Whether the short form tries it too."""


def _trials(server: Server) -> Iterator[Trial]:
    for on in (SERVER, FILE):
        yield Trial(
            "storm",
            on,
            partial(storm, kills=3, people=2_000, workspaces=400),
            partial(storm, kills=20, people=20_000, workspaces=4_000),
            in_short=on == SERVER,
        )
    yield Trial("outage", SERVER, _outage(server, short=True), _outage(server, short=False))
    for on in (SERVER, FILE):
        for jumps in (0, 9) if on == SERVER else (9,):
            yield Trial(
                "skew",
                on,
                partial(skew, jumps=jumps, seconds=12, people=2_000, workspaces=40),
                partial(skew, jumps=jumps and 15, seconds=60, people=6_000, workspaces=60),
                in_short=jumps > 0,
            )
    yield Trial(
        "bad-slack",
        SERVER,
        partial(bad_slack, each=1, working=2, people=4, first=2),
        partial(bad_slack, each=4, working=20, people=20, first=5),
    )
    yield from _of_hours()
    yield Trial("disk", FILE, _disk(short=True), _disk(short=False))
    yield Trial(
        "locked",
        FILE,
        partial(locked, seconds=12, times=1, people=400, workspaces=80),
        partial(locked, seconds=20, times=3, people=4_000, workspaces=800),
    )
    for on in (SERVER, FILE):
        yield Trial(
            "leaving",
            on,
            partial(leaving, length=2, refused=2, staying=2, people=10),
            partial(leaving, length=4, refused=20, staying=20, people=10),
            in_short=on == SERVER,
        )


def _of_hours() -> Iterator[Trial]:
    for on in (SERVER, FILE):
        for hours in (24, 6, 3):
            yield Trial(
                "downtime",
                on,
                partial(downtime, hours=hours, people=6_000, workspaces=20),
                partial(downtime, hours=hours, people=20_000, workspaces=60),
                in_short=(on, hours) == (SERVER, 24),
            )


def _outage(server: Server, *, short: bool) -> Run:
    async def run(address: str) -> Outcome:  # noqa: ARG001  it makes a database of its own
        if short:
            return await outage(server, outages=1, seconds=10, people=2_000, workspaces=60)
        return await outage(server, outages=5, seconds=10, people=12_000, workspaces=120)

    return run


def _disk(*, short: bool) -> Run:
    async def run(address: str) -> Outcome:  # noqa: ARG001  it makes a disk of its own
        if short:
            return await disk(megabytes=8, seconds=5, times=1, people=400, workspaces=80)
        return await disk(megabytes=16, seconds=15, times=3, people=4_000, workspaces=800)

    return run


def main() -> None:
    chosen = _arguments()
    # Ended by a host it tidies up, as it does when stopped by hand.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    programs = find_programs()
    if programs is None:
        raise SystemExit("No PostgreSQL server is installed: apt-get install postgresql")
    rows, held = [], True
    with serving(programs, durable=True) as server:
        for trial in _trials(server):
            if (chosen.short and not trial.in_short) or (chosen.names and trial.name not in chosen.names):
                continue
            outcome = _try(trial, server, short=chosen.short)
            held = held and not outcome.broken
            rows.append(outcome.row(trial.on))
            print(rows[-1], flush=True)
    if not chosen.short and not chosen.names:
        KEPT.write_text(_document(rows), encoding="utf-8")
    if not held:
        raise SystemExit("A promise is broken: see above.")


def _try(trial: Trial, server: Server, *, short: bool) -> Outcome:
    with ExitStack() as stack:
        address = stack.enter_context(empty_database(server if trial.on == SERVER else None))
        return asyncio.run((trial.short if short else trial.long)(address))


HOW = (
    "Real processes killed and stopped, real HTTP, real databases. `make faults-short` tries a part of each, "
    "and CI runs that."
)


def _document(rows: list[str]) -> str:
    when, machine = datetime.now(UTC).date(), f"{os.cpu_count()} CPUs, Python {sys.version.split()[0]}"
    return "\n".join(
        (
            "# What the daily tip bears",
            "",
            f"Measured on {when} by `make faults` with {machine}. {HOW}",
            "",
            "| fault | on | must hold | seen | |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        )
    )


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("names", nargs="*", metavar="NAME", help="only these faults")
    arguments.add_argument("--short", action="store_true", help="a part of each, in some minutes")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
