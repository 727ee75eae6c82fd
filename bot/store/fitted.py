"""What was worked out once from the content, kept on disk so that the next start need not do it again.

A file is named by a hash of the content, the code and the versions it was made with, so a stale one is
never found; it begins with a hash of what follows, so a damaged one is never read. It holds a pickle:
the folder must be the user's own, as any folder is that programs are started from.
"""

import hashlib
import os
import pickle
import sys
import tempfile
from pathlib import Path

import numpy as np

from bot.coach.matching import Matcher

_HASH_BYTES = 32
_KEPT = 4
"""Files; older ones are deleted."""
_CODE = Path(__file__).parents[1] / "coach"


def find(folder: Path, digest: str) -> Matcher | None:
    """The matcher that was fitted to this content by this code; None where there is none to trust."""
    try:
        data = _file(folder, digest).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[_HASH_BYTES:]).digest() != data[:_HASH_BYTES]:
        return None
    matcher = pickle.loads(data[_HASH_BYTES:])  # noqa: S301  our own file, and whole: see above
    return matcher if isinstance(matcher, Matcher) else None


def keep(folder: Path, digest: str, matcher: Matcher) -> None:
    """Keep a fitted matcher; where that cannot be done, the next start works it out again."""
    data = pickle.dumps(matcher, pickle.HIGHEST_PROTOCOL)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(hashlib.sha256(data).digest() + data)
        os.replace(file.name, _file(folder, digest))  # noqa: PTH105  readers see the old file or the new one
        for old in sorted(folder.glob("*.fitted"), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _file(folder: Path, digest: str) -> Path:
    made_with = hashlib.sha256(f"{digest} {sys.version} {np.__version__}".encode())
    for source in sorted(_CODE.glob("*.py")):
        made_with.update(source.read_bytes())
    return folder / f"{made_with.hexdigest()[:32]}.fitted"
