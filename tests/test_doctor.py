import json
import subprocess
import sys
import time
from email.utils import formatdate

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.config import Secret
from bot.doctor import Finding, examine, write
from bot.doctor.examining import examine_platforms
from bot.doctor.machine import examine_content, examine_database
from bot.store.troubles import OUTDATED, UNWRITABLE
from bot.teams.access import Authority

CLIENT = "5f0c1b52-7a1e-4c58-9d0e-2b1c7d3e4f50"
TENANT = "b2a1c0d9-1e2f-4a3b-8c4d-5e6f70819200"
TOKEN = f"/{TENANT}/oauth2/v2.0/token"
SECRETS = ("xoxb-hush", "hushhush", "xapp-hush", "Ab8Q~hush")
SLACK = {"SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_SIGNING_SECRET": "hushhush"}
TEAMS = {
    "CLIENT_ID": CLIENT,
    "CLIENT_SECRET": "Ab8Q~hush",
    "TENANT_ID": TENANT,
    "LVM_TEAMS_WEBSITE": "https://hr.example.org/",
    "LVM_TEAMS_PRIVACY": "https://hr.example.org/privacy",
    "LVM_TEAMS_TERMS": "https://hr.example.org/terms",
}


class Platform:
    """Slack's Web API and Microsoft's logins, as far as the doctor asks them."""

    def __init__(self):
        self.answers = {
            "/api/auth.test": {"ok": True, "team_id": "T1"},
            "/api/apps.connections.open": {"ok": True, "url": "wss://example.com/"},
            TOKEN: {"access_token": "token", "expires_in": 3600},
            "/keys": {"jwks_uri": "https://example.com/"},
        }
        self.status = 200
        self.asked = []
        self.date = None

    async def answer(self, request):
        self.asked.append((request.path, request.headers.get("Authorization")))
        headers = {"Date": self.date or formatdate(time.time(), usegmt=True)}
        return web.json_response(self.answers[request.path], status=self.status, headers=headers)


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
async def address(platform):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", platform.answer)
    async with TestServer(app, host="127.0.0.1") as server:
        yield f"http://127.0.0.1:{server.port}/"


@pytest.fixture
def environment(address, tmp_path):
    return {"DATABASE_URL": f"sqlite:///{tmp_path}/lvm.db", "SLACK_API_URL": f"{address}api/"}


@pytest.fixture
def authority(address):
    return Authority(f"{address}keys", address, frozenset({"127.0.0.1"}), scheme="http")


def _faults(found):
    return [f"{finding.about}: {finding.says}" for finding in found if finding.fault]


async def test_all_is_well_on_both_platforms(environment, authority, platform):
    found = await examine(environment | SLACK | TEAMS, authority=authority)
    assert _faults(found) == []
    assert [finding.about for finding in found] == [
        *("settings", "content", "database", "Slack settings", "Slack auth.test", "Slack clock"),
        *("Teams settings", "Teams token", "Teams keys", "Teams manifest", "Teams clock"),
    ]
    assert platform.asked[0] == ("/api/auth.test", "Bearer xoxb-hush")


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_nothing_secret_is_told(environment, authority, platform, status):
    platform.status = status
    found = await examine_platforms(environment | SLACK | TEAMS, authority)
    told = [write(finding, as_json=as_json) for finding in found for as_json in (True, False)]
    assert len(told) >= 10
    assert not [line for line in told for secret in SECRETS if secret in line]


async def test_no_platform_at_all_is_a_fault(environment):
    (fault,) = _faults(await examine_platforms(environment, None))
    assert fault.startswith("platforms: No platform is set: for Slack set SLACK_BOT_TOKEN")


async def test_every_fault_of_the_settings_has_a_line():
    faults = _faults(await examine_platforms({"SLACK_BOT_TOKEN": "xoxp-1", "CLIENT_ID": CLIENT}, None))
    assert [fault.split(" is ")[0].split(" does ")[0] for fault in faults] == [
        *("Slack settings: SLACK_BOT_TOKEN", "Slack settings: SLACK_SIGNING_SECRET"),
        *("Teams settings: CLIENT_SECRET", "Teams settings: TENANT_ID"),
    ]


