"""The settings, and the only reader of the environment."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import ConfigError

DEFAULT_API_URL = "https://slack.com/api/"
DEFAULT_PORT = 3000
_DEFAULT_CACHE = "~/.cache/lvm-coach"
_DEFAULT_DATABASE = "~/.local/share/lvm-coach/lvm.db"
LOG_LEVELS = ("debug", "info", "warning", "error")


class Secret:
    """A text that shows itself only when asked to."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


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


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where to listen, and what to say."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    responses: Path | None = None
    """A folder of the owner's own, laid over the shipped content."""
    log_level: str = "info"
    cache: Path | None = None
    """Where to keep what was worked out from the content; None keeps nothing."""
    database: Secret | None = None
    """The address of the database, which may hold a password; None where nothing outlives the process."""
    metrics_token: Secret | None = None
    """Whoever shows it may read the figures, from anywhere; without one only this machine may."""


def read_server(environment: Mapping[str, str] = os.environ) -> ServerSettings:
    """Read what every way in needs.

    Raises:
        ConfigError: A setting is malformed.
    """
    port = _read(environment, "PORT")
    # A host that hands out the port also routes to it from outside.
    host = _read(environment, "LVM_HOST") or ("0.0.0.0" if port else "127.0.0.1")  # noqa: S104  see above
    folder = _read(environment, "LVM_RESPONSES")
    metrics_token = _read(environment, "LVM_METRICS_TOKEN")
    return ServerSettings(
        host=host,
        port=_read_port(port) if port else DEFAULT_PORT,
        responses=_read_folder(folder) if folder else None,
        log_level=_read_level(_read(environment, "LVM_LOG_LEVEL") or "info"),
        cache=_read_cache(_read(environment, "LVM_CACHE") or _DEFAULT_CACHE),
        database=_read_database(_read(environment, "DATABASE_URL")),
        metrics_token=Secret(metrics_token) if metrics_token else None,
    )


def read_slack(environment: Mapping[str, str] = os.environ) -> SlackSettings:
    """Read Slack's credentials.

    Raises:
        ConfigError: Some are missing or malformed; the message names every one of them.
    """
    token, secret = _read(environment, "SLACK_BOT_TOKEN"), _read(environment, "SLACK_SIGNING_SECRET")
    app_token = _read(environment, "SLACK_APP_TOKEN")
    api_url = _read(environment, "SLACK_API_URL") or DEFAULT_API_URL
    if faults := list(_slack_faults(token, secret, app_token, api_url)):
        raise ConfigError("\n".join(faults))
    return SlackSettings(
        bot_token=Secret(token),
        signing_secret=Secret(secret) if secret else None,
        app_token=Secret(app_token) if app_token else None,
        api_url=api_url.rstrip("/") + "/",
    )


def _slack_faults(token: str, secret: str, app_token: str, api_url: str) -> Iterator[str]:
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
        if not value.isascii() or any(character.isspace() for character in value):
            yield f"{name} holds a space or a strange character: copy it again."
    if not _is_safe_url(api_url):
        yield "SLACK_API_URL must be an https address, or http on this machine alone."


def _read(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()


def _read_port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > len("65535") or not 0 < int(text) <= 65535:  # noqa: PLR2004  the highest port
        raise ConfigError("PORT must be a number from 1 to 65535.")
    return int(text)


def _read_cache(text: str) -> Path | None:
    try:
        return None if text == "-" else Path(text).expanduser()
    except RuntimeError:
        return None  # Nobody is at home here, so there is nowhere to keep anything.


def _read_database(text: str) -> Secret | None:
    """The address as it is written: only who opens the database can tell whether it is one."""
    if text == "-":
        return None
    try:
        return Secret(text or f"sqlite:///{Path(_DEFAULT_DATABASE).expanduser().absolute()}")
    except RuntimeError:
        return None  # Nobody is at home here, so there is nowhere to keep anything.


def _read_folder(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise ConfigError("LVM_RESPONSES names the home of someone who is not here.") from error


def _read_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ConfigError(f"LVM_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
    return text.lower()


def _is_safe_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
