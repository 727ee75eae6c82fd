"""What stands on this machine, whatever the platforms: settings, content, database."""

import os
from collections.abc import Mapping
from pathlib import Path

from bot.config import Secret, read_server
from bot.conversation import read_handbook
from bot.doctor.finding import Finding, faults
from bot.errors import ConfigError, ContentError, StoreError
from bot.store.address import parse_address
from bot.store.checkup import check_up
from bot.store.database import Database
from bot.store.engines import Patience
from bot.store.troubles import UNWRITABLE
from bot.terminal import checking

_PATIENCE = Patience(wait_seconds=5, work_seconds=5)


async def examine_machine(environment: Mapping[str, str]) -> list[Finding]:
    """Look at everything that needs no platform; without its settings nothing else can be looked at."""
    try:
        settings = read_server(environment)
    except ConfigError as error:
        return faults("settings", error)
    listening = Finding("settings", f"complete; the coach is to listen on {settings.host}:{settings.port}")
    return [listening, examine_content(settings.responses), *await examine_database(settings.database)]


def examine_content(responses: Path | None) -> Finding:
    """Do what `lvm check` does, and count what it would say."""
    try:
        handbook = read_handbook(responses)
    except ContentError as error:
        return Finding("content", f"{len(error.faults)} faults: `lvm check` names each.", fault=True)
    if found := checking.find_faults(handbook):
        return Finding("content", f"{len(found)} faults: `lvm check` names each.", fault=True)
    return Finding("content", f"{len(handbook.topics)} topics and {len(handbook.tips)} tips")


async def examine_database(secret: Secret | None) -> list[Finding]:
    """Try whether it can be reached and written to, and is of this version; make none where there is none."""
    if secret is None:
        return [Finding("database", "DATABASE_URL is -, so nothing is kept and there are no daily tips")]
    try:
        address = parse_address(secret.reveal())
        if address.path and not address.path.exists():
            return [_unmade(address.path)]
        async with Database(secret.reveal(), patience=_PATIENCE) as database:
            await check_up(database)
    except StoreError as error:
        return faults("database", error)
    return [Finding("database", f"{address}: reached, up to date and open for writing")]


def _unmade(path: Path) -> Finding:
    """Whether the first start can make the file, found out without making it."""
    nearest = next(parent for parent in path.parents if parent.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
        return Finding("database", UNWRITABLE, fault=True)
    return Finding("database", f"{path} is not there yet: the first start makes it")