async def test_a_malformed_port_leaves_the_platforms_to_be_looked_at(environment):
    found = await examine(environment | SLACK | {"PORT": "80a"})
    assert _faults(found) == ["settings: PORT must be a number from 1 to 65535."]
    assert "Slack auth.test" in [finding.about for finding in found]


def test_faults_of_the_content_are_counted(tmp_path):
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "our-own.yaml").write_text("title: no\n", encoding="utf-8")
    finding = examine_content(tmp_path)
    assert finding.fault
    assert finding.says.endswith(" faults: `lvm check` names each.")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("invalid_auth", "Slack refuses SLACK_BOT_TOKEN (invalid_auth); copy it again"),
        ("token_revoked", "Slack refuses SLACK_BOT_TOKEN (token_revoked); copy it again"),
        ("internal_error", "Slack answers 200: see status.slack.com and try again."),
    ],
)
async def test_what_slack_refuses_is_told(environment, platform, error, sentence):
    platform.answers["/api/auth.test"] = {"ok": False, "error": error}
    settings = environment | SLACK | {"SLACK_APP_TOKEN": "xapp-hush"}
    (fault,) = _faults(await examine_platforms(settings, None))
    assert fault.startswith(f"Slack auth.test: {sentence}")


async def test_the_token_of_a_socket_is_tried(environment, platform):
    platform.answers["/api/apps.connections.open"] = {"ok": False, "error": "invalid_auth"}
    settings = environment | SLACK | {"SLACK_APP_TOKEN": "xapp-hush"}
    (fault,) = _faults(await examine_platforms(settings, None))
    assert fault.startswith("Slack apps.connections.open: Slack refuses SLACK_APP_TOKEN (invalid_auth)")
    assert platform.asked[-1] == ("/api/apps.connections.open", "Bearer xapp-hush")


async def test_platforms_out_of_reach_are_told(authority, unused_tcp_port):
    nowhere = f"http://127.0.0.1:{unused_tcp_port}/"
    far = Authority(f"{nowhere}keys", nowhere, authority.hosts, scheme="http")
    slack, token, keys = _faults(await examine_platforms(SLACK | TEAMS | {"SLACK_API_URL": nowhere}, far))
    assert slack.startswith(f"Slack auth.test: Slack was not reached at {nowhere}: see that this machine may")
    assert token.startswith(f"Teams token: {nowhere} gave none just now: see that this machine may")
    assert keys.startswith(f"Teams keys: {nowhere}keys names none: see that this machine may")


async def test_a_secret_that_microsoft_refuses_is_told(environment, authority, platform):
    platform.status = 401
    platform.answers[TOKEN] = {"error": "invalid_client", "error_codes": [7000215]}
    token, _ = _faults(await examine_platforms(environment | TEAMS, authority))
    assert "paste the secret's Value, not its Secret ID" in token


@pytest.mark.parametrize(("ahead", "side"), [(90, "ahead of"), (-4000, "behind")])
async def test_a_clock_that_is_off_is_told(environment, authority, ahead, side):
    settings = environment | SLACK | TEAMS
    slack, teams = _faults(await examine_platforms(settings, authority, lambda: time.time() + ahead))
    assert slack.startswith("Slack clock: This machine is ")
    assert f" seconds {side} Slack: set its clock by the network." in slack
    assert f" seconds {side} Teams" in teams


async def test_a_refusal_tells_the_time_as_well(environment, platform):
    platform.date = formatdate(time.time() - 90, usegmt=True)
    platform.answers["/api/auth.test"] = {"ok": False, "error": "invalid_auth"}
    _, clock = _faults(await examine_platforms(environment | SLACK, None))
    assert "seconds ahead of Slack" in clock


