from datetime import UTC, date, datetime
from itertools import product

import pytest

from bot.tips.pace import (
    Notice,
    Send,
    State,
    later_today,
    plan,
    slower,
    tips_a_fortnight,
    trial_end,
)
from bot.tips.schedule import MONDAY, WEEKDAYS, Pace

DAY = date(2026, 11, 23)


def send(state, count, days=WEEKDAYS):
    """Plan so many tips, none of them answered: the state and the notices by number of the tip."""
    notices = {}
    for number in range(1, count + 1):
        planned = plan(state, DAY, days)
        assert planned.send is Send.TIP
        state = planned.state
        if planned.notice:
            notices[number] = planned.notice
    return state, notices


def test_five_unanswered_tips_halve_the_pace_and_ten_make_it_weekly_each_said_once():
    assert send(State(), 5) == (State(unanswered=5), {})
    state, notices = send(State(), 40)
    assert notices == {6: Notice.HALVED, 11: Notice.WEEKLY}
    assert state == State(Pace.WEEKLY, unanswered=40)


def test_whoever_has_one_tip_a_week_is_only_asked():
    state, notices = send(State(Pace.WEEKLY), 20)
    assert notices == {11: Notice.WEEKLY}
    assert state.pace is Pace.WEEKLY


def test_someone_with_one_day_a_week_never_gets_more_by_getting_less():
    state, notices = send(State(), 20, days=MONDAY)
    assert notices == {6: Notice.HALVED, 11: Notice.WEEKLY}
    assert state.pace is Pace.HALF


def test_slower_goes_down_a_step_at_a_time_and_stays_at_the_last():
    pace = Pace.DAILY
    paces = [(pace := slower(pace, WEEKDAYS)) for _ in range(3)]
    assert paces == [Pace.HALF, Pace.WEEKLY, Pace.WEEKLY]


def test_slower_is_never_more():
    for days, pace in product(range(1, 128), Pace):
        now, slow = tips_a_fortnight(days, pace), slower(pace, days)
        assert slow is pace or tips_a_fortnight(days, slow) < now
        assert tips_a_fortnight(days, slower(pace, days, to=Pace.WEEKLY)) <= now


def test_after_the_fourteenth_day_it_asks_and_then_sends_nothing():
    until_on = trial_end(date(2026, 11, 10))
    assert until_on == DAY
    state = State(until_on=until_on)
    assert plan(state, DAY, WEEKDAYS).send is Send.TIP
    asked = plan(state, date(2026, 11, 24), WEEKDAYS)
    assert asked.send is Send.TRIAL_QUESTION
    assert plan(asked.state, date(2026, 11, 25), WEEKDAYS).send is Send.NOTHING


def at(hour, minute=0):
    return int(datetime(2026, 11, 23, hour, minute, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        ("Europe/Lisbon", at(8, 30), at(11, 30)),
        ("Europe/Lisbon", at(16, 59), at(19, 59)),
        ("Europe/Lisbon", at(17), None),
        ("Europe/Lisbon", at(22), None),
        ("Asia/Tokyo", at(8), None),
        ("America/New_York", at(18), at(21)),
    ],
)
def test_later_today_is_three_hours_on_and_before_twenty(zone, now, then):
    assert later_today(zone, now) == then
