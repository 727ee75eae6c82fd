import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.address import parse_address


def test_a_file_is_named_by_its_whole_path():
    assert str(parse_address("sqlite:////var/lib/coach.db").path) == "/var/lib/coach.db"


def test_a_server_keeps_its_address_as_it_is_written():
    text = "postgresql://coach:secret@db.example.com:5433/lvm?sslmode=require"
    assert parse_address(text).dsn == text
    assert parse_address(text).path is None


def test_spaces_around_an_address_are_forgiven():
    assert str(parse_address(" sqlite:////a.db\n").path) == "/a.db"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("sqlite://", "whole path"),
        ("sqlite:///coach.db", "whole path"),
        ("sqlite:////var/lib/", "whole path"),
        ("sqlite:////a.db?mode=ro", "no options"),
        ("sqlite:////a\0.db", "strange character"),
        ("sqlite:////\ud800.db", "strange character"),
        ("postgres://h/db", "write postgresql://"),
        ("mysql://u:hunter2@h/db", "sqlite:////absolute/path.db"),
        ("postgresql:", "sqlite:////absolute/path.db"),
        ("postgresql://[::1", "cannot be read"),
        ("postgresql://u:hun/ter2@h/db", "%2F"),
        ("postgresql://u:hun?ter2@h/db", "%3F"),
        ("postgresql://u:hunter2@h", "no database there"),
        ("postgresql://", "no server"),
        ("postgresql://u:hun#ter2@h/db", "%23"),
        ("/var/lib/coach.db", "sqlite:////absolute/path.db"),
    ],
)
def test_any_other_address_is_refused_with_what_to_write(text, said):
    with pytest.raises(StoreError, match=said) as refused:
        parse_address(text)
    assert "ter2" not in str(refused.value)


def test_an_address_shows_no_password():
    address = parse_address("postgresql://coach:hunter2@h/db")
    assert "hunter2" not in f"{address} {address!r}"


ADVICE = "postgresql://user:password@host/name sqlite:////absolute/path.db"


@given(st.one_of(st.text(), st.text().map("postgresql://{}".format), st.text().map("sqlite:////{}".format)))
def test_any_text_is_an_address_or_is_refused_without_being_repeated(text):
    try:
        address = parse_address(text)
    except StoreError as error:
        refused = str(error)
        assert text not in refused or text in ADVICE or len(text) < 8
    else:
        assert (address.path is None) == bool(address.dsn)
