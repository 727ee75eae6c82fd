"""What was made of the content once, kept on disk so that the next start need not make it again.

A file is named by a hash of the content, the code and the versions it was made with, so a stale one is
never found; it begins with a hash of what follows, so a damaged one is never read. It holds a pickle:
the folder must be the user's own, as any folder is that programs are started from.
"""

import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from bot.coach.handbook import Handbook
from bot.coach.matching import Matcher

_HASH_BYTES = 32
_KEPT = 4
"""Files; older ones are deleted."""
_SUFFIX = ".prepared"
_CODE = tuple(Path(__file__).parents[1] / folder for folder in ("coach", "content"))


class _Pickler(pickle.Pickler):
    """Knows the read-only mappings that a handbook is made of."""

    def reducer_override(self, thing: object) -> Any:  # noqa: ANN401  what pickle asks for
        if isinstance(thing, MappingProxyType):
            return _read_only, (dict(thing),)
        return NotImplemented


def _read_only(entries: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(entries)


def find(folder: Path, digest: str) -> tuple[Handbook, Matcher] | None:
    """What this code made of this content; None where there is none to trust."""
    try:
        data = memoryview(_file(folder, digest).read_bytes())
    except OSError:
        return None
    kept = data[_HASH_BYTES:]  # no copy: what is read here once would widen the process for good
    if hashlib.sha256(kept).digest() != data[:_HASH_BYTES]:
        return None
    handbook, matcher = pickle.loads(kept)  # noqa: S301  our own file, and whole: see above
    return handbook, matcher


def keep(folder: Path, handbook: Handbook, matcher: Matcher) -> None:
    """Keep a handbook and the matcher fitted to it; where that cannot be done, they are made again."""
    data = io.BytesIO()
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump((handbook, matcher))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(hashlib.sha256(data.getbuffer()).digest())
            file.write(data.getbuffer())
        os.replace(file.name, _file(folder, handbook.digest))  # noqa: PTH105  readers see the old or the new
        for old in sorted(folder.glob(f"*{_SUFFIX}"), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _file(folder: Path, digest: str) -> Path:
    made_with = hashlib.sha256(f"{digest} {sys.version} {np.__version__}".encode())
    for source in sorted(source for code in _CODE for source in code.glob("*.py")):
        made_with.update(source.read_bytes())
    return folder / f"{made_with.hexdigest()[:32]}{_SUFFIX}"
