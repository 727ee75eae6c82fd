import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.content import check
from bot.content.folders import SINGLES
from bot.content.rulebook import Rule

CASES = {
    name: case
    for file in sorted((Path(__file__).parent / "faults").glob("*.yaml"))
    for name, case in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}
WITHOUT_A_FILE = {
    "folder",
    "readable",
    "file-size",
    "utf-8",
    "control-character",
    "number-twice",
    "many-faults",
}
"""Rules whose breach cannot be written down as text; `test_hostile.py` and `test_overlay.py` have them."""


def filled(text):
    units = {"letters": "x", "digits": "1", "words": "word "}
    return re.sub(r"\{(\d+) (\w+)\}", lambda m: (units[m[2]] * int(m[1])).strip(), text)


def change(folder, case):
    path = folder / case["file"]
    if case.get("remove"):
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if "from" in case else ""
    assert "from" not in case or before.count(case["from"]) == 1
    text = before.replace(case["from"], filled(case["to"])) if "from" in case else case["write"]
    path.write_text(text, encoding="utf-8")


def test_the_sound_content_has_no_fault(folder):
    assert check([folder]) == ()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_says_where_and_what(folder, case):
    change(folder, case)
    assert [str(fault).replace(f"{folder}/", "") for fault in check([folder])] == case["faults"]


def test_every_rule_has_a_case():
    shown = {re.search(r"\[([a-z0-9-]+)\]$", fault)[1] for case in CASES.values() for fault in case["faults"]}
    assert shown | WITHOUT_A_FILE == set(Rule)


def test_all_faults_of_all_files_are_told_at_once(folder):
    cases = [CASES["place, a missing one"], CASES["question"], CASES["count, too few"], CASES["see-itself"]]
    for case in cases:
        change(folder, case)
    told = [str(fault).replace(f"{folder}/", "") for fault in check([folder])]
    assert told == sorted(fault for case in cases for fault in case["faults"])


def test_a_folder_without_anything_lacks_each_thing_once(folder):
    shutil.rmtree(folder)
    folder.mkdir()
    faults = check([folder])
    assert {fault.rule for fault in faults} == {"missing-file"}
    assert len(faults) == 4 + len(SINGLES) + 2


def test_hidden_files_and_readme_are_no_faults(folder):
    for name in (".DS_Store", "README.md", "tips/.look-up.yaml.swp", "tips/README.md"):
        (folder / name).write_bytes(b"\xff")
    assert check([folder]) == ()
