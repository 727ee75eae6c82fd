import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.payload import PayloadError, parse_payload

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def test_a_command_is_read_with_its_empty_fields():
    assert parse_payload(b"command=%2Flvm&text=", FORM) == {"command": "/lvm", "text": ""}


def test_a_click_is_read_from_its_payload_field():
    assert parse_payload(b"payload=%7B%22type%22%3A%22x%22%7D", FORM) == {"type": "x"}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe", FORM),
        (b"text=%ff", FORM),
        (b"&".join(b"a=b" for _ in range(100_000)), FORM),
        (b"payload=%7Bbroken", FORM),
        (b"payload=null", FORM),
        (b"{broken", JSON),
        (b"null", JSON),
        (b"[]", JSON),
        (b"", JSON),
        (b"[" * 200_000, JSON),
        (b'{"a":' * 100_000, JSON),
        (b'{"a":' + b"9" * 5000 + b"}", JSON),
    ],
)
def test_what_slack_never_sends_is_refused_without_a_word_of_it(body, content_type):
    with pytest.raises(PayloadError) as caught:
        parse_payload(body, content_type)
    assert "broken" not in str(caught.value)


@given(st.binary(max_size=200), st.sampled_from([FORM, JSON, "", "text/plain"]))
def test_any_bytes_give_a_mapping_or_a_refusal(body, content_type):
    with suppress(PayloadError):
        assert isinstance(parse_payload(body, content_type), dict)


@given(st.dictionaries(st.text(), st.text()))
def test_any_object_comes_back(value):
    assert parse_payload(json.dumps(value).encode(), JSON) == value
