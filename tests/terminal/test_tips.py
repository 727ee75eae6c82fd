"""`lvm migrate` and `lvm tips`, as an operator meets them."""

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import CoachError, StoreError
from bot.store import subscriptions, workspaces
from bot.store.database import Database, utc_ms
from bot.store.migrate import migrate
from bot.store.records import Status, Subscription, TargetKind
from bot.terminal.tips import MOST_DAYS, preview, status
from bot.tips.schedule import WEEKDAYS, Schedule, next_occurrence

DAY = 86_400_000
USUAL = Schedule("Europe/Lisbon", 90, WEEKDAYS)


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path}/lvm.db"


@pytest.fixture
def subscribe(address):
    """Brings a person their tips, with the first one due after an instant; gives what is stored."""
    asyncio.run(migrate(address))
    return lambda now=None: asyncio.run(_subscribe(address, now or utc_ms()))


async def _subscribe(address, now):
    due = next_occurrence(USUAL, now)
    async with Database(address) as database:
        workspace = await workspaces.ensure(database, "slack", "T1")
        wanted = Subscription(workspace.id, TargetKind.PERSON, "U1", USUAL.zone, USUAL.minute, WEEKDAYS, "U1")
        return await subscriptions.put(database, replace(wanted, next_at=due.at, next_on=due.due_on))


def _lvm(*arguments, database):
    command = [sys.executable, "-m", "bot", *arguments]
    environment = os.environ | {"DATABASE_URL": database}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_migrating_says_what_it_did_and_then_that_there_is_nothing_to_do(address):
    said = [_lvm("migrate", database=address) for _ in range(2)]
    assert [each.stdout for each in said] == [
        "The database came from nothing to 0002.\n",
        "The database is up to date.\n",
    ]


@pytest.mark.parametrize("command", ["migrate", "tips status", "tips preview --for U1"])
def test_without_a_database_there_is_nothing_to_see_to(command):
    said = _lvm(*command.split(), database="-")
    assert said.returncode == 1
    assert said.stderr == "DATABASE_URL is -, so nothing is kept, and there is nothing to see to.\n"


def test_the_commands_print_what_there_is(address, subscribe):
    subscribe()
    assert _lvm("tips", "status", database=address).stdout.startswith("workspace ")
    assert "U1: Weekdays at 01:30" in _lvm("tips", "preview", "--for", "U1", database=address).stdout


def test_looking_at_a_file_that_is_not_there_does_not_make_it(tmp_path):
    with pytest.raises(CoachError, match=r"There is no database in .* yet"):
        status(f"sqlite:///{tmp_path}/typo.db", 7)
    assert not list(tmp_path.iterdir())


def test_a_database_without_tables_says_how_to_make_them(address):
    Path(address.removeprefix("sqlite:///")).touch()
    with pytest.raises(StoreError, match="run `lvm migrate`"):
        status(address, 7)


def test_the_status_counts_by_workspace_and_says_what_comes_next(address, subscribe):
    subscribe()
    heading, row, coming = status(address, 7)
    assert heading.split() == [
        *("workspace", "status", "subscribed", "paused", "due", "sent", "late", "failed", "unknown"),
        "skipped",
    ]
    assert row.split() == ["slack", "T1", "active", "1", *["0"] * 7]
    assert coming.startswith("The next is due in ")


def test_the_status_says_how_long_the_longest_due_has_waited(address, subscribe):
    subscribe(utc_ms() - 10 * DAY)
    assert "has waited for" in status(address, 7)[-1]


def test_the_preview_says_what_comes_when_by_the_clocks_of_the_place(address, subscribe, handbook):
    subscribe()
    head, condition, *lines = preview(address, handbook, "U1", 7)
    assert head == "U1: Weekdays at 01:30, Lisbon time (on)"
    assert condition == "  If they react to none of it:"
    assert len(lines) == 5
    assert all(" 01:30 WE" in line for line in lines)
    lines_of = {tip.id: tip.line for tip in handbook.tips}
    assert all(line.split("  ")[2] in lines_of for line in lines)


def test_the_preview_of_who_gets_none_says_so(address, subscribe, handbook):
    asyncio.run(_paused(address, subscribe()))
    assert preview(address, handbook, "U1", 7) == [
        "U1: Weekdays at 01:30, Lisbon time (paused)",
        "  Nothing comes in this time.",
    ]


async def _paused(address, known):
    async with Database(address) as database:
        paused = replace(known, status=Status.PAUSED, next_at=None, next_on=None)
        assert await subscriptions.put(database, paused)


def test_of_who_is_not_known_nothing_is_foretold(address, subscribe, handbook):
    subscribe()
    with pytest.raises(CoachError, match="No person or channel with the id 'U404' ever had daily tips"):
        preview(address, handbook, "U404", 7)


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_days_that_cannot_be_looked_at_are_refused(address, days):
    with pytest.raises(CoachError, match=f"--days must be from 1 to {MOST_DAYS}"):
        status(address, days)
