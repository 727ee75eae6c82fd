"""What was measured, beside its budget: to be read on a screen and in `benchmarks/tips.md`."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    what: str
    measured: str
    budget: str = ""
    holds: bool | None = None
    """None where there is no budget."""

    @property
    def verdict(self) -> str:
        """Whether the budget holds, in a word."""
        return {True: "holds", False: "MISSED", None: ""}[self.holds]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one database."""

    engine: str
    rows: Sequence[Row]
    plans: Sequence[str]
    """How the idle polls find that nothing is due, in the database's own words."""


def at_most(what: str, figure: float, budget: float, unit: str, places: int = 2) -> Row:
    """A figure that must not be larger."""
    return Row(what, f"{figure:.{places}f} {unit}", f"≤ {budget:g} {unit}", figure <= budget)


def at_least(what: str, figure: float, budget: float) -> Row:
    """A figure that must not be smaller."""
    return Row(what, f"{figure:,.0f}", f"≥ {budget:,.0f}", figure >= budget)


def printed(report: Report) -> str:
    """A report as it is shown on a screen."""
    head = f"{report.engine:58}{'measured':>14}{'budget':>14}"
    rows = [f"{row.what:58}{row.measured:>14}{row.budget:>14}  {row.verdict}" for row in report.rows]
    return "\n".join([head, *rows, "", *report.plans])


def document(reports: Sequence[Report], limits: Sequence[str], load: float) -> str:
    """The same for all databases, with where and how it was measured."""
    today = date.today().isoformat()  # noqa: DTZ011  the reader's own day
    where = (
        f"Written by `python -m benchmarks.tips --keep` on {today}; never by hand. {os.cpu_count()} CPUs, "
        f"Python {platform.python_version()}, load average {load:.1f} when it began."
    )
    head = ("# What the daily tip was measured at", "", where)
    return "\n".join([*head, *(line for report in reports for line in _section(report)), *limits, ""])


def _section(report: Report) -> Iterator[str]:
    yield from ("", f"## {report.engine}", "")
    yield from ("| | measured | budget | |", "| --- | ---: | ---: | --- |")
    for row in report.rows:
        yield f"| {row.what} | {row.measured} | {row.budget} | {row.verdict} |"
    yield from ("", "How the idle polls find that nothing is due:", "", "```", *report.plans, "```")
