"""How values lie in the tables: the same on both databases, and refused alike where they cannot lie there."""

from datetime import date
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from sqlalchemy import BigInteger, Integer, SmallInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

Word = TypeVar("Word", bound=StrEnum)
Number = TypeVar("Number", bound=IntEnum)

ROW_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only what is called INTEGER."""


class Words(TypeDecorator[str]):
    """Any text but NUL and half characters, which PostgreSQL cannot hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's
        """Refuse what only one of the databases could keep."""
        if value is not None and "\0" in value:
            raise ValueError("a text holds NUL")
        if value is not None:
            value.encode()
        return value


class IsoDate(TypeDecorator[date]):
    """A day as `2026-11-23`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's
        """As text, whose order is that of the days."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002  SQLAlchemy's
        """As a day again."""
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001  SQLAlchemy's
        """As a number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002  SQLAlchemy's
        """As yes or no again."""
        return None if value is None else bool(value)


class Named(TypeDecorator[Word], Generic[Word]):
    """One of a few words, by what it says."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's
        """As text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:  # noqa: ARG002  SQLAlchemy's
        """As the word again."""
        return None if value is None else self.words(value)


class Numbered(TypeDecorator[Number], Generic[Number]):
    """One of a few words, by its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, words: type[Number]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Number | None, dialect: Dialect) -> int | None:  # noqa: ARG002  SQLAlchemy's
        """As its number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Number | None:  # noqa: ARG002  SQLAlchemy's
        """As the word again."""
        return None if value is None else self.words(value)
