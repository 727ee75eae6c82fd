"""What tests of more than one area ask for. Whatever takes `database` runs on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from benchmarks.postgres import find_programs, serving
from bot import content
from bot.coach.coach import Coach
from bot.store.database import Database
from bot.store.tables import metadata

NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
MIGRATE = "import asyncio, sys; from bot.store.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
PHRASINGS = Path(__file__).parent / "phrasings"


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files and the README's picture anew",
    )


@pytest.fixture(scope="session")
def handbook():
    """The shipped content."""
    return content.load([content.shipped_folder()])


@pytest.fixture(scope="session")
def coach(handbook):
    return Coach(handbook)


@pytest.fixture(scope="session")
def held_out():
    """The questions that stand nowhere in the content, by the name of their file."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in PHRASINGS.glob("*.yaml")}


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture(scope="session")
def postgres():
    programs = find_programs()
    if programs is None:
        missing = "no PostgreSQL server is installed: apt-get install postgresql"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with serving(programs, durable=False) as server:
        server.make("migrated")
        subprocess.run([sys.executable, "-c", MIGRATE, server.address("migrated")], check=True)
        server.make("emptied", "-T", "migrated")
        yield server


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
