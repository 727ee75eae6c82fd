import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.slack.signature import SignatureError, verify

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_700_000_000


def _headers(body=b"a=b", at=NOW, secret=SECRET):
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(at), body=body)
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": signature}


@given(st.text(st.characters(codec="utf-8"), max_size=300).map(str.encode))
def test_what_slack_signs_is_taken_whatever_the_words(body):
    headers = _headers(body)
    assert verify(headers, body, SECRET, NOW) == headers["X-Slack-Signature"]


@pytest.mark.parametrize("offset", [-300, 300])
def test_five_minutes_are_still_fresh(offset):
    assert verify(_headers(at=NOW + offset), b"a=b", SECRET, NOW)


@pytest.mark.parametrize("offset", [-301, 301])
def test_more_than_five_minutes_are_not(offset):
    with pytest.raises(SignatureError, match="more than five minutes off"):
        verify(_headers(at=NOW + offset), b"a=b", SECRET, NOW)


@pytest.mark.parametrize(
    "timestamp",
    ["", "abc", "1e9", "9" * 5000, "-1700000000", "\uff11" * 10, " 1700000000", "1700000000\n"],
)
def test_a_timestamp_that_is_none_is_refused(timestamp):
    with pytest.raises(SignatureError, match="timestamp is missing or malformed"):
        verify(_headers() | {"X-Slack-Request-Timestamp": timestamp}, b"a=b", SECRET, NOW)


@pytest.mark.parametrize(
    "signature", ["", "v0=", "v1=" + "0" * 64, "v0=" + "g" * 64, "v0=" + "é" * 64, "x" * 9999]
)
def test_a_signature_that_is_none_is_refused(signature):
    with pytest.raises(SignatureError, match="signature is missing or malformed"):
        verify(_headers() | {"X-Slack-Signature": signature}, b"a=b", SECRET, NOW)


@pytest.mark.parametrize(
    ("headers", "body"),
    [(_headers(secret="another"), b"a=b"), (_headers(), b"a=c"), (_headers(), b""), (_headers(), b"a=b ")],
)
def test_a_signature_of_something_else_is_refused(headers, body):
    with pytest.raises(SignatureError, match="does not fit the body"):
        verify(headers, body, SECRET, NOW)
