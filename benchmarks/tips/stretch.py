"""How long a stretch of work takes, and how much of that the machine was busy with something else."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.tips.report import Row


def _waited() -> float:
    """Seconds that this thread stood ready and had no processor: the second field of the kernel's account."""
    return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def _stolen() -> tuple[int, int]:
    """What the host of a virtual machine gave to others, and all time, in ticks over all processors."""
    first, *_ = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    ticks = [int(each) for each in first.split()[1:9]]
    return ticks[7], sum(ticks)


@dataclass(frozen=True, slots=True)
class Stretch:
    """It begins when this is made."""

    begun: float = field(default_factory=time.monotonic)
    worked: float = field(default_factory=time.process_time)
    waited: float = field(default_factory=_waited)
    stolen: tuple[int, int] = field(default_factory=_stolen)

    @property
    def seconds(self) -> float:
        """How long it has taken by now."""
        return time.monotonic() - self.begun

    def rows(self, count: int) -> list[Row]:
        """What it took, for each of so many that were done."""
        worked = (time.process_time() - self.worked) / count * 1e6
        waiting = (_waited() - self.waited) / self.seconds
        stolen, ticks = (now - then for now, then in zip(_stolen(), self.stolen, strict=True))
        return [
            Row("… processor time of this process for each", f"{worked:.0f} µs"),
            Row("… of the time, waiting for a processor that others had", f"{waiting:.0%}"),
            Row("… of the processors' time, taken by the machine's host", f"{stolen / max(ticks, 1):.0%}"),
        ]
