"""What a lane in hand learns from how its sends go."""

from datetime import date

import pytest

from bot.errors import DeliveryError, Refusal
from bot.store.ledger import MAYBE
from bot.store.records import Delivery, Key, Lane, State, TargetKind
from bot.tips.card import show_gone
from bot.tips.chosen import Card
from bot.tips.held import Held
from bot.tips.verdict import RESEND_AFTER_MS, REST_MS, arrived, judge

NOW = 1_795_420_800_000
CARD = Card("a-tip", show_gone())
LOST = DeliveryError("reset", outcome_unknown=True)


def delivery(error=None):
    key, receiver = Key(17, date(2026, 11, 23)), (TargetKind.PERSON, "U1")
    return Delivery(key, 1, *receiver, NOW, NOW, State.PENDING, 0, None, None, None, error)


def held():
    return Held(Lane(1, "slack", "T1", 1, 4.0, "a", 1, 0), 0.0, 4.0)


@pytest.mark.parametrize("why", Refusal)
def test_a_refused_token_stops_its_lane_and_a_refused_target_does_not(why):
    lane = held()
    lane.learn(judge(delivery(), CARD, "t", DeliveryError("no", permanent=why), NOW), NOW)
    assert lane.stopped is (why is Refusal.WORKSPACE_GONE)


def test_three_doubts_in_a_row_let_a_lane_rest_and_one_that_is_lost_does_so_alone():
    lane = held()
    for stopped in (False, False, True):
        lane.learn(judge(delivery(), CARD, "t", LOST, NOW), NOW)
        assert lane.stopped is stopped
    assert lane.give_back().not_before == NOW + REST_MS
    again = held()
    again.learn(judge(delivery(MAYBE), CARD, "t", LOST, NOW), NOW)
    assert (again.stopped, again.give_back().not_before) == (True, NOW + RESEND_AFTER_MS)


def test_among_sends_that_go_well_a_doubt_stops_nothing():
    lane = held()
    for _ in range(5):
        lane.learn(arrived(delivery(), CARD, "t", "C1:1.5"), NOW)
        lane.learn(judge(delivery(MAYBE), CARD, "t", LOST, NOW), NOW)
    assert not lane.stopped
    assert not lane.give_back().is_well
