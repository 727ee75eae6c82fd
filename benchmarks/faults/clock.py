"""A clock that can be put ahead: it is that of all processes which are started with its environment."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "libfaketime"
"""What Debian calls the library that does it."""
_TELL = "import time; print(time.time(), time.monotonic())"


def find_library() -> Path | None:
    """The library, where it is installed."""
    return next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time of day; what counts seconds for waiting is left as it is."""

    library: Path
    file: Path

    @property
    def environment(self) -> Mapping[str, str]:
        """https://github.com/wolfcw/libfaketime, README (from memory)."""
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # with it Python's threads wait for each other for ages
        }

    def put(self, ahead_ms: int) -> None:
        """Put it ahead by so much, at once, also for what runs already."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{ahead_ms / 1000:+f}")
        new.replace(self.file)

    async def ahead_ms(self) -> tuple[int, int]:
        """How far a process of its is ahead: by the time of day, and by what counts seconds for waiting."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _TELL), env=os.environ | self.environment, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        wall, ticks = map(float, said.split())
        return int((wall - time.time()) * 1000), int((ticks - time.monotonic()) * 1000)


@contextmanager
def putting(library: Path) -> Iterator[Clock]:
    """A clock of one's own, which goes right at first."""
    with tempfile.TemporaryDirectory(prefix="lvm-clock-") as folder:
        clock = Clock(library, Path(folder, "clock"))
        clock.put(0)
        yield clock
