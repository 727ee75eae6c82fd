"""A file of an earlier version is brought up to date by `lvm serve`; its operator looks; the machine dies."""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.coach import Coach, serving
from benchmarks.faults.outcome import Outcome, broken
from benchmarks.faults.stand import LVM

MUST_HOLD = "what was kept after it is seen by others at once, and is there after the fall; the file is whole"
_FIRST, _CHANGED = "08:30", "09:45"
# In processes of their own: whoever has a file open changes what others find of its locks.
_EARLIER = """
import asyncio, sys
from alembic import command
from bot.store.database import Database
from bot.store.migrate import configure

async def make():
    async with Database(sys.argv[1]) as database, database.writing() as connection:
        await connection.run_sync(lambda there: command.upgrade(configure(there), "0001"))

asyncio.run(make())
"""
_MINUTES = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
print(*(row[0] for row in file.execute("SELECT minute FROM subscription")))
print(*(row[0] for row in file.execute("PRAGMA integrity_check")))
file.close()
"""


async def upgraded() -> Outcome:
    """Start on such a file, run `lvm tips status` beside it, change something, kill, start anew."""
    with tempfile.TemporaryDirectory(prefix="lvm-faults-") as folder:
        file = Path(folder, "coach.db")
        address = f"sqlite:///{file}"
        await _run(sys.executable, "-c", _EARLIER, address)
        async with serving(address) as coach:
            await coach.ask(f"daily at {_FIRST}")
            looked = await _run(LVM, "tips", "status", DATABASE_URL=address)
            await coach.ask(f"daily at {_CHANGED}")
            seen, _ = await _look(file)
            await coach.kill()
        async with serving(address) as coach:
            kept = await _told(coach)
        _, integrity = await _look(file)
    hour, minute = map(int, _CHANGED.split(":"))
    return Outcome(
        "`lvm serve` brings a file up to date, `lvm tips status` beside it, a change, kill -9",
        MUST_HOLD,
        broken(
            the_operator_sees_how_things_stand="T1" in looked,
            others_see_the_change=seen == str(60 * hour + minute),
            the_change_outlives_the_fall=kept == _CHANGED,
            the_file_is_whole=integrity == "ok",
        ),
        {
            "changed to": _CHANGED,
            "others see minute": seen,
            "after the fall": kept,
            "integrity_check": integrity,
        },
    )


async def _told(coach: Coach) -> str:
    """The hour that somebody is told is theirs."""
    said = (await coach.ask("daily show")).said or ""
    return next((hour for hour in (_CHANGED, _FIRST) if hour in said), "nothing")


async def _look(file: Path) -> tuple[str, str]:
    """What another process reads: the minute of the only subscription, and whether the file is whole."""
    minutes, integrity = (await _run(sys.executable, "-c", _MINUTES, str(file))).splitlines()
    return minutes, integrity


async def _run(*command: str | Path, **environment: str) -> str:
    """Run a program to its end; what it prints."""
    done = await asyncio.to_thread(
        subprocess.run, command, env=os.environ | environment, check=True, capture_output=True, text=True
    )
    return str(done.stdout)
