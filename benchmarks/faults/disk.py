"""The disk that holds the file of the database fills up."""

import asyncio
import errno
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.faults.ailing import MUST_HOLD, Ailment, ail
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.stand import migrate
from bot.store.troubles import FULL

_A_BLOCK = 4096


async def disk(*, megabytes: int, seconds: float, times: int, people: int, workspaces: int) -> Outcome:
    """Let another file take what is left of a small disk, delete it, and count at the end.

    Args:
        megabytes: How large the disk is; the database must fit on it.
        seconds: How long it is full each time.
        times: How often.
        people: Each is due one tip.
        workspaces: Where they are.
    """
    name = f"{times} times a disk of {megabytes} MB is full for {seconds:.0f} s while {people:,} tips go out"
    with tempfile.TemporaryDirectory(prefix="lvm-faults-") as folder:
        try:
            with _small_disk(Path(folder), megabytes):
                address = f"sqlite:///{folder}/coach.db"
                migrate(address)
                ailment = Ailment(partial(_filling, Path(folder, "other")), FULL, seconds, times)
                trial = await ail(address, ailment, people=people, workspaces=workspaces)
        except NoDiskError as error:
            return Outcome(name, MUST_HOLD, (), unmeasured=str(error))
    return Outcome(name, MUST_HOLD, trial.broken(), trial.figures())


class NoDiskError(Exception):
    """Only who may mount can try this."""


@contextmanager
def _small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk in the memory, mounted over a folder for as long as this lasts.

    Raises:
        NoDiskError: It cannot be mounted.
    """
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs"]
    try:
        done = subprocess.run(["mount", *options, folder], check=False, capture_output=True, text=True)  # noqa: S603, S607  the system's own
    except OSError as error:
        raise NoDiskError(f"mount cannot be run: {error.strerror}") from error
    if done.returncode:
        raise NoDiskError(" ".join(done.stderr.split()))
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)  # noqa: S603, S607  likewise


@asynccontextmanager
async def _filling(file: Path) -> AsyncIterator[None]:
    """Take all the room there is, for as long as this lasts."""
    try:
        with file.open("wb", buffering=0) as other:
            try:
                while True:
                    other.write(bytes(_A_BLOCK))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        yield
    finally:
        await asyncio.to_thread(file.unlink)
