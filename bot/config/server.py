"""What every way in needs: where to listen, and what to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config.environment import ENVIRONMENT, Secret, read
from bot.errors import ConfigError

DEFAULT_PORT = 3000
_DEFAULT_CACHE = "~/.cache/lvm-coach"
_DEFAULT_DATABASE = "~/.local/share/lvm-coach/lvm.db"
LOG_LEVELS = ("debug", "info", "warning", "error")


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


def read_server(environment: Mapping[str, str] = ENVIRONMENT) -> ServerSettings:
    """Read what every way in needs.

    Raises:
        ConfigError: A setting is malformed.
    """
    port = read(environment, "PORT")
    folder = read(environment, "LVM_RESPONSES")
    metrics_token = read(environment, "LVM_METRICS_TOKEN")
    return ServerSettings(
        host=read_host(environment),
        port=_read_port(port) if port else DEFAULT_PORT,
        responses=_read_folder(folder) if folder else None,
        log_level=_read_level(read(environment, "LVM_LOG_LEVEL") or "info"),
        cache=_read_cache(read(environment, "LVM_CACHE") or _DEFAULT_CACHE),
        database=_read_database(read(environment, "DATABASE_URL")),
        metrics_token=Secret(metrics_token) if metrics_token else None,
    )


def read_host(environment: Mapping[str, str]) -> str:
    """Where to listen: a host that hands out the port also routes to it from outside."""
    return read(environment, "LVM_HOST") or ("0.0.0.0" if read(environment, "PORT") else "127.0.0.1")  # noqa: S104  see above


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
