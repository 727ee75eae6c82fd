"""What README, .env.example, Procfile and the manifest say is held to the code."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from bot.__main__ import _RUNS
from bot.coach.commands import Verb, parse_command
from bot.coach.question import Aspect, Role
from bot.coach.topics import Kind
from bot.slack.gate import PATH
from bot.teams.tokens import Reason
from bot.terminal.options import build_parser
from bot.trying import MANIFEST

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEAMS = (ROOT / "docs/teams.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def manifest():
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_env_example_names_every_setting_and_no_other():
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "bot/config").glob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read"]
    read = {call.args[1].value for call in calls if len(call.args) > 1}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == read


def test_nothing_but_the_settings_reads_the_environment():
    readers = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "bot").rglob("*.py")
        if re.search(r"os\.environ|getenv", file.read_text(encoding="utf-8"))
    ]
    assert readers == ["bot/config/environment.py"]


@pytest.mark.parametrize("target", ["setup", "run", "test", "lint", "bench", "bench-matching", "lock"])
def test_every_target_that_is_relied_on_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_procfile_starts_a_command_that_exists():
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    assert lines == ["release: lvm migrate", "web: lvm serve"]
    assert all(build_parser().parse_args([line.split()[-1]]).command in _RUNS for line in lines)


@pytest.mark.parametrize("command", re.findall(r"`/lvm([^`…]*)`", README))
def test_every_command_of_the_readme_is_understood(command):
    assert parse_command(command).verb in set(Verb)


def test_the_readme_explains_every_kind_aspect_and_role():
    for name in (*Kind, *Aspect, *Role):
        assert name in README


def test_the_page_on_teams_names_every_setting_of_teams():
    source = (ROOT / "bot/config/teams.py").read_text(encoding="utf-8")
    settings = re.findall(r'read\(environment, "(\w+)"\)', source)
    assert len(settings) == 8
    assert all(f"`{name}`" in TEAMS for name in settings)


def test_the_page_on_teams_explains_every_refusal():
    assert all(re.search(rf"[`… ]{reason}`", TEAMS) for reason in Reason)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`lvm ([a-z][^`]*)`", README + TEAMS))))
def test_every_command_of_the_pages_for_operators_can_be_typed(command):
    words = command.replace("ID", "U1").split()
    assert build_parser().parse_args(words).command in _RUNS


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_locked_versions_are_hashed_and_name_no_address(file):
    lines = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links|file:", lines)
    pins = re.findall(r"^[a-z0-9].*==", lines, re.MULTILINE | re.IGNORECASE)
    assert pins
    assert lines.count("--hash=sha256:") >= len(pins)


def test_the_manifest_asks_for_no_more_than_it_explains(manifest):
    assert manifest["oauth_config"]["scopes"] == {
        "bot": [
            *("app_mentions:read", "assistant:write", "chat:write", "commands", "files:write"),
            *("im:history", "users:read"),
        ]
    }
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
        "user_change",
    ]


def test_the_manifest_is_built_on_agent_view(manifest):
    assert "agent_view" in manifest["features"]
    assert "assistant_view" not in manifest["features"]


def test_every_address_of_the_manifest_is_our_route():
    addresses = re.findall(r"https://\S+", MANIFEST.read_text(encoding="utf-8"))
    ours = [address for address in addresses if "coach.example.com" in address]
    assert len(ours) == 3
    assert all(address.endswith(PATH) for address in ours)


@pytest.mark.parametrize(
    ("path", "least", "most"),
    [
        # https://github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json (read 2026-11-21)
        ("display_information.name", 1, 35),
        ("display_information.description", 1, 140),
        ("display_information.long_description", 175, 4000),
        ("features.bot_user.display_name", 1, 80),
        ("features.agent_view.agent_description", 1, 300),
        ("features.slash_commands.0.command", 2, 32),
        ("features.slash_commands.0.description", 1, 2000),
        ("features.slash_commands.0.usage_hint", 1, 1000),
        ("features.agent_view.suggested_prompts", 1, 4),
        ("features.slash_commands", 1, 50),
        ("oauth_config.scopes.bot", 1, 255),
        ("settings.event_subscriptions.bot_events", 1, 100),
    ],
)
def test_the_manifest_keeps_to_slacks_limits(manifest, path, least, most):
    value = manifest
    for step in path.split("."):
        value = value[int(step)] if step.isdigit() else value[step]
    assert least <= len(value) <= most
