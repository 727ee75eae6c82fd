"""What drivers raise, as one error with a sentence: the only place that knows their codes."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StoreError

DRIVER_ERRORS = (SQLAlchemyError, OSError, OverflowError, UnicodeError)
"""What database work may raise, besides what asyncpg raises while it connects (see `carries_state`)."""

LOCKED = "The database is locked by another process: try again; nothing was changed."
FULL = "The disk of the database is full: make room; nothing was changed."
UNREACHABLE = "The database cannot be reached: see that it runs and that DATABASE_URL names it."
REFUSED = "The database refuses these credentials: see the user, password and name in DATABASE_URL."
NOWHERE = "The server has no database of that name: make it (createdb), or mend the name in DATABASE_URL."
OUTDATED = "The database is not of this version of the coach: run `lvm migrate`."
DAMAGED = "The file is no database, or a damaged one: move it away or restore it from a backup."
UNWRITABLE = "The database may not be written to: see who owns its file or folder, or the rights of its user."
UNSTORABLE = "A value cannot be stored as it is; nothing was changed."
FAILED = "The database could not do this; nothing was changed."

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: UNREACHABLE,
    sqlite3.SQLITE_READONLY: UNWRITABLE,
    sqlite3.SQLITE_PERM: UNWRITABLE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: UNSTORABLE,
    sqlite3.SQLITE_MISMATCH: UNSTORABLE,
    sqlite3.SQLITE_TOOBIG: UNSTORABLE,
}

# By the beginning of the code, the longest first: https://www.postgresql.org/docs/15/errcodes-appendix.html
_OF_POSTGRES = {
    "53100": FULL,
    "55P03": LOCKED,
    "40": LOCKED,
    "3D": NOWHERE,
    "28": REFUSED,
    "42P01": OUTDATED,
    "42703": OUTDATED,
    "3F": OUTDATED,
    "42501": UNWRITABLE,
    "25006": UNWRITABLE,
    "22": UNSTORABLE,
    "23": UNSTORABLE,
    "08": UNREACHABLE,
    "53": UNREACHABLE,
    "57": UNREACHABLE,
    "58": UNREACHABLE,
    "XX": DAMAGED,
}

_PASSING = {LOCKED, FULL, UNREACHABLE}


class UnstorableError(StoreError):
    """A value cannot be stored as it is, however often it is tried."""


def translate(error: Exception) -> StoreError:
    """Say in a sentence what a driver's error means, and whether it may heal by itself."""
    sentence = _sentence(error)
    if sentence == UNSTORABLE:
        return UnstorableError(sentence)
    return StoreError(sentence, passing=sentence in _PASSING, outcome_unknown=sentence == UNREACHABLE)


def carries_state(error: Exception) -> bool:
    """Whether this is one of asyncpg's own errors, which pass SQLAlchemy by while it connects."""
    return type(error).__module__.startswith("asyncpg.")


def _sentence(error: Exception) -> str:
    if isinstance(error, PoolTimeoutError):
        return LOCKED
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if state := getattr(cause, "sqlstate", None):
        return _of_postgres(str(state))
    if isinstance(cause, (OverflowError, ValueError)):
        return UNSTORABLE
    if isinstance(error, (DBAPIError, OSError)) or carries_state(error):
        return UNREACHABLE
    return FAILED


def _of_sqlite(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the number says more than we need
    if code == sqlite3.SQLITE_ERROR and "no such" in str(error):
        return OUTDATED
    return _OF_SQLITE.get(code, FAILED)


def _of_postgres(state: str) -> str:
    for length in (5, 2):
        if sentence := _OF_POSTGRES.get(state[:length]):
            return sentence
    return FAILED
