"""Everything in turn: this machine first, then each platform that has settings."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.config import ENVIRONMENT, read_slack, read_teams
from bot.config.platforms import NONE_SET
from bot.doctor.clock import asking
from bot.doctor.finding import Finding, faults
from bot.doctor.machine import examine_machine
from bot.errors import ConfigError

if TYPE_CHECKING:  # nothing of Teams is imported where it is not configured
    from bot.teams.access import Authority


async def examine(
    environment: Mapping[str, str] = ENVIRONMENT,
    *,
    authority: "Authority | None" = None,
    now: Callable[[], float] = time.time,
) -> list[Finding]:
    """Look at settings, content, database and platforms, and change nothing anywhere.

    Args:
        environment: Where the settings are.
        authority: Whom to ask about Teams; None for Microsoft.
        now: Seconds since 1970, to compare with the platforms' clocks.
    """
    return [*await examine_machine(environment), *await examine_platforms(environment, authority, now)]


async def examine_platforms(
    environment: Mapping[str, str], authority: "Authority | None", now: Callable[[], float] = time.time
) -> list[Finding]:
    """The platforms alone; see `examine`."""
    found = [*await _slack(environment, now), *await _teams(environment, now, authority)]
    return found or [Finding("platforms", NONE_SET, fault=True)]


async def _slack(environment: Mapping[str, str], now: Callable[[], float]) -> list[Finding]:
    try:
        settings = read_slack(environment)
    except ConfigError as error:
        return faults("Slack settings", error)
    if settings is None:
        return []
    from bot.doctor.slack import examine_slack  # noqa: PLC0415  each platform's library only where it is used

    async with asking("Slack", now) as (session, clock):
        found = await examine_slack(settings, session)
    return [Finding("Slack settings", "complete"), *found, *clock.findings()]


async def _teams(
    environment: Mapping[str, str], now: Callable[[], float], authority: "Authority | None"
) -> list[Finding]:
    try:
        settings = read_teams(environment)
    except ConfigError as error:
        return faults("Teams settings", error)
    if settings is None:
        return []
    from bot.doctor.teams import examine_teams  # noqa: PLC0415  likewise

    async with asking("Teams", now) as (session, clock):
        found = await examine_teams(settings, session, authority)
    return [Finding("Teams settings", "complete"), *found, *clock.findings()]
