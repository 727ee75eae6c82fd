"""Another process locks the file of the database for longer than anybody waits for it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from benchmarks.faults.ailing import MUST_HOLD, Ailment, ail
from benchmarks.faults.outcome import Outcome
from bot.store.engines import Patience
from bot.store.troubles import LOCKED

_HOLD = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
other.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
other.execute("ROLLBACK")
other.close()
"""


async def locked(address: str, *, seconds: float, times: int, people: int, workspaces: int) -> Outcome:
    """Lock it while tips go out, let go of it, and count at the end.

    Args:
        address: An empty database, in a file.
        seconds: How long it is locked each time.
        times: How often.
        people: Each is due one tip.
        workspaces: Where they are.
    """
    ailment = Ailment(partial(_locking, address), LOCKED, seconds, times)
    trial = await ail(address, ailment, people=people, workspaces=workspaces)
    return Outcome(
        f"{times} times another process locks the file for {seconds:.0f} s, "
        f"where we wait for {Patience().wait_seconds:.0f} s, while {people:,} tips go out",
        MUST_HOLD,
        trial.broken(),
        trial.figures(),
    )


@asynccontextmanager
async def _locking(address: str) -> AsyncIterator[None]:
    """Another process that lets nobody else write for as long as this lasts."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _HOLD, address.removeprefix("sqlite:///")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdout is not None:
            await process.stdout.readline()
        yield
    finally:
        await process.communicate(b"")
