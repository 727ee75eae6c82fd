"""The settings, and the only reader of the environment."""

from bot.config.environment import ENVIRONMENT, Secret
from bot.config.platforms import read_platforms
from bot.config.server import DEFAULT_PORT, LOG_LEVELS, ServerSettings, read_server
from bot.config.slack import DEFAULT_API_URL, SlackSettings, read_slack
from bot.config.teams import EMULATOR_TENANT, Pages, TeamsSettings, read_teams

__all__ = [
    "DEFAULT_API_URL",
    "DEFAULT_PORT",
    "EMULATOR_TENANT",
    "ENVIRONMENT",
    "LOG_LEVELS",
    "Pages",
    "Secret",
    "ServerSettings",
    "SlackSettings",
    "TeamsSettings",
    "read_platforms",
    "read_server",
    "read_slack",
    "read_teams",
]
