"""What is foreseen is what the planner does."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.store.records import Status, Subscription, TargetKind
from bot.tips.pace import trial_end
from bot.tips.preview import foresee
from bot.tips.schedule import EVERY_DAY, WEEKDAYS, Pace, Schedule, local_time, next_occurrence

AUTUMN = 1_792_396_800_000  # 2026-10-19 08:00 UTC, a Monday: the clocks of Europe go back on the 25th
USUAL = Schedule("Europe/Lisbon", 90, EVERY_DAY)


@pytest.fixture
def own():
    due = next_occurrence(USUAL, AUTUMN)
    known = Subscription(
        1, TargetKind.PERSON, "U1", USUAL.zone, USUAL.minute, EVERY_DAY, "U1", version=1, id=7
    )
    return replace(known, next_at=due.at, next_on=due.due_on)


def test_over_a_change_of_the_clocks_each_day_has_its_hour(handbook, own):
    coming = [*foresee(handbook, own, (), AUTUMN, 7)]
    assert [each.due_on for each in coming[:5]] == [date(2026, 10, 20) + timedelta(n) for n in range(5)]
    assert {f"{local_time(own.tz, each.at):%H:%M}" for each in coming} == {"01:30"}


def test_over_the_night_that_has_the_hour_twice_a_tip_comes_once(handbook, own):
    coming = [*foresee(handbook, replace(own, unanswered=-30), (), AUTUMN, 8)]
    nights = {each.due_on: f"{local_time(own.tz, each.at):%H:%M%z}" for each in coming}
    assert len(nights) == len(coming) == 8
    assert nights[date(2026, 10, 25)] == "01:30+0100"
    assert nights[date(2026, 10, 26)] == "01:30+0000"


def test_no_tip_comes_twice_and_the_sides_take_turns(handbook, own):
    cards = [each.card for each in foresee(handbook, own, (), AUTUMN, 60)]
    ids = [card.content_id for card in cards]
    assert len(ids) == len(set(ids))
    sides = {tip.id: tip.side for tip in handbook.tips}
    assert all(sides[one] is not sides[other] for one, other in pairwise(ids))


def test_who_never_reacts_gets_fewer_and_fewer(handbook, own):
    days = [each.due_on for each in foresee(handbook, own, (), AUTUMN, 60)]
    gaps = [(later - day).days for day, later in pairwise(days)]
    assert gaps[0] == 1
    assert 2 in gaps
    assert gaps[-1] == max(gaps) == 7


def test_after_the_trial_the_question_comes_once_and_then_nothing(handbook, own):
    trial = replace(own, until_on=trial_end(own.next_on))
    coming = [*foresee(handbook, trial, (), AUTUMN, 60)]
    assert [each.card.content_id for each in coming].count("trial-question") == 1
    assert coming[-1].card.content_id == "trial-question"
    assert coming[-1].due_on > trial.until_on


def test_what_is_overdue_comes_at_once_and_what_is_too_late_never(handbook, own):
    late = [*foresee(handbook, own, (), own.next_at + 3_600_000, 1)]
    assert late[0].due_on == own.next_on
    too_late = [*foresee(handbook, own, (), own.next_at + 5 * 3_600_000, 1)]
    assert too_late[0].due_on == own.next_on + timedelta(days=1)


@pytest.mark.parametrize("status", [Status.PAUSED, Status.ENDED])
def test_of_who_gets_none_nothing_is_foreseen(handbook, own, status):
    off = replace(own, status=status, next_at=None, next_on=None)
    assert not [*foresee(handbook, off, (), AUTUMN, 60)]


def test_with_nothing_left_to_send_the_day_stays_empty(handbook, own):
    few = replace(handbook, tips=handbook.tips[:2])
    cards = [each.card for each in foresee(few, replace(own, days_mask=WEEKDAYS), (), AUTUMN, 7)]
    assert [card is None for card in cards] == [False, False, *[True] * (len(cards) - 2)]


def test_foreseeing_changes_nothing(handbook, own):
    history = ()
    first = [*foresee(handbook, own, history, AUTUMN, 20)]
    assert [*foresee(handbook, own, history, AUTUMN, 20)] == first
    assert own.pace == Pace.DAILY
