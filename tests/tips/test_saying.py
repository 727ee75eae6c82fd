from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from bot.tips.choice import Tried
from bot.tips.pace import Notice, Send
from bot.tips.saying import (
    say_days,
    say_later,
    say_misread,
    say_next,
    say_notice,
    say_place,
    say_summary,
    say_tried,
)
from bot.tips.schedule import (
    EVERY_DAY,
    FRIDAY,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    WEEKDAYS,
    WEEKEND,
    Pace,
    Schedule,
    next_occurrence,
)
from bot.tips.wish import Act, Matter, Misread, Wish
from bot.tips.wishes import parse_wish


def ms(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def test_the_next_tip_is_said_with_day_hour_and_place():
    schedule = Schedule("Europe/Lisbon", 510, WEEKDAYS)
    due = next_occurrence(schedule, ms("2026-11-21T22:00"))
    assert say_next(schedule, due) == "Next tip Monday 23 November, 08:30, Lisbon time."


def test_an_hour_that_the_clocks_leave_out_is_said_as_it_will_be():
    schedule = Schedule("Europe/Berlin", 150, EVERY_DAY)
    due = next_occurrence(schedule, ms("2027-03-27T12:00"))
    assert say_next(schedule, due) == "Next tip Sunday 28 March, 03:30, Berlin time."


def test_a_zone_that_is_not_known_any_more_is_said():
    schedule = Schedule("Mars/Olympus", 600)
    said = say_next(schedule, next_occurrence(schedule, ms("2026-11-23T00:00")))
    assert said.startswith("Next tip Monday 23 November, 10:00, UTC. I no longer know the zone Mars/Olympus")


@pytest.mark.parametrize(
    ("days", "pace", "said"),
    [
        (WEEKDAYS, Pace.DAILY, "Weekdays at 08:30, Lisbon time"),
        (EVERY_DAY, Pace.DAILY, "Every day at 08:30, Lisbon time"),
        (WEEKDAYS, Pace.HALF, "Every other weekday at 08:30, Lisbon time"),
        (WEEKDAYS, Pace.WEEKLY, "Once a week, on Mondays, at 08:30, Lisbon time"),
        (MONDAY | WEDNESDAY, Pace.DAILY, "Mondays and Wednesdays at 08:30, Lisbon time"),
    ],
)
def test_a_subscription_is_summed_up(days, pace, said):
    assert say_summary(Schedule("Europe/Lisbon", 510, days), pace) == said


@pytest.mark.parametrize(
    ("days", "pace", "said"),
    [
        (WEEKEND, Pace.DAILY, "Weekends"),
        (EVERY_DAY & ~FRIDAY, Pace.DAILY, "Every day but Friday"),
        (EVERY_DAY, Pace.HALF, "Every other day"),
        (MONDAY, Pace.HALF, "Every other Monday"),
        (MONDAY, Pace.DAILY, "Mondays"),
        (MONDAY | TUESDAY | FRIDAY, Pace.HALF, "Every other one of Mondays, Tuesdays and Fridays"),
        (WEEKDAYS & ~FRIDAY, Pace.HALF, "Mondays and Wednesdays"),
    ],
)
def test_days_are_said_as_people_say_them(days, pace, said):
    assert say_days(days, pace) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("CET", "CET"),
        ("Etc/GMT-2", "UTC+2"),
        ("Etc/GMT+11", "UTC-11"),
        ("Etc/GMT", "UTC"),
        ("GMT", "GMT"),
        ("US/Eastern", "Eastern time"),
    ],
)
def test_a_place_is_named_by_its_city(zone, said):
    assert say_place(zone) == said


def test_every_zone_and_every_set_of_days_can_be_said():
    assert all(map(say_place, available_timezones()))
    assert all(say_days(days, pace) for days in range(1, 128) for pace in Pace)


def test_every_notice_has_its_sentence():
    assert all(say_notice(notice) for notice in (*Notice, Send.TRIAL_QUESTION))


def test_what_was_put_off_is_said_with_its_hour():
    assert say_later("Europe/Lisbon", ms("2026-11-23T11:30")) == "I will come back to it today at 11:30."
    assert say_later("Europe/Lisbon", None).startswith("It is too late")


def test_what_was_tried_is_a_share_and_nothing_before_the_second_tip():
    assert say_tried(Tried(12, 20)) == "You tried 12 of your last 20 tips."
    assert say_tried(Tried(1, 1)) == ""


def test_what_was_not_understood_is_named():
    assert say_misread(parse_wish("at 25:00")).startswith('I cannot tell which hour "25:00" is.')


def test_what_turns_the_line_is_left_out_of_what_is_said():
    turned = Misread(Matter.WORDS, "abc\u202edef\u0000\u2067", ("off",), (Wish(Act.OFF),))
    assert say_misread(turned).startswith('I do not understand "abcdef".')


def test_every_matter_has_its_question():
    assert all(say_misread(Misread(matter, "x", ("off",), (Wish(Act.OFF),))) for matter in Matter)


def test_where_others_read_along_hour_and_place_are_left_out():
    schedule = Schedule("Europe/Lisbon", 510, WEEKDAYS)
    due = next_occurrence(schedule, ms("2026-11-21T22:00"))
    assert say_next(schedule, due, discreet=True) == "Next tip Monday 23 November."
    assert say_summary(schedule, Pace.WEEKLY, discreet=True) == "Once a week, on Mondays"
