"""How much memory this process holds while it works."""

import asyncio
import os
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

_EVERY_SECONDS = 0.25
_SETTLED = 0.1
"""The share of a stretch of work after which all that it needs at a time is there."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Samples over a stretch of work, in the order they were taken."""

    seconds: list[float] = field(default_factory=list)
    mib: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Take samples for as long as this lasts."""
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            self._sample()

    @property
    def peak(self) -> float:
        """MiB at the most."""
        return max(self.mib)

    @property
    def growth(self) -> float:
        """MiB: the most, less what there was once a tenth of the work was done."""
        settled = int(len(self.mib) * _SETTLED)
        return max(self.mib[settled:]) - self.mib[settled]

    @property
    def slope(self) -> float:
        """MiB a minute that the second half of the work adds."""
        half = len(self.mib) // 2
        return statistics.linear_regression(self.seconds[half:], self.mib[half:]).slope * 60

    async def _watch(self) -> None:
        while True:
            self._sample()
            await asyncio.sleep(_EVERY_SECONDS)

    def _sample(self) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self.seconds.append(time.monotonic())
        self.mib.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
