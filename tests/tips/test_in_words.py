from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.records import State
from bot.store.tables import metadata
from bot.tips.in_words import in_words
from bot.tips.schedule import Pace

AT = 1_795_420_800_123  # 2026-11-23 08:00:00.123 UTC


def _own(**changed):
    return {"id": 1, "tz": "Asia/Tokyo", **changed}


def _read(table, row):
    return in_words({"subscription": [_own()], table: [row]})[table][0]


@pytest.mark.parametrize(
    ("name", "stored", "said"),
    [
        ("days_mask", 0b1000001, ["Monday", "Sunday"]),
        ("minute", 510, "08:30"),
        ("next_at", AT, "2026-11-23T17:00:00.123000+09:00"),
        ("next_at", None, None),
        ("pace", 2, "once a week"),
        ("asked", False, False),
        ("version", 31, 31),
        ("target_id", "U1", "U1"),
    ],
)
def test_a_subscription_is_told_in_words(name, stored, said):
    assert _read("subscription", _own(**{name: stored}))[name] == said


def test_a_tip_is_told_by_the_clocks_of_its_subscription():
    told = _read("delivery", {"subscription_id": 1, "due_at": AT, "state": State.SENT, "attempts": 1})
    assert told["due_at"].endswith("T17:00:00.123000+09:00")
    assert (told["state"], told["attempts"]) == ("sent", 1)


@pytest.mark.parametrize("row", [{"at": AT}, {"at": AT, "tz": "Mars/Olympus"}, {"at": AT, "tz": None}])
def test_what_has_no_zone_is_told_in_utc(row):
    assert _read("thread", row)["at"] == "2026-11-23T08:00:00.123000+00:00"


@given(st.integers(0, 4_000_000_000_000), st.sampled_from(["Asia/Kathmandu", "America/New_York", "UTC"]))
def test_an_instant_can_be_read_back_to_the_millisecond(at, zone):
    told = _read("subscription", _own(tz=zone, next_at=at))["next_at"]
    assert round(datetime.fromisoformat(told).timestamp() * 1000) == at


def test_every_state_and_pace_has_a_word():
    states = {_read("delivery", {"state": state})["state"] for state in State}
    paces = {_read("subscription", _own(pace=pace))["pace"] for pace in Pace}
    assert (len(states), len(paces)) == (len(State), len(Pace))


def test_every_instant_of_every_table_is_written_as_a_date():
    numbers = {
        column.name
        for name in ("person", "subscription", "delivery", "tip_seen", "reference", "thread")
        for column in metadata.tables[name].columns
        if str(column.type) == "BIGINT" and not column.name.endswith("id") and not column.primary_key
    }
    assert all(isinstance(_read("thread", {name: AT})[name], str) for name in numbers)
