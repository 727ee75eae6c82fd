"""The environment as texts, and what the settings of every platform ask of one."""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

ENVIRONMENT: Mapping[str, str] = os.environ


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


def read(environment: Mapping[str, str], name: str) -> str:
    """A setting without the space around it; empty where it is not set."""
    return environment.get(name, "").strip()


def is_miscopied(text: str) -> bool:
    """Whether a credential holds what no credential does."""
    return not text.isascii() or any(character.isspace() for character in text)


def is_safe_url(url: str) -> bool:
    """Whether it is an https address without a password in it, or http on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether only this machine is behind the name."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
