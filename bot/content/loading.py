"""Folders → the handbook, whole, or every fault of every file."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.coach.handbook import Handbook, Kind, Side, Tip, Topic
from bot.content import schema
from bot.content.fields import Fields, read_texts
from bot.content.folders import File, Part, shown, survey
from bot.content.nodes import Items, Node, Table, Text, lay_over
from bot.content.reading import parse, read_bytes
from bot.content.report import Report
from bot.content.rules import Once, check_claims, check_needed
from bot.content.texts import PHRASING
from bot.errors import ContentError, Fault

_DIGEST_CHARACTERS = 12
