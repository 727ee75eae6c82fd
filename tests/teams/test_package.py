import json
import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.__main__ import main
from bot.coach.commands import Verb, parse_command
from bot.config import Pages
from bot.errors import ConfigError
from bot.teams.package import FOLDER, SCHEMA, fill_manifest, find_faults, pack

CLIENT = "5f0c1b52-7a1e-4c58-9d0e-2b1c7d3e4f50"
OURS = Pages("https://hr.example.org/", "https://hr.example.org/privacy", "https://hr.example.org/terms")
SETTINGS = {
    "CLIENT_ID": CLIENT,
    "CLIENT_SECRET": "Ab8Q~s3cret",
    "TENANT_ID": "b2a1c0d9-1e2f-4a3b-8c4d-5e6f70819200",
}


@pytest.fixture
def manifest():
    return fill_manifest(CLIENT, OURS)


@pytest.fixture
def configured(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


def _commands(manifest):
    return [command for each in manifest["bots"][0]["commandLists"] for command in each["commands"]]


def test_the_manifest_is_valid_and_goes_by_the_ids_of_the_settings(manifest):
    assert find_faults(manifest) == []
    assert manifest["id"] == manifest["bots"][0]["botId"] == CLIENT
    assert manifest["developer"]["privacyUrl"] == OURS.privacy
    assert "${{" not in json.dumps(manifest)


def test_the_manifest_is_of_the_version_of_its_schema(manifest):
    # Draft 4, in which the schema is written, knows no "const", so that nothing else would notice.
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert manifest["manifestVersion"] == schema["properties"]["manifestVersion"]["const"]
    assert f"/v{manifest['manifestVersion']}/" in manifest["$schema"]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("id",), "my-bot", "$.id: 'my-bot' does not match"),
        (("name", "short"), "x" * 31, "$.name.short: "),
        (("developer",), {}, "$.developer: 'name' is a required property"),
        (("bots", 0, "scopes", 0), "everywhere", "$.bots[0].scopes[0]: 'everywhere' is not one of"),
    ],
)
def test_a_fault_is_named_with_its_place(manifest, path, value, fault):
    *above, last = path
    part = manifest
    for step in above:
        part = part[step]
    part[last] = value
    assert any(each.startswith(fault) for each in find_faults(manifest))


def test_a_manifest_with_faults_is_not_packed(manifest):
    manifest["accentColor"] = "green"
    with pytest.raises(ConfigError, match=r"not what Teams takes:\n\$\.accentColor: "):
        pack(manifest)


def test_every_command_is_one_that_the_coach_knows(manifest):
    for command in _commands(manifest):
        read = parse_command(command["title"])
        assert command["title"] in set(Verb)
        assert read.verb == command["title"] or command["title"] == Verb.ASK


def test_every_command_of_an_example_is_understood(manifest):
    examples = [command["description"].split(": ") for command in _commands(manifest)]
    written = [example[1] for example in examples if len(example) > 1]
    assert len(written) == 6
    assert all(parse_command(example).verb not in {Verb.QUESTION, Verb.WELCOME} for example in written)


def test_the_same_commands_are_offered_everywhere(manifest):
    alone, shared = manifest["bots"][0]["commandLists"]
    titles = [command["title"] for command in alone["commands"]]
    assert titles == [command["title"] for command in shared["commands"]]
    assert titles == ["difference", "define", "ask", *titles[3:]]
    assert set(titles[3:]) == {"topics", "tip", "daily", "help", "privacy", "export", "forget"}


def test_where_others_read_along_commands_are_offered_behind_a_slash(manifest):
    (bot,) = manifest["bots"]
    assert bot["supportsTargetedMessages"] is True
    assert [(each["scopes"], each["triggers"]) for each in bot["commandLists"]] == [
        (["personal"], ["mention"]),
        (["team", "groupChat"], ["mention", "slash"]),
    ]


def test_there_are_no_prompt_starters_beside_the_welcome(manifest):
    # https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/prompt-suggestions
    # (read 2026-11-22): use the one or the other.
    assert not any("type" in command or "prompt" in command for command in _commands(manifest))


def _pixels(name):
    """Width, height, and the rows as bytes, of a PNG that needs no filter."""
    data = (FOLDER / name).read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (data[:8], depth) == (b"\x89PNG\r\n\x1a\n", 8)
    start = data.index(b"IDAT")
    (length,) = struct.unpack(">I", data[start - 4 : start])
    raw = zlib.decompress(data[start + 4 : start + 4 + length])
    stride = 1 + width * {2: 3, 6: 4}[kind]
    rows = [raw[at : at + stride] for at in range(0, len(raw), stride)]
    assert not any(row[0] for row in rows)
    return width, height, [row[1:] for row in rows]


def test_the_colour_icon_is_a_square_with_room_around_its_symbol():
    # https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
    # (read 2026-11-22): the symbol within the middle 96 pixels, because Teams crops the rest.
    width, height, rows = _pixels("color.png")
    assert (width, height) == (192, 192)
    around = [row for at, row in enumerate(rows) if not 48 <= at < 144]
    assert set(around) == {bytes.fromhex("1f4d4a") * 192}


def test_the_outline_icon_is_white_on_nothing():
    width, height, rows = _pixels("outline.png")
    assert (width, height) == (32, 32)
    pixels = [row[at : at + 4] for row in rows for at in range(0, len(row), 4)]
    assert {pixel[:3] for pixel in pixels} == {b"\xff\xff\xff"}
    assert {pixel[3] for pixel in pixels} >= {0, 255}


def test_a_package_holds_the_manifest_and_the_icons_that_it_names(manifest):
    with ZipFile(BytesIO(pack(manifest))) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(package.read("manifest.json")) == manifest
        assert package.read("outline.png") == (FOLDER / "outline.png").read_bytes()


def test_a_package_is_the_same_bytes_every_time():
    assert pack(fill_manifest(CLIENT, OURS)) == pack(fill_manifest(CLIENT, OURS))


def test_an_address_with_a_quotation_mark_stays_one_address():
    odd = Pages('https://hr.example.org/?","id":"x')
    assert fill_manifest(CLIENT, odd)["developer"]["websiteUrl"] == odd.website


def test_an_update_can_have_a_higher_version():
    assert fill_manifest(CLIENT, OURS, "1.0.1")["version"] == "1.0.1"
    with pytest.raises(ConfigError, match="three numbers with dots"):
        fill_manifest(CLIENT, OURS, "1.0")


@pytest.mark.usefixtures("configured")
def test_the_command_writes_the_package_and_says_what_it_still_lacks(tmp_path, capsys):
    out = tmp_path / "coach.zip"
    assert main(["teams", "package", "--out", str(out)]) == 0
    assert out.read_bytes() == pack(fill_manifest(CLIENT, Pages()))
    said = capsys.readouterr()
    assert "coach.zip is written" in said.out
    assert "LVM_TEAMS_PRIVACY is not set" in said.err


@pytest.mark.usefixtures("configured")
def test_a_package_that_cannot_be_written_is_told(tmp_path, capsys):
    assert main(["teams", "package", "--out", str(tmp_path / "nowhere" / "coach.zip")]) == 1
    assert "coach.zip cannot be written: No such file or directory." in capsys.readouterr().err


def test_there_is_no_package_without_a_registration(monkeypatch, capsys):
    monkeypatch.setenv("LVM_TEAMS_EMULATOR", "http://localhost:56150")
    assert main(["teams", "package"]) == 1
    assert "set CLIENT_ID, CLIENT_SECRET and TENANT_ID" in capsys.readouterr().err
