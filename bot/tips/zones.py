"""What people call a place → its time zone, among those of this machine's time zone data."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from bot.tips.places import CITIES, UNCLEAR

LONGEST = 4
"""Words of a place's name."""

_CONTINENTS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)
_NO_PLACES = frozenset({"localtime", "Factory", "posixrules"})
"""What the time zone data holds beside zones."""
_NO_CITIES = frozenset({"north", "south", "west"})
"""The last words of some Australian zones."""
_BREAK = re.compile(r"[\s/_]+|(?<=[a-z])-(?=[a-z])")
_OFFSET = re.compile(r"(?:utc|gmt)([+-])0?([0-9]{1,2})(?::?00)?")
_EASTMOST, _WESTMOST = 14, 12
"""Hours from UTC for which there is a zone of a fixed difference."""
_LIKENESS = 0.7
STRICT_LIKENESS = 0.8
"""For a word that nothing marks as a place."""
_SHORTEST_LIKE = 5
"""Letters of such a word."""
_SEARCHED = 40
"""Characters of a name that is looked for among all names."""
_ELSE = ("UTC", "Europe/London", "America/New_York")
"""What to offer where nothing is like it."""


def find_zones(said: str) -> tuple[str, ...]:
    """Find the zone that goes by a name, in lower case; several where it is unclear, none if unknown."""
    name = _key(said)
    if offset := _OFFSET.fullmatch(name):
        return _fixed(offset[1], int(offset[2]))
    return _names().get(name, ())


def like_zones(said: str, *, strict: bool = False) -> tuple[str, ...]:
    """Give the zones, at most three, whose names are like a name that is none.

    Args:
        said: The name, in lower case.
        strict: For a word that may be anything: only a place that it can hardly fail to be.
    """
    names, name = _names(), _key(said)[:_SEARCHED]
    if strict and len(name) < _SHORTEST_LIKE:
        return ()
    near = get_close_matches(name, names, n=6, cutoff=STRICT_LIKENESS if strict else _LIKENESS)
    return tuple(dict.fromkeys(zone for name in near for zone in names[name]))[:3]


def nearest_zones(said: str) -> tuple[str, ...]:
    """Give three zones, those whose names are most like a name that is none first."""
    return tuple(dict.fromkeys((*like_zones(said), *_ELSE)))[:3]


def _fixed(sign: str, hours: int) -> tuple[str, ...]:
    """The zones called Etc/GMT-2 are ahead of UTC."""
    if hours > (_EASTMOST if sign == "+" else _WESTMOST):
        return ()
    return (f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC",)


def _key(name: str) -> str:
    return _BREAK.sub(" ", name.casefold()).strip()


@lru_cache(1)
def _names() -> Mapping[str, tuple[str, ...]]:
    """Every name, and what it stands for: first a zone's own, then its city's, then all others."""
    known = available_timezones() - _NO_PLACES
    # Of two zones with one city the longer name is the newer; Europe/Istanbul is, of those of equal length.
    by_age = sorted(known, key=lambda zone: (zone.count("/"), zone))
    found: dict[str, tuple[str, ...]] = {
        _key(zone.rpartition("/")[2]): (zone,) for zone in by_age if zone.partition("/")[0] in _CONTINENTS
    }
    for name in _NO_CITIES:
        found.pop(name, None)
    found |= {_key(zone): (zone,) for zone in by_age}
    for zone, names in CITIES.items():
        found |= {name: (zone,) for name in names if zone in known}
    for zones, names in UNCLEAR.items():
        choices = tuple(zone for zone in zones.split(", ") if zone in known)
        found |= {name: choices for name in names if choices}
    return found
