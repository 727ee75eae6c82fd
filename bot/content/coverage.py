"""Which topics of a complete handbook are there, which are missing, and which are more."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from bot.coach.handbook import Handbook
from bot.coach.topics import Kind

INVENTORY = Path(__file__).with_name("inventory.yaml")


@cache
def inventory() -> Mapping[str, Kind]:
    """Every topic that a complete handbook has, with its kind, in the order to write them."""
    listed = yaml.safe_load(INVENTORY.read_text(encoding="utf-8"))
    return MappingProxyType({id_: Kind(kind) for kind, ids in listed.items() for id_ in ids})


def missing(handbook: Handbook) -> tuple[str, ...]:
    """The ids that are not written yet."""
    return tuple(id_ for id_ in inventory() if id_ not in handbook.topics)


def own(handbook: Handbook) -> tuple[str, ...]:
    """The ids that an owner has added."""
    return tuple(id_ for id_ in handbook.topics if id_ not in inventory())
