"""The few kinds of rule that the table of blocks is written in; each finds the faults of one value.

`at` is the value's JSON pointer. A rule accepts any value whatever, however malformed, and never raises.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

Check = Callable[[Mapping[str, object], str], Iterator[str]]
"""Something a shape must fulfil as a whole."""


class Rule(Protocol):
    """What a value must be."""

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield one sentence for each fault, in reading order."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A string of `least` to `most` characters; one of `choices`, or like `pattern`, where these are set."""

    most: int
    least: int = 1
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not isinstance(value, str):
            yield f"{at}: must be a string"
        elif len(value) < self.least:
            yield f"{at}: must not be empty"
        elif len(value) > self.most:
            yield f"{at}: {len(value)} characters, at most {self.most} are allowed"
        elif self.choices and value not in self.choices:
            yield f"{at}: must be one of {', '.join(self.choices)}"
        elif self.pattern and not re.match(self.pattern, value):
            yield f"{at}: is not written as it must be ({self.pattern})"


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not isinstance(value, bool):
            yield f"{at}: must be true or false"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            yield f"{at}: must be a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `least` to `most` values that each follow `rule`."""

    rule: Rule
    most: int
    least: int = 1

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not isinstance(value, list):
            yield f"{at}: must be a list"
            return
        if len(value) < self.least:
            yield f"{at}: {len(value)} items, at least {self.least} are needed"
        if len(value) > self.most:
            yield f"{at}: {len(value)} items, at most {self.most} are allowed"
            return
        for place, item in enumerate(value):
            yield from self.rule.faults(item, f"{at}/{place}")


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with exactly these fields; those in `required` must be there."""

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not isinstance(value, dict):
            yield f"{at}: must be an object"
            return
        for name in self.required:
            if name not in value:
                yield f"{at}: {name} is missing"
        for name, item in value.items():
            rule = self.fields.get(name)
            if rule is None:
                yield f"{at}: {str(name)[:40]} is not a field of this"
            else:
                yield from rule.faults(item, f"{at}/{name}")
        for check in self.checks:
            yield from check(value, at)


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object whose `type` says which of the shapes it has; `type` itself needs no field in them."""

    shapes: Mapping[str, Shape]

    def faults(self, value: object, at: str) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not isinstance(value, dict):
            yield f"{at}: must be an object"
            return
        shape = self.shapes.get(value["type"]) if isinstance(value.get("type"), str) else None
        if shape is None:
            yield f"{at}: type must be one of {', '.join(self.shapes)}"
        else:
            yield from shape.faults({name: item for name, item in value.items() if name != "type"}, at)


def exactly_one(*names: str) -> Check:
    """Make the check that precisely one of the fields is there."""

    def check(value: Mapping[str, object], at: str) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield f"{at}: needs exactly one of {', '.join(names)}"

    return check


def at_least_one(*names: str) -> Check:
    """Make the check that one or more of the fields are there."""

    def check(value: Mapping[str, object], at: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield f"{at}: needs {' or '.join(names)}"

    return check
