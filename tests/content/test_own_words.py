"""The content is written afresh: no run of eight words stands in the articles or in the inventory."""

import re
from pathlib import Path

import pytest
import yaml

from bot import content
from bot.content.coverage import inventory
from bot.content.readability import AVERAGE_LEAST, reading_ease
from bot.terminal.checking import average_ease

SHARED = Path(__file__).parents[3] / "shared"
RUN = 8


def _runs(text):
    words = re.findall(r"[a-z0-9']+", text.lower().replace("\u2019", "'"))
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def _texts(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the articles lie beside a working copy only")
def test_no_run_of_eight_words_is_taken_from_elsewhere():
    others = [*sorted((SHARED / "sources").glob("*.txt")), SHARED / "inventory.yaml"]
    taken = set().union(*(_runs(other.read_text(encoding="utf-8")) for other in others))
    # The titles of the articles stand in sources.yaml, where they are named.
    files = [file for file in content.shipped_folder().rglob("*.yaml") if file.name != "sources.yaml"]
    found = {
        (file.name, " ".join(run))
        for file in files
        for text in _texts(yaml.safe_load(file.read_text(encoding="utf-8")))
        for run in _runs(text) & taken
    }
    assert not found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the inventory lies beside a working copy only")
def test_our_list_of_topics_is_the_inventorys():
    shared = yaml.safe_load((SHARED / "inventory.yaml").read_text(encoding="utf-8"))
    assert [row["id"] for rows in shared.values() for row in rows] == list(inventory())


def test_the_content_is_easy_to_read(handbook):
    assert average_ease(handbook) >= AVERAGE_LEAST


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The cat sat on the mat.", 100, 121),
        ("Say where we are going. Then say who takes the first step.", 90, 121),
        ("Organisational responsibilities necessitate interdisciplinary collaboration.", -400, 0),
        ("", 100, 100),
    ],
)
def test_plain_words_read_easily_and_long_ones_do_not(text, least, most):
    assert least <= reading_ease(text) <= most