async def test_less_than_a_minute_is_no_fault(environment, platform):
    platform.date = formatdate(time.time() - 50, usegmt=True)
    assert _faults(await examine_platforms(environment | SLACK, None)) == []


@pytest.mark.parametrize("date", [" ", "yesterday", "Sat, 99 Nov 2026 00:00:00 GMT"])
async def test_an_answer_without_the_time_says_nothing_of_clocks(environment, platform, date):
    platform.date = date
    found = await examine_platforms(environment | SLACK, None)
    assert [finding.about for finding in found] == ["Slack settings", "Slack auth.test"]


async def test_pages_of_nobodys_are_a_fault(environment, authority):
    faults = _faults(await examine_platforms(environment | TEAMS | {"LVM_TEAMS_TERMS": ""}, authority))
    assert faults == [
        "Teams manifest: LVM_TEAMS_TERMS is not set: name a page of your own and make the package anew."
    ]


async def test_beside_an_emulator_nobody_else_is_asked(environment, authority, platform):
    settings = environment | {"LVM_TEAMS_EMULATOR": "http://localhost:56150"}
    assert _faults(await examine_platforms(settings, authority)) == []
    assert platform.asked == []


async def test_a_database_that_is_not_there_yet_is_not_made(tmp_path):
    file = tmp_path / "new" / "lvm.db"
    (found,) = await examine_database(Secret(f"sqlite:///{file}"))
    assert found == Finding("database", f"{file} is not there yet: the first start makes it")
    assert not file.parent.exists()


async def test_a_database_where_no_folder_can_be_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (found,) = await examine_database(Secret(f"sqlite:///{tmp_path}/file/lvm.db"))
    assert (found.fault, found.says) == (True, UNWRITABLE)


async def test_a_database_in_good_order_is_told(file_address):
    (found,) = await examine_database(Secret(file_address))
    assert not found.fault
    assert found.says.endswith("reached, up to date and open for writing")


async def test_a_database_without_tables_is_told(tmp_path):
    (tmp_path / "lvm.db").touch()
    (found,) = await examine_database(Secret(f"sqlite:///{tmp_path}/lvm.db"))
    assert (found.fault, found.says) == (True, OUTDATED)


async def test_without_a_database_there_is_none_to_look_at():
    (found,) = await examine_database(None)
    assert not found.fault
    assert found.says.startswith("DATABASE_URL is -")


async def test_an_address_of_no_database_is_told_without_its_password():
    (found,) = await examine_database(Secret("mysql://me:hushhush@host/name"))
    assert found.says.startswith("DATABASE_URL names no database that the coach knows")
    assert "hushhush" not in f"{found}"


def test_a_finding_is_written_as_a_line_or_as_json():
    finding = Finding("content", "2 faults: `lvm check` names each.", fault=True)
    assert write(finding, as_json=False) == "FAULT  content: 2 faults: `lvm check` names each."
    assert json.loads(write(finding, as_json=True)) == {
        "about": "content",
        "ok": False,
        "says": "2 faults: `lvm check` names each.",
    }
    assert write(Finding("content", "well"), as_json=False) == "ok     content: well"


def _lvm_doctor(environment, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "bot", "doctor", *arguments],
        env={"PATH": "/usr/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_ends_in_failure_where_there_is_a_fault():
    run = _lvm_doctor({"DATABASE_URL": "-", "LVM_CACHE": "-"}, "--json")
    *_, last = map(json.loads, run.stdout.splitlines())
    assert (run.returncode, last["about"], last["ok"]) == (1, "platforms", False)
    assert run.stderr == ""


def test_the_command_ends_well_where_there_is_none():
    emulator = {"LVM_TEAMS_EMULATOR": "http://localhost:56150", "DATABASE_URL": "-"}
    run = _lvm_doctor(emulator)
    assert run.returncode == 0, run.stdout
    assert all(line.startswith("ok     ") for line in run.stdout.splitlines())
