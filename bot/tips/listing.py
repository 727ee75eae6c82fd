"""Lists of words, written so that people can mend them."""

from collections.abc import Mapping


def lists(text: str) -> Mapping[str, tuple[str, ...]]:
    """Read lines of `name: one, another`; a line without a colon goes on with the one before."""
    entries: list[str] = []
    for line in text.strip().splitlines():
        if ": " in line:
            entries.append(line)
        else:
            entries[-1] = f"{entries[-1]} {line.strip()}"
    named = (entry.partition(": ") for entry in entries)
    return {name: tuple(map(str.strip, words.split(","))) for name, _, words in named}
