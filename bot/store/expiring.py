"""A mapping whose entries go after a time, and which never grows past a limit."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")

Clock = Callable[[], float]
"""Seconds that only ever go up, such as `time.monotonic`."""


class Expiring(Generic[Value]):
    """Remembers the newest entries, each for a time.

    Args:
        lifetime_seconds: How long an entry stays after it was last put.
        limit: How many entries at most; the oldest gives way.
        clock: Seconds that only go up.
    """

    def __init__(self, *, lifetime_seconds: float, limit: int, clock: Clock) -> None:
        self._lifetime_seconds = lifetime_seconds
        self._limit = limit
        self._clock = clock
        self._entries: OrderedDict[str, tuple[float, Value]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: str) -> Value | None:
        """The entry, or None where there is none or its time is over."""
        self._drop_expired()
        entry = self._entries.get(key)
        return entry[1] if entry is not None else None

    def put(self, key: str, value: Value) -> None:
        """Set an entry; its time begins anew."""
        self._drop_expired()
        self._entries.pop(key, None)
        self._entries[key] = (self._clock() + self._lifetime_seconds, value)
        if len(self._entries) > self._limit:
            self._entries.popitem(last=False)

    def claim(self, key: str, value: Value) -> bool:
        """Set an entry unless there is one: True for whoever came first."""
        if self.find(key) is not None:
            return False
        self.put(key, value)
        return True

    def drop(self, key: str) -> None:
        """Forget an entry, where there is one."""
        self._entries.pop(key, None)

    def drop_where(self, condition: Callable[[Value], bool]) -> None:
        """Forget every entry whose value meets a condition."""
        for key in [key for key, (_, value) in self._entries.items() if condition(value)]:
            del self._entries[key]

    def _drop_expired(self) -> None:
        now = self._clock()
        while self._entries and next(iter(self._entries.values()))[0] <= now:
            self._entries.popitem(last=False)
