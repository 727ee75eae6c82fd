"""One file → its nodes, or the faults that keep it from being read."""

import re
import stat
from pathlib import Path

from bot.content.composing import compose
from bot.content.nodes import Node
from bot.content.report import Place, Report
from bot.content.rulebook import Rule

MAX_BYTES = 1024 * 1024
"""Of one file."""

# What YAML forbids, and line ends that editors do not count.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]",
)


def read_bytes(path: Path, file: str, report: Report) -> bytes | None:
    """Read a regular file of at most `MAX_BYTES`; more than that is never read."""
    try:
        # Asked before opening: to open a pipe would wait for its writer.
        if not stat.S_ISREG(path.stat().st_mode):
            report.add(
                Place(file), Rule.REGULAR_FILE, "this is not a regular file; put a text file in its place"
            )
            return None
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"this file cannot be read ({error.strerror}); check that it is there and may be read"
        report.add(Place(file), Rule.READABLE, message)
        return None
    if len(data) > MAX_BYTES:
        report.add(Place(file), Rule.FILE_SIZE, "this file is larger than 1 MiB; shorten it")
        return None
    return data


def parse(data: bytes, file: str, report: Report) -> Node | None:
    """Parse a file's bytes; None where the report says why that cannot be done."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file, data.count(b"\n", 0, error.start) + 1)
        # A byte-order mark at the start is not counted in the error's position.
        byte = error.object[error.start]
        report.add(place, Rule.UTF_8, f"the byte 0x{byte:02x} is not UTF-8 here; save the file as UTF-8")
        return None
    # Most files hold none but printable characters, which is told ten times faster.
    found = None if text.replace("\n", "").isprintable() else _FORBIDDEN.search(text)
    if found:
        place = Place(file, text.count("\n", 0, found.start()) + 1)
        message = f"the character U+{ord(found[0]):04X} may not stand in a file; delete it"
        report.add(place, Rule.CONTROL_CHARACTER, message)
        return None
    return compose(text, file, report)
