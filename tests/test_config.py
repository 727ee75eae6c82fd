from pathlib import Path

import pytest

from bot.config import (
    EMULATOR_TENANT,
    Pages,
    Secret,
    ServerSettings,
    TeamsSettings,
    read_platforms,
    read_server,
    read_slack,
    read_teams,
)
from bot.errors import ConfigError

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cret"}
CLIENT = "5f0c1b52-7a1e-4c58-9d0e-2b1c7d3e4f50"
TENANT = "b2a1c0d9-1e2f-4a3b-8c4d-5e6f70819200"
CUSTOMER = "0d9c8b7a-6f5e-4d3c-8b2a-1908f7e6d5c4"
TEAMS = {"CLIENT_ID": CLIENT, "CLIENT_SECRET": "Ab8Q~s3cret", "TENANT_ID": TENANT}
EMULATOR = {"LVM_TEAMS_EMULATOR": "http://localhost:56150"}


def test_a_platform_with_no_setting_is_none():
    assert read_slack({}) is None
    assert read_slack({"SLACK_API_URL": "https://slack.com/api/"}) is None
    assert read_teams({"PORT": "8080"}) is None


def test_a_token_alone_names_what_is_missing_beside_it():
    with pytest.raises(ConfigError) as caught:
        read_slack({"SLACK_BOT_TOKEN": "xoxb-1"})
    assert str(caught.value) == (
        "SLACK_SIGNING_SECRET is missing: copy it from Basic Information "
        "(or set SLACK_APP_TOKEN to work over Socket Mode)."
    )


def test_a_secret_alone_asks_for_the_token():
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions"):
        read_slack({"SLACK_SIGNING_SECRET": "s3cret"})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN does not begin with xapp-"),
        ("SLACK_SIGNING_SECRET", "two words", "SLACK_SIGNING_SECRET holds a space"),
        ("SLACK_BOT_TOKEN", "xoxb-1\n2", "SLACK_BOT_TOKEN holds a space"),
        ("SLACK_APP_TOKEN", "xapp-é", "SLACK_APP_TOKEN holds a space or a strange character"),
        ("SLACK_API_URL", "http://evil.example/", "SLACK_API_URL must be an https address"),
        ("SLACK_API_URL", "https://user@slack.com/", "SLACK_API_URL must be an https address"),
        ("SLACK_API_URL", "http://[::1", "SLACK_API_URL must be an https address"),
    ],
)
def test_a_malformed_credential_is_named(name, value, sentence):
    with pytest.raises(ConfigError, match=sentence.replace("(", r"\(")):
        read_slack(GOOD | {name: value})


def test_a_socket_needs_no_signing_secret():
    settings = read_slack({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"})
    assert settings.signing_secret is None
    assert settings.app_token == Secret("xapp-1")


def test_an_api_on_this_machine_may_speak_plain_http():
    url = read_slack(GOOD | {"SLACK_API_URL": "http://127.0.0.1:9/api"}).api_url
    assert url == "http://127.0.0.1:9/api/"


def test_without_settings_the_server_listens_on_this_machine_alone():
    kept_nowhere = {"LVM_CACHE": "-", "DATABASE_URL": "-"}
    assert read_server(kept_nowhere) == ServerSettings(host="127.0.0.1", port=3000)


def test_without_an_address_the_database_is_a_file_in_the_users_own_folder():
    kept = read_server({}).database
    assert kept == Secret(f"sqlite:///{Path('~/.local/share/lvm-coach/lvm.db').expanduser()}")


def test_an_address_of_a_database_hides_its_password():
    settings = read_server({"DATABASE_URL": "postgresql://me:hushhush@host/name"})
    assert settings.database == Secret("postgresql://me:hushhush@host/name")
    assert "hushhush" not in repr(settings)


def test_a_token_for_the_figures_hides_itself():
    settings = read_server({"LVM_METRICS_TOKEN": "hushhush"})
    assert settings.metrics_token == Secret("hushhush")
    assert "hushhush" not in repr(settings)


def test_a_port_handed_out_by_a_host_is_open_to_it():
    settings = read_server({"PORT": "8080"})
    assert (settings.host, settings.port) == ("0.0.0.0", 8080)  # noqa: S104  the expectation


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "٣٠٠٠", "9" * 5000])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(ConfigError, match="PORT must be a number from 1 to 65535"):
        read_server({"PORT": port})


def test_a_home_that_is_nobodys_is_refused():
    with pytest.raises(ConfigError, match="LVM_RESPONSES names the home of someone who is not here"):
        read_server({"LVM_RESPONSES": "~no-such-person-here/words"})


def test_a_secret_hides_itself():
    settings = read_slack(GOOD)
    assert "xoxb" not in repr(settings)
    assert "s3cret" not in f"{settings} {settings.signing_secret}"


def test_serving_on_no_platform_names_both():
    with pytest.raises(ConfigError, match=r"SLACK_BOT_TOKEN.*CLIENT_ID, CLIENT_SECRET and TENANT_ID"):
        read_platforms({})


def test_either_platform_is_enough():
    slack, teams = read_platforms(GOOD)
    assert slack is not None
    assert teams is None
    slack, teams = read_platforms(TEAMS)
    assert slack is None
    assert teams is not None


