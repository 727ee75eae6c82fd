"""The pure steps of the engine: what is planned, what is chosen, what follows from how a send went."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.handbook import Side
from bot.errors import DeliveryError, Refusal
from bot.store.ledger import MAYBE
from bot.store.planning import Crowd
from bot.store.records import Delivery, Key, SeenTip, State, Subscription, TargetKind, WorkspaceStatus
from bot.tips.card import Act, read_item, show_recall, show_tip, write_item
from bot.tips.choice import Recall
from bot.tips.chosen import choose_card, read_tip_id
from bot.tips.counters import Drop, Lags
from bot.tips.planner import plan_step
from bot.tips.schedule import EVERY_DAY, Pace, Schedule, next_occurrence
from bot.tips.verdict import (
    FIRST_WAIT_MS,
    LONGEST_PAUSE_MS,
    LONGEST_WAIT_MS,
    Went,
    arrived,
    back_off,
    judge,
)

NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
HOUR = 3_600_000
DAY = 24 * HOUR
MONDAY = date(2026, 11, 23)
KEY = Key(17, MONDAY)
DELIVERY = Delivery(
    key=KEY,
    workspace_id=1,
    target_kind=TargetKind.PERSON,
    target_id="U1",
    due_at=NOW,
    send_after=NOW,
    state=State.PENDING,
    attempts=0,
    attempt_token=None,
    started_at=None,
    content_id=None,
    error=None,
)
SUBSCRIPTION = Subscription(
    workspace_id=1,
    target_kind=TargetKind.PERSON,
    target_id="U1",
    tz="Europe/Lisbon",
    minute=480,
    days_mask=127,
    set_up_by="U1",
    next_at=NOW,
    next_on=MONDAY,
    id=17,
)


@pytest.fixture(scope="module")
def card(handbook):
    return choose_card(handbook, DELIVERY, SUBSCRIPTION, ())


def crowd(receivers, status=WorkspaceStatus.ACTIVE):
    return {(1, NOW): Crowd(receivers, 4.0, status)}


def test_a_tip_is_planned_for_its_day_and_the_next_one_follows():
    step = plan_step(SUBSCRIPTION, NOW + 500, {})
    assert (step.delivery.due_on, step.delivery.due_at, step.delivery.send_after) == (MONDAY, NOW, NOW)
    assert (step.next_at, step.next_on) == (NOW + DAY, MONDAY + timedelta(days=1))


def test_whoever_is_alone_need_not_wait_and_of_many_each_has_a_turn_of_their_own():
    assert plan_step(SUBSCRIPTION, NOW, crowd(1)).delivery.send_after == NOW
    turns = {
        plan_step(replace(SUBSCRIPTION, id=id_), NOW, crowd(1000)).delivery.send_after for id_ in range(50)
    }
    assert len(turns) > 40
    assert all(NOW <= turn <= NOW + 250_000 for turn in turns)


def test_the_hour_stays_when_the_clocks_change():
    at = NOW + (date(2027, 3, 27) - MONDAY).days * DAY
    step = plan_step(replace(SUBSCRIPTION, next_on=date(2027, 3, 27), next_at=at), at, {})
    assert (step.next_at - at, step.next_on) == (23 * HOUR, date(2027, 3, 28))


@pytest.mark.parametrize(("late", "kept"), [(4 * HOUR, True), (4 * HOUR + 1, False)])
def test_a_tip_may_be_four_hours_late_and_no_more(late, kept):
    assert (plan_step(SUBSCRIPTION, NOW + late, {}).delivery.skipped is None) is kept


def test_a_tip_is_not_sent_once_its_day_is_over():
    evening = replace(SUBSCRIPTION, minute=1410, next_at=NOW + 15 * HOUR + HOUR // 2)
    assert plan_step(evening, NOW + 16 * HOUR, {}).delivery.skipped == Drop.LATE


def test_after_an_outage_the_newest_tip_that_is_not_late_comes_next():
    step = plan_step(SUBSCRIPTION, NOW + 3 * DAY + HOUR, {})
    assert (step.delivery.skipped, step.next_at) == (Drop.LATE, NOW + 3 * DAY)


@settings(deadline=None)
@given(st.integers(0, 60 * DAY), st.sampled_from([127, 31, 5]), st.sampled_from([0, 1, 2]))
def test_planning_after_any_outage_ends_and_gives_one_tip_at_most(ago, days, pace):
    known, sent = replace(SUBSCRIPTION, days_mask=days, pace=pace), 0
    for _ in range(3):
        if known.next_at > NOW + ago:
            break
        step = plan_step(known, NOW + ago, {})
        sent += step.delivery.skipped is None
        known = replace(known, next_at=step.next_at, next_on=step.next_on)
    assert known.next_at > NOW + ago
    assert sent <= 1


def test_a_zone_that_is_not_known_any_more_goes_by_utc():
    assert plan_step(replace(SUBSCRIPTION, tz="Nowhere/Gone"), NOW, {}).next_at == NOW + DAY


def test_a_workspace_that_is_stopped_gets_nothing():
    assert plan_step(SUBSCRIPTION, NOW, crowd(1, WorkspaceStatus.STOPPED)).delivery.skipped == Drop.STOPPED


def test_whoever_was_asked_how_to_go_on_gets_nothing_before_they_answer():
    asked = replace(SUBSCRIPTION, asked=True, until_on=MONDAY - timedelta(days=1))
    step = plan_step(asked, NOW, {})
    assert (step.delivery, step.next_at, step.next_on) == (None, None, None)


def test_the_same_is_chosen_again_for_the_same_day(handbook, card):
    assert choose_card(handbook, DELIVERY, SUBSCRIPTION, ()) == card
    begun = replace(DELIVERY, content_id=card.content_id)
    other = replace(SUBSCRIPTION, next_side=next(iter(Side)))
    assert choose_card(handbook, begun, other, ()).answer == card.answer


def test_a_tip_that_the_content_holds_no_more_is_chosen_anew(handbook, card):
    gone = replace(DELIVERY, content_id="no-such-tip")
    assert choose_card(handbook, gone, SUBSCRIPTION, ()).content_id == card.content_id


def test_where_every_tip_was_sent_lately_there_is_nothing_to_send(handbook):
    history = [SeenTip(tip.id, MONDAY - timedelta(days=30)) for tip in handbook.tips]
    assert choose_card(handbook, DELIVERY, SUBSCRIPTION, history) is None


def test_a_reaction_of_another_version_counts_as_none(handbook):
    seen = SeenTip(handbook.tips[0].id, MONDAY - timedelta(days=2), "danced")
    assert choose_card(handbook, DELIVERY, SUBSCRIPTION, [seen]).seen.recall_step == 0


def test_what_was_chosen_tells_its_tip(handbook):
    tip = handbook.tips[0]
    seen = SeenTip(tip.id, MONDAY - timedelta(days=2), "tried")
    asked = choose_card(handbook, DELIVERY, SUBSCRIPTION, [seen])
    assert asked.content_id == f"recall:1:{tip.id}"
    assert read_tip_id(asked.content_id) == read_tip_id(tip.id) == tip.id
    assert read_tip_id("trial-question") is None
    again = choose_card(handbook, replace(DELIVERY, content_id=asked.content_id), SUBSCRIPTION, [seen])
    assert again == asked


def test_what_arrived_is_sent_with_its_name(card):
    result = arrived(DELIVERY, card, "t", "C1:1.5").result
    assert (result.state, result.external_ts, result.error, result.seen) == (
        State.SENT,
        "C1:1.5",
        None,
        card.seen,
    )


def test_a_platform_that_asks_for_too_long_a_wait_is_asked_again_after_an_hour(card):
    error = DeliveryError("too fast", retry_after_seconds=1e9)
    verdict = judge(DELIVERY, card, "t", error, NOW)
    assert (verdict.went, verdict.wait_ms) == (Went.TOLD_TO_WAIT, LONGEST_PAUSE_MS)
    assert not verdict.result.counted


@pytest.mark.parametrize("why", Refusal)
def test_what_will_never_arrive_has_failed(card, why):
    verdict = judge(DELIVERY, card, "t", DeliveryError("no", permanent=why), NOW)
    assert (verdict.refusal, verdict.result.state, verdict.result.error) == (why, State.FAILED, why.value)


def test_where_it_is_both_unknown_and_to_be_repeated_the_doubt_counts(card):
    error = DeliveryError("odd", outcome_unknown=True, retry_after_seconds=1)
    assert judge(DELIVERY, card, "t", error, NOW).went is Went.UNKNOWN
    again = judge(replace(DELIVERY, error=MAYBE), card, "t", error, NOW).result
    assert (again.state, again.seen) == (State.UNKNOWN, card.seen)


def test_the_waits_between_attempts_grow_up_to_five_minutes():
    waits = [back_off(replace(DELIVERY, attempts=attempts)) for attempts in range(60)]
    assert FIRST_WAIT_MS / 2 <= waits[0] < FIRST_WAIT_MS
    assert all(LONGEST_WAIT_MS / 2 <= wait < LONGEST_WAIT_MS for wait in waits[9:])


@settings(deadline=None)
@given(st.sampled_from(Act), st.integers(0, 10**12), st.dates())
def test_a_button_carries_what_it_does_and_for_which_tip(act, number, day):
    item = write_item(act, Key(number, day))
    assert read_item(item) == (act, Key(number, day))
    assert len(item) <= 43


@settings(deadline=None)
@given(st.one_of(st.text(), st.from_regex(r"\A[a-z-]+:[^:]*:[^:]*\Z")))
def test_a_forged_button_does_nothing_and_is_no_error(item):
    found = read_item(item)
    assert found is None or write_item(*found) == item


def test_a_tip_shows_all_there_is_to_it(handbook):
    tip = handbook.tips[0]
    answer = show_tip(tip, KEY)
    assert answer.lead == tip.line
    assert [part.text for part in answer.parts] == [tip.why, tip.action, tip.if_then]
    labels = ["Tried it", "Later today", "Not for me", "Less often", "Stop", "More on this"]
    assert [step.label for step in answer.steps] == labels


def test_a_question_hides_its_tip_behind_a_button(handbook):
    tip = handbook.tips[0]
    answer = show_recall(Recall(tip, 1), KEY)
    assert answer.lead == tip.recall
    assert tip.line not in str(answer)
    assert (answer.steps[0].ask.tool, answer.steps[0].ask.item) == ("tip", tip.id)


@pytest.mark.parametrize("first", range(14))
@pytest.mark.parametrize("unanswered", [5, 10])
def test_after_a_slow_down_at_least_one_regular_day_is_left_out(first, unanswered):
    at, on = NOW + first * DAY, MONDAY + timedelta(days=first)
    pace = Pace.DAILY if unanswered == 5 else Pace.HALF
    known = replace(SUBSCRIPTION, next_at=at, next_on=on, unanswered=unanswered, pace=int(pace))
    regular = next_occurrence(Schedule("Europe/Lisbon", 480, EVERY_DAY), at, on, pace)
    assert plan_step(known, at, {}).next_at > regular.at
    assert plan_step(replace(known, unanswered=0), at, {}).next_at == regular.at


def test_lags_are_counted_by_bucket():
    lags = Lags((1.0, 5.0))
    for seconds in (-3, 1, 2, 100):
        lags.add(seconds)
    assert (lags.counts, lags.sum_seconds) == ([2, 1, 1], 103)
