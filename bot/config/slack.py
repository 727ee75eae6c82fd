"""What is needed to work in a Slack workspace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.config.environment import ENVIRONMENT, Secret, is_miscopied, is_safe_url, read
from bot.errors import ConfigError

DEFAULT_API_URL = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What is needed to work in a Slack workspace."""

    bot_token: Secret
    signing_secret: Secret | None
    """Needed for requests over HTTP; None where there is only a socket."""
    app_token: Secret | None = None
    """Turns Socket Mode on."""
    api_url: str = DEFAULT_API_URL
    """Ends in a slash."""


def read_slack(environment: Mapping[str, str] = ENVIRONMENT) -> SlackSettings | None:
    """Read Slack's credentials; None where not one of them is set.

    Raises:
        ConfigError: Some are missing or malformed; the message names every one of them.
    """
    token, secret = read(environment, "SLACK_BOT_TOKEN"), read(environment, "SLACK_SIGNING_SECRET")
    app_token = read(environment, "SLACK_APP_TOKEN")
    if not (token or secret or app_token):
        return None
    api_url = read(environment, "SLACK_API_URL") or DEFAULT_API_URL
    if faults := list(_faults(token, secret, app_token, api_url)):
        raise ConfigError("\n".join(faults))
    return SlackSettings(
        bot_token=Secret(token),
        signing_secret=Secret(secret) if secret else None,
        app_token=Secret(app_token) if app_token else None,
        api_url=api_url.rstrip("/") + "/",
    )


def _faults(token: str, secret: str, app_token: str, api_url: str) -> Iterator[str]:
    if not token:
        yield "SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions; it begins with xoxb-."
    elif not token.startswith("xoxb-"):
        yield "SLACK_BOT_TOKEN does not begin with xoxb-: copy the Bot User OAuth Token."
    if app_token and not app_token.startswith("xapp-"):
        yield "SLACK_APP_TOKEN does not begin with xapp-: create an app-level token for Socket Mode."
    if not secret and not app_token:
        yield (
            "SLACK_SIGNING_SECRET is missing: copy it from Basic Information "
            "(or set SLACK_APP_TOKEN to work over Socket Mode)."
        )
    copied = {"SLACK_BOT_TOKEN": token, "SLACK_SIGNING_SECRET": secret, "SLACK_APP_TOKEN": app_token}
    for name, value in copied.items():
        if is_miscopied(value):
            yield f"{name} holds a space or a strange character: copy it again."
    if not is_safe_url(api_url):
        yield "SLACK_API_URL must be an https address, or http on this machine alone."