def test_the_faults_of_both_platforms_are_named_at_once():
    with pytest.raises(ConfigError) as caught:
        read_platforms({"SLACK_BOT_TOKEN": "xoxb-1", "CLIENT_ID": CLIENT})
    faults = str(caught.value).splitlines()
    assert [fault.split()[0] for fault in faults] == ["SLACK_SIGNING_SECRET", "CLIENT_SECRET", "TENANT_ID"]


def test_a_registration_with_teams_is_read_in_lower_case():
    upper = {"CLIENT_ID": CLIENT.upper(), "TENANT_ID": TENANT.upper()}
    customers = {"LVM_TEAMS_TENANTS": f" {CUSTOMER.upper()} ,, {TENANT}"}
    assert read_teams(TEAMS | upper | customers) == TeamsSettings(
        client_id=CLIENT,
        client_secret=Secret("Ab8Q~s3cret"),
        tenant=TENANT,
        tenants=frozenset({CUSTOMER, TENANT}),
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CLIENT_ID", "", "CLIENT_ID is missing: copy the Application (client) ID"),
        ("CLIENT_ID", "my-bot", "CLIENT_ID is no GUID"),
        ("CLIENT_SECRET", "", "CLIENT_SECRET is missing: make one under Certificates & secrets"),
        ("CLIENT_SECRET", CUSTOMER, "CLIENT_SECRET is a secret's ID: copy its Value"),
        ("CLIENT_SECRET", "Ab8Q~ s3cret", "CLIENT_SECRET holds a space or a strange character"),
        ("CLIENT_SECRET", "Ab8Q~s3crét", "CLIENT_SECRET holds a space or a strange character"),
        ("TENANT_ID", "", "TENANT_ID is missing: copy the Directory (tenant) ID"),
        ("TENANT_ID", "common", "TENANT_ID is no GUID"),
        ("TENANT_ID", "example.onmicrosoft.com", "TENANT_ID is no GUID"),
        ("TENANT_ID", EMULATOR_TENANT, "TENANT_ID is no GUID"),
        ("TENANT_ID", CLIENT.upper(), "CLIENT_ID and TENANT_ID are the same"),
        ("LVM_TEAMS_TENANTS", f"{CUSTOMER},contoso.com,{TENANT},x", "no GUID is what stands at 2, 4."),
        ("LVM_TEAMS_PRIVACY", "http://example.com/", "LVM_TEAMS_PRIVACY must be an https address"),
        ("LVM_TEAMS_TERMS", "https://me@example.com/", "LVM_TEAMS_TERMS must be an https address"),
        ("LVM_TEAMS_WEBSITE", "https://" + "a" * 2048, "LVM_TEAMS_WEBSITE must be an https address"),
    ],
)
def test_a_malformed_setting_of_teams_is_named_and_not_repeated(name, value, sentence):
    with pytest.raises(ConfigError) as caught:
        read_teams(TEAMS | {name: value})
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not value or value not in str(caught.value)


def test_an_emulator_is_let_in_where_only_this_machine_can_reach_the_coach():
    settings = read_teams(EMULATOR | {"PORT": "3978", "LVM_HOST": "127.0.0.1"})
    assert settings == TeamsSettings("", None, EMULATOR_TENANT, emulator="http://localhost:56150")


@pytest.mark.parametrize("name", TEAMS)
def test_an_emulator_beside_a_credential_is_refused(name):
    with pytest.raises(ConfigError, match=f"never stands beside {name}: unset the one or the other"):
        read_teams(EMULATOR | {name: TEAMS[name]})


@pytest.mark.parametrize(
    "listening",
    [{"PORT": "3000"}, {"LVM_HOST": "0.0.0.0"}, {"LVM_HOST": "10.0.0.5"}, {"LVM_HOST": "::"}],  # noqa: S104  what is refused
)
def test_an_emulator_is_refused_where_others_can_reach_the_coach(listening):
    with pytest.raises(
        ConfigError, match=r"only this machine may reach the coach: set LVM_HOST=127\.0\.0\.1"
    ):
        read_teams(EMULATOR | listening)


@pytest.mark.parametrize(
    "address",
    [
        "https://localhost:56150",
        "http://emulator.example.com:56150",
        "http://127.0.0.1.example.com/",
        "http://localhost:56150/?x",
        "http://me@localhost:56150",
        "http://localhost:56150/\nx",
        "localhost:56150",
    ],
)
def test_an_emulator_elsewhere_is_refused(address):
    with pytest.raises(ConfigError, match="LVM_TEAMS_EMULATOR must be an http address on this machine"):
        read_teams({"LVM_TEAMS_EMULATOR": address})


def test_pages_that_are_not_set_are_known_as_examples():
    assert Pages().examples() == ["LVM_TEAMS_WEBSITE", "LVM_TEAMS_PRIVACY", "LVM_TEAMS_TERMS"]
    settings = read_teams(TEAMS | {"LVM_TEAMS_PRIVACY": "https://hr.example.org/privacy"})
    assert settings.pages.privacy == "https://hr.example.org/privacy"
    assert settings.pages.examples() == ["LVM_TEAMS_WEBSITE", "LVM_TEAMS_TERMS"]


def test_the_secret_of_teams_hides_itself():
    assert "s3cret" not in f"{read_teams(TEAMS)!r}"
