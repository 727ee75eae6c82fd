"""Everything the coach raises on purpose, as one tree.

    CoachError
    ├── ConfigError    a setting is missing or malformed
    ├── ContentError   the content has faults; carries every one of them
    ├── StoreError     the database did not do what was asked; nothing was changed
    └── DeliveryError  a message did not, or perhaps did not, arrive

Each message says what is wrong, where, and what to do.
"""

from dataclasses import dataclass
from enum import StrEnum


class CoachError(Exception):
    """What the coach raises on purpose."""


class ConfigError(CoachError):
    """A setting is missing or malformed."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in the content, and where."""

    file: str
    """The path, as the owner would type it."""
    line: int
    """The first line is 1."""
    rule: str
    """The rule's name, such as `duplicate-key`."""
    message: str
    """What is wrong and what to do about it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.rule}]"


class ContentError(CoachError):
    """The content has faults; `faults` holds every one, in order of file and line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults))
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in the content"
        super().__init__("\n".join([count + ":", *map(str, self.faults)]))


class StoreError(CoachError):
    """The database did not do what was asked, and changed nothing; with `outcome_unknown` perhaps all.

    `passing` says that it may heal by itself, so that asking again makes sense.
    """

    def __init__(self, sentence: str, *, passing: bool = False, outcome_unknown: bool = False) -> None:
        self.passing = passing
        self.outcome_unknown = outcome_unknown
        super().__init__(sentence)


class Refusal(StrEnum):
    """What a platform will never deliver to again."""

    TARGET_GONE = "target-gone"
    """A person or channel that is not there, or not for us."""
    WORKSPACE_GONE = "workspace-gone"
    """The whole workspace: our token is refused."""


class DeliveryError(CoachError):
    """A message did not arrive, or with `outcome_unknown` perhaps did.

    With neither `outcome_unknown` nor `permanent` it may be sent again, after `retry_after_seconds` where
    the platform named a time.
    """

    def __init__(
        self,
        reason: str,
        *,
        outcome_unknown: bool = False,
        retry_after_seconds: float | None = None,
        permanent: Refusal | None = None,
    ) -> None:
        self.reason = reason
        self.outcome_unknown = outcome_unknown
        self.retry_after_seconds = retry_after_seconds
        self.permanent = permanent
        super().__init__(f"the message was not delivered: {reason}")
