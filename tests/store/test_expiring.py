from hypothesis import given
from hypothesis import strategies as st

from bot.store.expiring import Expiring


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def _expiring(limit=10):
    clock = Clock()
    return clock, Expiring(lifetime_seconds=60, limit=limit, clock=clock)


def test_an_entry_is_found_until_its_time_is_over():
    clock, entries = _expiring()
    entries.put("a", 1)
    clock.now = 59.9
    assert entries.find("a") == 1
    clock.now = 60.0
    assert entries.find("a") is None


def test_putting_again_begins_its_time_anew():
    clock, entries = _expiring()
    entries.put("a", 1)
    clock.now = 50.0
    entries.put("a", 2)
    clock.now = 100.0
    assert entries.find("a") == 2


def test_only_the_first_claim_wins():
    _, entries = _expiring()
    assert entries.claim("a", value=1)
    assert not entries.claim("a", value=2)


def test_a_dropped_claim_can_be_made_again():
    _, entries = _expiring()
    entries.claim("a", value=1)
    entries.drop("a")
    assert entries.claim("a", value=2)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.floats(0, 30))))
def test_it_never_grows_past_its_limit_and_keeps_the_newest(steps):
    clock, entries = _expiring(limit=3)
    for key, passed in steps:
        clock.now += passed
        entries.put(key, key)
        assert entries.find(key) == key
        assert len(entries) <= 3
