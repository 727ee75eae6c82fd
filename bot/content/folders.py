"""Folders → the files that count, each with what it is.

overview/ differences/ situations/ …     one file a topic, named by its id; a folder a kind
tips/ tools/ referrals/ quotes/          one file each, named by its id
sources.yaml vocabulary.yaml replies.yaml off-topic.yaml follow-ups.yaml languages.yaml daily.yaml
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.coach.topics import Kind
from bot.content.report import Place, Report, suggestion, visible
from bot.content.rulebook import Rule


class Part(StrEnum):
    """What a file holds."""

    TOPIC = "topic"
    TIP = "tip"
    TOOL = "tool"
    REFERRAL = "referral"
    QUOTE = "quote"
    SOURCES = "sources"
    VOCABULARY = "vocabulary"
    REPLIES = "replies"
    OFF_TOPIC = "off-topic"
    FOLLOW_UPS = "follow-ups"
    LANGUAGES = "languages"
    DAILY = "daily"


SINGLES = (
    *(Part.SOURCES, Part.VOCABULARY, Part.REPLIES, Part.OFF_TOPIC),
    *(Part.FOLLOW_UPS, Part.LANGUAGES, Part.DAILY),
)
"""One file of each in a folder, named by its part; those of all folders are read together."""

_INNER = {
    **{kind.value: Part.TOPIC for kind in Kind},
    "tips": Part.TIP,
    "tools": Part.TOOL,
    "referrals": Part.REFERRAL,
    "quotes": Part.QUOTE,
}
_SUFFIX = ".yaml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IGNORED = "README.md"


@dataclass(frozen=True, slots=True)
class File:
    """A file that counts."""

    path: Path
    shown: str
    """The path as its owner would type it."""
    relative: str
    """The path within its folder of the list, with slashes."""
    layer: int
    """The folder's place in the list, from 0; a higher one lies over a lower one."""
    part: Part
    id: str
    kind: Kind | None = None
    """A topic's kind."""


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    shown: str
    layer: int

    def file(self, relative: str, part: Part) -> File:
        inner, _, name = relative.rpartition("/")
        kind = Kind(inner) if part is Part.TOPIC else None
        stem = name.removesuffix(_SUFFIX)
        return File(self.path / relative, self.at(relative), relative, self.layer, part, stem, kind)

    def at(self, relative: str) -> str:
        return f"{self.shown}/{visible(relative)}"


def shown(path: Path) -> str:
    """Write a path as its owner would type it: from here where it lies below, else whole."""
    here = Path.cwd()
    return visible(str(path.relative_to(here) if path.is_relative_to(here) else path))


def survey(paths: Sequence[Path], report: Report) -> tuple[File, ...]:
    """List the files that count, lowest folder first and by name within; report those out of place.

    Of two with the same part and id only the one in the higher folder counts, except for `SINGLES`.
    """
    counting: dict[tuple[Part, str, int], File] = {}
    for layer, path in enumerate(paths):
        for file in _files(_Folder(path, shown(path), layer), report):
            key = (file.part, file.id, layer if file.part in SINGLES else 0)
            below = counting.get(key)
            if below and below.layer == layer:
                message = (
                    f"the id {file.id} belongs to {below.shown} already; rename or delete one of the two"
                )
                report.add(Place(file.shown), Rule.ID_TWICE, message)
            else:
                counting[key] = file
    return tuple(sorted(counting.values(), key=lambda file: (file.layer, file.relative)))


def _files(folder: _Folder, report: Report) -> Iterator[File]:
    for name in _names(folder, "", report):
        if name in _INNER and (folder.path / name).is_dir():
            yield from _inner_files(folder, name, report)
        elif name.removesuffix(_SUFFIX) in SINGLES and name.endswith(_SUFFIX):
            yield folder.file(name, Part(name.removesuffix(_SUFFIX)))
        else:
            known = [*_INNER, *(single + _SUFFIX for single in SINGLES)]
            message = f"nothing reads this; rename, move or delete it ({suggestion(name, known)})"
            report.add(Place(folder.at(name)), Rule.STRAY_FILE, message)


def _inner_files(folder: _Folder, inner: str, report: Report) -> Iterator[File]:
    for name in _names(folder, inner, report):
        relative = f"{inner}/{name}"
        if not name.endswith(_SUFFIX):
            message = f"nothing reads this; a file here ends in {_SUFFIX}: rename, move or delete it"
            report.add(Place(folder.at(relative)), Rule.STRAY_FILE, message)
        elif not _ID.fullmatch(name.removesuffix(_SUFFIX)):
            message = (
                'a name here is small letters, digits and single dashes, such as "vision-execution.yaml"'
            )
            report.add(Place(folder.at(relative)), Rule.FILE_NAME, f"rename this file: {message}")
        else:
            yield folder.file(relative, _INNER[inner])


def _names(folder: _Folder, inner: str, report: Report) -> list[str]:
    try:
        names = os.listdir(folder.path / inner)  # noqa: PTH208  names are all that is needed
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        message = f"this folder cannot be read ({reason}); check its name and permissions"
        report.add(Place(folder.at(inner).rstrip("/")), Rule.FOLDER, message)
        return []
    return sorted(name for name in names if not name.startswith(".") and name != _IGNORED)
