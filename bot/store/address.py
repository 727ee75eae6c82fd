"""Where the database is: the address an operator writes, read without touching any driver."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import StoreError

_SQLITE = "sqlite:"
_FILE = "sqlite:///"
_POSTGRES = "postgresql"
_HOW = "write sqlite:////absolute/path.db for a file, or postgresql://user:password@host/name for a server."

MISREAD = (
    "DATABASE_URL cannot be read: its port must be a number, and where a password has one of / ? @ write "
    "%2F, %3F or %40."
)


@dataclass(frozen=True, slots=True)
class Address:
    """One of two: a file of SQLite's, or a server of PostgreSQL's."""

    path: Path | None
    """The file, absolute; None for PostgreSQL."""
    dsn: str = field(default="", repr=False)
    """What asyncpg is given, password and all; empty for SQLite. Never to be shown."""

    def __str__(self) -> str:
        return f"SQLite in {self.path}" if self.path else "PostgreSQL"


def parse_address(text: str) -> Address:
    """Read what `DATABASE_URL` says.

    Raises:
        StoreError: It is neither form; the sentence says what to write and repeats nothing of the address.
    """
    text = text.strip()
    if not text or not text.isprintable() or _is_broken(text):
        raise StoreError(f"DATABASE_URL is empty or holds a strange character: {_HOW}")
    if text.startswith(_SQLITE):
        return _file(text)
    if text.startswith("postgres://"):
        raise StoreError("DATABASE_URL begins with postgres://: write postgresql:// in its place.")
    return _server(text)


def _is_broken(text: str) -> bool:
    """A lone half of a character can be in no file's name and in no password."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _file(text: str) -> Address:
    name = text.removeprefix(_FILE)
    if name == text or not name.startswith("/") or name.endswith("/"):
        raise StoreError(f"DATABASE_URL must name a file by its whole path: {_HOW}")
    if "?" in name or "#" in name:
        raise StoreError("DATABASE_URL takes no options after a file's name: leave out what follows ? or #.")
    return Address(Path(name))


def _server(text: str) -> Address:
    if not text.startswith(f"{_POSTGRES}://"):
        raise StoreError(f"DATABASE_URL names no database that the coach knows: {_HOW}")
    if "#" in text or " " in text:
        raise StoreError("DATABASE_URL holds # or a space: write %23 or %20 where a password has one.")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise StoreError(MISREAD) from None
    if not (parts.netloc or parts.query) or not parts.path.strip("/"):
        raise StoreError(f"DATABASE_URL names no server, or no database there: {_HOW}")
    if "@" in parts.query:
        raise StoreError(MISREAD)
    return Address(None, text)
