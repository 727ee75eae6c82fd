"""A PostgreSQL server of one's own: in a folder that vanishes with it, on a socket, never on the network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_AS_FAST_AS_CAN_BE = "-c fsync=off -c full_page_writes=off"


def find_programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Server:
    """One that was initialised."""

    programs: Path
    folder: Path
    options: str

    def address(self, name: str) -> str:
        """What stands in `DATABASE_URL`."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def start(self) -> None:
        """Start it; returns once it takes connections."""
        options = f"-c listen_addresses= -k {self.folder} {self.options}"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a fall of the machine would: it tidies nothing up."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def make(self, name: str, *more: str) -> None:
        """Make a database."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", *more, name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever uses it."""
        self._run("dropdb", "-h", str(self.folder), "-U", "postgres", "--force", name)

    def initialise(self) -> None:
        """Make its files."""
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        # Started by root, PostgreSQL refuses to work; so it is its own user who starts it.
        change = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*change, str(self.programs / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  PostgreSQL's own


@contextmanager
def serving(programs: Path, *, durable: bool) -> Iterator[Server]:
    """A server that runs for as long as this lasts.

    Args:
        programs: As `find_programs` gives them.
        durable: Whether what is kept survives a fall of the machine, as it does where the coach is used.
    """
    folder = Path(tempfile.mkdtemp(prefix="lvm-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = Server(programs, folder, "" if durable else _AS_FAST_AS_CAN_BE)
    try:
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
