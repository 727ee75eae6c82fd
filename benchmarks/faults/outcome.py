"""What a fault did, beside what must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault, on one database."""

    fault: str
    must_hold: str
    broken: Sequence[str]
    """What did not hold, in words; empty where all did."""
    figures: Mapping[str, object] = field(default_factory=dict)
    """What was seen, in the order to be read."""
    unmeasured: str = ""
    """Why nothing could be tried here; nothing is broken then."""

    def row(self, on: str) -> str:
        """A row of the table in `benchmarks/faults.md`; `on` names the database."""
        seen = ", ".join(f"{name}: {value}" for name, value in self.figures.items())
        verdict = "holds" if not self.broken else "**broken: " + "; ".join(self.broken) + "**"
        verdict = f"not measured: {self.unmeasured}" if self.unmeasured else verdict
        return f"| {self.fault} | {on} | {self.must_hold} | {seen} | {verdict} |"


def broken(**holds: bool) -> list[str]:
    """The names of those that do not hold, in words."""
    return [name.replace("_", " ") for name, does in holds.items() if not does]
