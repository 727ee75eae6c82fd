import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.coach.handbook import Side
from bot.coach.topics import Kind
from bot.content import check, load, shipped_folder
from bot.content.composing import compose
from bot.content.folders import shown
from bot.content.loading import alternate
from bot.content.report import Report
from bot.errors import ContentError


def test_the_shipped_content_has_no_fault():
    assert check([shipped_folder()]) == ()


def test_a_topic_is_read_whole(folder):
    topic = load([folder]).topics["course-crew"]
    assert (topic.kind, topic.number, topic.names) == (Kind.DIFFERENCE, 1, ("course", "crew"))
    assert topic.sides.management == "Says who stands which watch."
    assert topic.roles == {"executive": "Name one harbour a year."}
    assert [source.id for source in topic.sources] == ["harbour-survey"]
    assert topic.not_phrasings == ("which ship is the fastest",)


def test_folded_lines_become_paragraphs(folder):
    example = load([folder]).topics["course-crew"].aspects["example"]
    assert example == "A skipper names the harbour in the morning.\nHer mate writes the watches on a board."


def test_topics_are_in_browsing_order(folder):
    text = (folder / "faq/both-hands.yaml").read_text(encoding="utf-8")
    before, _, _ = text.partition("phrasings:")
    asked = "".join(f"  - question {word}\n" for word in "abcdefghijklmno")
    renamed = before.replace("title: Can", "title: as far as they go, can")
    (folder / "faq/zeal.yaml").write_text(f"{renamed}phrasings:\n{asked}", encoding="utf-8")
    in_order = ["course-crew", "heavy-sea", "steer-or-tie", "zeal", "both-hands", "old-chart"]
    assert list(load([folder]).topics) == in_order


def test_sides_of_the_tips_take_turns(folder):
    (tip,) = load([folder]).tips
    leading = [replace(tip, id=f"l{n}") for n in range(2)]
    managing = [replace(tip, id=f"m{n}", side=Side.MANAGING) for n in range(3)]
    ordered = alternate([*reversed(leading), *managing])
    assert [tip.id for tip in ordered] == ["m0", "l0", "m1", "l1", "m2"]


def test_the_digest_follows_the_bytes_and_nothing_else(folder):
    before = load([folder]).digest
    os.utime(folder / "replies.yaml", (0, 0))
    assert load([folder]).digest == before
    with (folder / "replies.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# later\n")
    assert load([folder]).digest != before


def test_the_handbook_cannot_be_changed(folder):
    handbook = load([folder])
    with pytest.raises(TypeError):
        handbook.topics["another"] = handbook.topics["both-hands"]


def test_the_error_holds_every_fault_in_order(folder):
    (folder / "tips/look-up.yaml").write_text("side: on\n", encoding="utf-8")
    (folder / "off-topic.yaml").unlink()
    with pytest.raises(ContentError) as caught:
        load([folder])
    assert caught.value.faults == check([folder]) == tuple(sorted(caught.value.faults))


def test_a_path_below_here_is_shown_as_its_owner_would_type_it(tmp_path):
    assert shown(Path.cwd() / "ours") == "ours"
    assert shown(Path("ours")) == "ours"
    assert shown(tmp_path / "o\x1b[2Jurs") == f"{tmp_path}/o\\x1b[2Jurs"


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="there is only one parser here to compare")
def test_both_parsers_read_the_same():
    for file in shipped_folder().rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        in_c, in_python = (
            compose(text, file.name, Report(), loader=p) for p in (yaml.CSafeLoader, yaml.SafeLoader)
        )
        assert in_c == in_python
