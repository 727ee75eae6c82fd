from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tips.schedule import (
    EVERY_DAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEEKDAYS,
    WEEKEND,
    Occurrence,
    Pace,
    Schedule,
    counting_days,
    is_known,
    is_too_late,
    last_day,
    local_day,
    next_occurrence,
    send_after,
    slowed,
)

HOUR = 3_600_000
ZONES = sorted(available_timezones())
MINUTES = (*range(0, 1440, 60), 30, 90, 150, 180 - 1, 1410, 1439)
FAR_APART = [
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kolkata",
    "America/St_Johns",
    "Pacific/Chatham",
    "Europe/Lisbon",
    "America/Los_Angeles",
]


def ms(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def occurrence(schedule, day):
    """The instant of a day's tip."""
    every_day = Schedule(schedule.zone, schedule.minute, EVERY_DAY)
    due = next_occurrence(every_day, ms(f"{day - timedelta(days=2)}T00:00"), day - timedelta(days=1))
    assert due.due_on == day
    return due.at


def days_with_changes(zone, years=(2026, 2029)):
    """The days around each change of a zone's clocks, in runs; one run of no change where there is none."""
    info, day = ZoneInfo(zone), date(years[0], 1, 1)
    runs, before = [], None
    while day.year < years[1]:
        offset = datetime(day.year, day.month, day.day, 12, tzinfo=info).utcoffset()
        if before is not None and offset != before:
            runs.append([day + timedelta(days=more) for more in range(-8, 3)])
        day, before = day + timedelta(days=7), offset
    return runs or [[date(2027, 2, 26) + timedelta(days=more) for more in range(4)]]


@pytest.mark.parametrize("part", range(4))
def test_in_every_zone_a_daily_tip_comes_once_a_day_22_to_26_hours_apart(part):
    for zone in ZONES[part::4]:
        for run in days_with_changes(zone):
            for minute in MINUTES:
                schedule = Schedule(zone, minute, EVERY_DAY)
                instants = [occurrence(schedule, day) for day in run]
                assert all(22 * HOUR <= later - one <= 26 * HOUR for one, later in pairwise(instants)), (
                    schedule
                )


def test_following_the_occurrences_visits_every_day_once():
    schedule, due = Schedule("Africa/Casablanca", 150, EVERY_DAY), None
    visited = []
    now = ms("2026-01-01T00:00")
    while now < ms("2028-12-31T00:00"):
        due = next_occurrence(schedule, now, due.due_on if due else None)
        visited.append(due.due_on)
        now = due.at
    assert visited == [visited[0] + timedelta(days=more) for more in range(len(visited))]


def test_the_day_that_apia_left_out_has_no_tip():
    schedule = Schedule("Pacific/Apia", 600, EVERY_DAY)
    before = Occurrence(date(2011, 12, 29), ms("2011-12-29T20:00"))
    assert occurrence(schedule, before.due_on) == before.at
    following = next_occurrence(schedule, before.at, before.due_on)
    assert following == Occurrence(date(2011, 12, 31), ms("2011-12-30T20:00"))


def test_an_hour_that_is_left_out_comes_as_much_later_and_keeps_its_date():
    assert occurrence(Schedule("Europe/Berlin", 150), date(2027, 3, 28)) == ms("2027-03-28T01:30")
    late = Schedule("America/Nuuk", 23 * 60 + 30, EVERY_DAY)
    due = next_occurrence(late, ms("2026-03-28T12:00"), date(2026, 3, 27))
    assert due.due_on == date(2026, 3, 28)
    assert local_day(late.zone, due.at) == date(2026, 3, 29)


def test_of_an_hour_that_comes_twice_the_first_counts():
    assert occurrence(Schedule("Europe/Berlin", 150), date(2026, 10, 25)) == ms("2026-10-25T00:30")


@given(st.sampled_from(ZONES), st.integers(0, 1439), st.integers(1, 127), st.sampled_from(Pace), st.data())
def test_the_next_tip_is_on_a_chosen_day_after_now_and_none_is_left_out(zone, minute, days, pace, data):
    schedule = Schedule(zone, minute, days)
    now = data.draw(st.integers(ms("2026-01-01T00:00"), ms("2028-12-31T00:00")))
    after = data.draw(
        st.none() | st.integers(-2, 3).map(lambda more: local_day(zone, now) + timedelta(days=more))
    )
    due = next_occurrence(schedule, now, after, pace)
    assert due.at > now
    assert after is None or due.due_on > after
    assert days >> due.due_on.weekday() & 1
    assert due.at == occurrence(schedule, due.due_on)
    assert next_occurrence(schedule, due.at - 1, due.due_on - timedelta(days=1), pace) == due
    between = next_occurrence(schedule, due.at - 1, after, pace)
    assert between == due


@given(
    st.sampled_from(FAR_APART),
    st.sampled_from(FAR_APART),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.data(),
)
def test_whoever_moves_across_the_date_line_gets_one_tip_a_local_day(old, new, minute, later_minute, data):
    start = data.draw(st.integers(ms("2026-01-01T00:00"), ms("2028-12-01T00:00")))
    last = next_occurrence(Schedule(old, minute, EVERY_DAY), start)
    moved_at = last.at + data.draw(st.integers(0, 23 * HOUR))
    schedule = Schedule(new, later_minute, EVERY_DAY)
    following = next_occurrence(schedule, moved_at, last_day(new, last.due_on, last.at))
    assert following.at > last.at
    assert following.due_on > last.due_on
    assert local_day(new, following.at) > local_day(new, last.at)
    assert following.at - last.at <= 74 * HOUR


@pytest.mark.parametrize(
    ("old", "new", "hours"),
    [
        ("Pacific/Kiritimati", "Pacific/Honolulu", 48),  # the day that they have had begins there only now
        ("Pacific/Honolulu", "Pacific/Kiritimati", 24),
        ("Pacific/Apia", "Pacific/Pago_Pago", 48),
        ("Pacific/Pago_Pago", "Pacific/Apia", 24),
        ("Pacific/Auckland", "America/Los_Angeles", 45),
        ("America/Los_Angeles", "Pacific/Auckland", 27),
        ("Europe/Lisbon", "Asia/Tokyo", 15),
        ("Asia/Tokyo", "Europe/Lisbon", 33),
    ],
)
def test_after_a_move_the_next_tip_comes_as_soon_as_one_a_local_day_allows(old, new, hours):
    last = next_occurrence(Schedule(old, 480, EVERY_DAY), ms("2026-11-22T12:00"))
    moved = Schedule(new, 480, EVERY_DAY)
    due = next_occurrence(moved, last.at, last_day(new, last.due_on, last.at))
    assert (due.at - last.at) / HOUR == hours
    day_before = due.due_on - timedelta(days=1)
    assert day_before <= max(last.due_on, local_day(new, last.at)) or occurrence(moved, day_before) <= last.at


@pytest.mark.parametrize(("before", "pace"), [(Pace.DAILY, Pace.HALF), (Pace.HALF, Pace.WEEKLY)])
@pytest.mark.parametrize("days", [EVERY_DAY, WEEKDAYS, MONDAY | THURSDAY])
def test_a_slower_pace_is_felt_with_the_very_next_tip(days, before, pace):
    schedule, now = Schedule("UTC", 600, days), ms("2026-11-16T00:00")
    for _ in range(20):
        regular = next_occurrence(schedule, now, pace=before)
        fewer = slowed(schedule, regular, pace)
        assert fewer.due_on > regular.due_on
        assert fewer == next_occurrence(schedule, regular.at, pace=pace)
        now = regular.at


def test_what_was_missed_is_passed_over_without_a_burst():
    schedule = Schedule("Europe/Lisbon", 600, WEEKDAYS)
    due = next_occurrence(schedule, ms("2026-11-25T12:00"), after=date(2026, 11, 20))
    assert due == Occurrence(date(2026, 11, 26), ms("2026-11-26T10:00"))


@pytest.mark.parametrize(
    ("due_at", "now", "too_late"),
    [
        ("2026-11-23T08:30", "2026-11-23T12:30", False),
        ("2026-11-23T08:30", "2026-11-23T12:31", True),
        ("2026-11-23T22:00", "2026-11-23T23:59", False),
        ("2026-11-23T22:00", "2026-11-24T00:01", True),
        ("2026-11-23T08:30", "2026-11-23T07:30", False),
        ("2026-11-23T00:30", "2026-11-22T23:30", False),
    ],
)
def test_a_tip_is_late_after_four_hours_or_when_its_day_is_over(due_at, now, too_late):
    assert is_too_late("Europe/Lisbon", ms(due_at), ms(now)) is too_late


def test_the_local_day_decides_and_not_the_day_in_utc():
    assert is_too_late("Asia/Tokyo", ms("2026-11-23T14:00"), ms("2026-11-23T15:01"))


def test_tips_of_one_instant_are_spread_no_wider_than_sending_takes():
    due = Occurrence(date(2026, 11, 23), ms("2026-11-23T08:30"))
    delays = [send_after(number, due, 100, 4) - due.at for number in range(100)]
    assert 0 <= min(delays) < 5_000
    assert 20_000 < max(delays) < 25_000
    assert max(send_after(number, due, 10_000, 4) - due.at for number in range(1_000)) < 300_000
    assert send_after("S1", due, 1, 4_000) == due.at


def test_the_same_person_does_not_always_wait_longest():
    days = [Occurrence(date(2026, 11, day), 0) for day in range(1, 29)]
    waits = [send_after(7, due, 1_200, 4) for due in days]
    assert len(set(waits)) > 20
    assert waits == [send_after(7, due, 1_200, 4) for due in days]


def dates(days, pace, count=6):
    found, now = [], ms("2026-11-16T00:00")
    schedule = Schedule("UTC", 600, days)
    for _ in range(count):
        due = next_occurrence(schedule, now, pace=pace)
        now = due.at
        found.append(due.due_on.isoformat()[5:])
    return found


def test_half_the_pace_is_every_other_chosen_day_across_weeks():
    daily = dates(WEEKDAYS, Pace.DAILY, 12)
    assert dates(WEEKDAYS, Pace.HALF) in (daily[0::2], daily[1::2])
    assert dates(MONDAY, Pace.HALF, 3) in (["11-16", "11-30", "12-14"], ["11-23", "12-07", "12-21"])


def test_weekly_is_the_first_chosen_day_of_a_week():
    assert dates(TUESDAY | THURSDAY, Pace.WEEKLY, 3) == ["11-17", "11-24", "12-01"]


def test_the_days_that_count_every_week_are_known_where_weeks_are_alike():
    assert counting_days(WEEKDAYS, Pace.HALF) is None
    assert counting_days(WEEKEND, Pace.HALF).bit_count() == 1
    assert counting_days(WEEKDAYS, Pace.WEEKLY) == MONDAY


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "a" * 300, "\x00", "Ä/ö"])
def test_a_zone_that_is_not_known_goes_by_utc_and_can_be_told(zone):
    assert not is_known(zone)
    assert occurrence(Schedule(zone, 600), date(2026, 11, 23)) == ms("2026-11-23T10:00")


@pytest.mark.parametrize(("minute", "days"), [(-1, 31), (1440, 31), (0, 0), (0, 128)])
def test_no_schedule_is_made_of_what_is_out_of_range(minute, days):
    with pytest.raises(ValueError, match="no schedule"):
        Schedule("UTC", minute, days)
