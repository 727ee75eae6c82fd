"""Every test that asks for `database` runs on SQLite and on a real PostgreSQL server of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import ledger, planning, subscriptions, workspaces
from bot.store.database import Database
from bot.store.lanes import lease, take
from bot.store.ledger import Intent, Result
from bot.store.planning import NewDelivery, Step
from bot.store.records import State, Subscription, TargetKind
from bot.store.tables import metadata

NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
TODAY = date(2026, 11, 23)
DAY = 86_400_000
MIGRATE = "import asyncio, sys; from bot.store.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@dataclass(frozen=True)
class Server:
    programs: Path
    folder: Path

    def address(self, name):
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def run(self, program, *arguments):
        # Started by root, PostgreSQL refuses to work; so it is its own user who starts it.
        change = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*change, str(self.programs / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        options = f"-c listen_addresses= -k {self.folder} -c fsync=off -c full_page_writes=off"
        self.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def make(self, name, *more):
        self.run("createdb", "-h", str(self.folder), "-U", "postgres", *more, name)

    def drop(self, name):
        self.run("dropdb", "-h", str(self.folder), "-U", "postgres", "--force", name)


@pytest.fixture(scope="session")
def postgres():
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        missing = "no PostgreSQL server is installed: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="lvm-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = Server(programs[-1].parent, folder)
    server.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "--no-sync")
    server.start()
    try:
        server.make("migrated")
        subprocess.run([sys.executable, "-c", MIGRATE, server.address("migrated")], check=True)
        server.make("emptied", "-T", "migrated")
        yield server
    finally:
        server.run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    subprocess.run([sys.executable, "-c", MIGRATE, f"sqlite:///{file}"], check=True)
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request):
    return request.param


@pytest.fixture
def empty_address(kind, request, tmp_path):
    """The address of a database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/coach.db"
        return
    server = request.getfixturevalue("postgres")
    server.make("empty")
    yield server.address("empty")
    server.drop("empty")


@pytest.fixture
def server_address(postgres):
    """The address of a database on the server, of the test's own, with its tables and nothing in them."""
    postgres.make("test", "-T", "migrated")
    yield postgres.address("test")
    postgres.drop("test")


@pytest.fixture
def file_address(migrated_file, tmp_path):
    """The same in a file."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'coach.db')}"


@pytest.fixture
def address(kind, request):
    """Either."""
    return request.getfixturevalue("file_address" if kind == "sqlite" else "server_address")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def database(kind, request, clock):
    """A database with its tables and nothing in them, whose time is the clock's."""
    if kind == "sqlite":
        address = request.getfixturevalue("file_address")
    else:
        address = request.getfixturevalue("postgres").address("emptied")
    async with Database(address, clock=clock) as database:
        if kind == "postgres":  # a new one for each test would take ten times as long
            names = ", ".join(table.name for table in metadata.sorted_tables)
            async with database.writing() as connection:
                await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        yield database


@pytest.fixture
async def workspace(database):
    return await workspaces.ensure(database, "slack", "T1")


@pytest.fixture
def wanted():
    """A subscription that is due now, of no workspace yet."""
    return Subscription(
        workspace_id=0,
        target_kind=TargetKind.PERSON,
        target_id="U1",
        tz="Europe/Lisbon",
        minute=480,
        days_mask=31,
        set_up_by="U1",
        next_at=NOW,
        next_on=TODAY,
    )


@pytest.fixture
def subscribe(database, workspace, wanted):
    """Sets one up in the workspace; its fields may be set by name."""

    async def set_up(target="U1", **fields):
        own = replace(wanted, workspace_id=workspace.id, target_id=target, set_up_by=target)
        return await subscriptions.put(database, replace(own, **fields))

    return set_up


@pytest.fixture
def every_day():
    """The simplest plan: a tip for the day it is due, then the same hour of the next."""

    def step(subscription, _now):
        due_on, due_at = subscription.next_on, subscription.next_at
        return Step(NewDelivery(due_on, due_at, due_at), due_at + DAY, due_on + timedelta(days=1))

    return step


@pytest.fixture
def plan(database, every_day):
    async def take(how=every_day, limit=1000):
        return await planning.take_due(database, how, limit=limit)

    return take


@pytest.fixture
def leased(database, subscribe, plan):
    """A lane with one delivery that is due, and that delivery."""

    async def make(owner="a", **fields):
        await subscribe(**fields)
        await plan()
        (lane,) = await lease(database, owner)
        (delivery,) = await take(database, [lane])
        return lane, delivery

    return make


@pytest.fixture
def begin(database):
    """Writes an intent; whether it may be sent."""

    async def write(lane, delivery, attempt="first"):
        allowed = await ledger.write(database, [Intent(delivery.key, lane, attempt, "a-tip")], [])
        return delivery.key in allowed

    return write


@pytest.fixture
def finish(database):
    async def write(delivery, attempt="first", state=State.SENT, **fields):
        await ledger.write(database, [], [Result(delivery.key, attempt, state, **fields)])

    return write


@pytest.fixture
def send(leased, begin, finish):
    """A lane, and a delivery in it that has been sent."""

    async def make(seen=None, **fields):
        lane, delivery = await leased(**fields)
        assert await begin(lane, delivery)
        await finish(delivery, seen=seen)
        return lane, delivery

    return make
