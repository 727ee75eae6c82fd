"""Which platforms to work on: whichever have their settings."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.config.environment import ENVIRONMENT
from bot.config.slack import SlackSettings, read_slack
from bot.config.teams import TeamsSettings, read_teams
from bot.errors import ConfigError

NONE_SET = (
    "No platform is set: for Slack set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, for Microsoft Teams "
    "CLIENT_ID, CLIENT_SECRET and TENANT_ID. To look around with neither, run `lvm try`."
)

Settings = TypeVar("Settings")


def read_platforms(
    environment: Mapping[str, str] = ENVIRONMENT,
) -> tuple[SlackSettings | None, TeamsSettings | None]:
    """Read the settings of every platform; None for those that have none.

    Raises:
        ConfigError: No platform has any, or some are missing or malformed; the message names all of them.
    """
    faults: list[str] = []
    slack = _read(read_slack, environment, faults)
    teams = _read(read_teams, environment, faults)
    if faults or (slack is None and teams is None):
        raise ConfigError("\n".join(faults) or NONE_SET)
    return slack, teams


def _read(
    read: Callable[[Mapping[str, str]], Settings | None], environment: Mapping[str, str], faults: list[str]
) -> Settings | None:
    try:
        return read(environment)
    except ConfigError as error:
        faults.append(str(error))
        return None
