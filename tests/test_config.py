from pathlib import Path

import pytest

from bot.config import Secret, ServerSettings, read_server, read_slack
from bot.errors import ConfigError

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3cret"}


def test_nothing_set_names_every_missing_credential():
    with pytest.raises(ConfigError) as caught:
        read_slack({})
    assert str(caught.value) == (
        "SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions; it begins with xoxb-.\n"
        "SLACK_SIGNING_SECRET is missing: copy it from Basic Information "
        "(or set SLACK_APP_TOKEN to work over Socket Mode)."
    )


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
