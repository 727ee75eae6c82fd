import pytest

from bot.slack.delivery import SLACK_API_URL, may_respond_to

EMULATOR = "http://127.0.0.1:5000/api/"


def test_slacks_own_response_host_is_called():
    assert may_respond_to("https://hooks.slack.com/commands/T1/2/3", SLACK_API_URL)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "https://[::1",
        "",
    ],
)
def test_no_other_address_is_called(url):
    assert not may_respond_to(url, SLACK_API_URL)


def test_a_stand_in_for_slack_may_answer_at_its_own_host():
    assert may_respond_to("http://127.0.0.1:5000/respond/abc", EMULATOR)


@pytest.mark.parametrize(
    "url", ["https://hooks.slack.com/x", "http://169.254.169.254/x", "http://127.0.0.2/x"]
)
def test_a_stand_in_for_slack_answers_nowhere_else(url):
    assert not may_respond_to(url, EMULATOR)
