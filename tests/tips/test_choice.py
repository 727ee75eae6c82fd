import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.handbook import Side, Tip
from bot.tips.choice import RECALL_DAYS, Reaction, Recall, Seen, Tried, choose, keep, tried

TODAY = date(2026, 11, 23)


def make(number, side=None, topic=None):
    words = {name: f"{name} {number}" for name in ("line", "why", "action", "if_then", "recall")}
    side = side or (Side.LEADING if number % 2 else Side.MANAGING)
    return Tip(id=f"tip-{number:03}", topic=topic or f"topic-{number}", side=side, **words)


TIPS = [make(number) for number in range(130)]


def ago(days):
    return TODAY - timedelta(days=days)


def live(days, reaction=None, tips=TIPS, gap=1, subscription="S1"):
    """What a subscription gets, a tip or a question each time, reacting to every tip alike."""
    seen, sent, side = {}, [], None
    for number in range(days):
        today = TODAY + timedelta(days=number * gap)
        chosen = choose(tips, list(seen.values()), today, side, subscription)
        sent.append((today, chosen))
        if isinstance(chosen, Recall):
            before = seen[chosen.tip.id]
            seen[chosen.tip.id] = replace(before, recall_step=chosen.recall_step, recall_on=today)
        elif chosen:
            seen[chosen.id], side = Seen(chosen.id, today, reaction), chosen.side
    return sent


def test_sides_alternate_while_both_have_tips():
    sides = [tip.side for _, tip in live(60)]
    assert all(one is not other for one, other in itertools.pairwise(sides))


def test_no_tip_comes_again_within_ninety_days_and_all_come_before_one_does():
    last = {}
    for day, tip in live(300):
        assert tip.id not in last or (day - last[tip.id]).days >= 90
        last[tip.id] = day
    assert len(last) == len(TIPS)


def test_nothing_comes_when_all_was_sent_lately():
    history = [Seen(tip.id, ago(1)) for tip in TIPS[:3]]
    assert choose(TIPS[:3], history, TODAY, None, "S1") is None
    assert choose([], [], TODAY, None, "S1") is None


def test_with_one_side_left_that_side_comes_again():
    tips = [make(number, Side.LEADING) for number in range(3)]
    assert choose(tips, [], TODAY, Side.LEADING, "S1") in tips


def test_two_people_get_different_tips_and_one_always_the_same():
    chosen = [choose(TIPS, [], TODAY, None, number).id for number in range(50)]
    assert len(set(chosen)) > 25
    assert chosen == [choose(TIPS, [], TODAY, None, number).id for number in range(50)]


def test_what_was_not_for_someone_keeps_its_topic_away_for_a_year():
    tips = [make(1, topic="trust"), make(2, topic="trust"), make(3, topic="change")]
    history = [Seen("tip-001", ago(100), Reaction.NOT_FOR_ME)]
    assert choose(tips, history, TODAY, None, "S1").id == "tip-003"
    history = [Seen("tip-001", ago(365), Reaction.NOT_FOR_ME), Seen("tip-003", ago(5))]
    assert choose(tips, history, TODAY, None, "S1").id == "tip-002"


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (1, 0),
        (2, 1),
        (5, 1),
        (6, 0),
        (7, 2),
        (10, 2),
        (11, 0),
        (21, 3),
        (31, 3),
        (32, 0),
        (60, 4),
        (90, 4),
        (91, 0),
    ],
)
def test_a_tip_that_was_read_comes_back_as_a_question_after_about_its_days(days, step):
    chosen = choose(TIPS, [Seen("tip-001", ago(days), Reaction.TRIED)], TODAY, None, "S1")
    assert (chosen.recall_step if isinstance(chosen, Recall) else 0) == step


def test_a_question_that_was_asked_is_not_asked_again():
    seen = Seen("tip-001", ago(4), Reaction.MORE, recall_step=1, recall_on=ago(2))
    assert isinstance(choose(TIPS, [seen], TODAY, None, "S1"), Tip)


@pytest.mark.parametrize("reaction", [None, Reaction.NOT_FOR_ME, Reaction.LESS_OFTEN])
def test_a_tip_without_a_sign_of_being_read_does_not_come_back(reaction):
    assert isinstance(choose(TIPS, [Seen("tip-001", ago(7), reaction)], TODAY, None, "S1"), Tip)


def test_a_tip_that_is_gone_from_the_content_does_not_come_back():
    assert isinstance(choose(TIPS, [Seen("gone", ago(7), Reaction.TRIED)], TODAY, None, "S1"), Tip)


@pytest.mark.parametrize("gap", [1, 2, 7])
def test_tips_go_on_between_the_questions(gap):
    sent = live(60, Reaction.TRIED, gap=gap)
    asked = [place for place, (_, chosen) in enumerate(sent) if isinstance(chosen, Recall)]
    assert asked
    assert all(other - one >= 3 for one, other in itertools.pairwise(asked))


def test_every_question_comes_at_its_time_and_once():
    first = {}
    for day, chosen in live(250, Reaction.TRIED):
        if isinstance(chosen, Recall):
            late = (day - first[chosen.tip.id]).days - RECALL_DAYS[chosen.recall_step - 1]
            assert 0 <= late <= max(3, RECALL_DAYS[chosen.recall_step - 1] // 2)
        else:
            first[chosen.id] = day


histories = st.lists(
    st.builds(
        Seen,
        tip=st.sampled_from([*(tip.id for tip in TIPS[:12]), "gone"]),
        seen_on=st.integers(0, 400).map(ago),
        reaction=st.none() | st.sampled_from(Reaction),
        recall_step=st.integers(0, 4),
        recall_on=st.none() | st.integers(0, 400).map(ago),
    ),
    unique_by=lambda seen: seen.tip,
    max_size=13,
)


@given(histories, st.none() | st.sampled_from(Side), st.integers())
def test_whatever_was_seen_the_choice_is_allowed(history, side, subscription):
    chosen = choose(TIPS[:12], history, TODAY, side, subscription)
    seen = {one.tip: one for one in history}
    if isinstance(chosen, Recall):
        assert seen[chosen.tip.id].reaction in {Reaction.TRIED, Reaction.LATER, Reaction.MORE}
        assert seen[chosen.tip.id].recall_step < chosen.recall_step <= 4
    elif chosen:
        assert chosen.id not in seen or seen[chosen.id].seen_on <= ago(90)
    else:
        assert history


def test_what_was_tried_is_counted_over_the_last_twenty():
    history = [
        Seen(tip.id, ago(number), Reaction.TRIED if number % 2 else None) for number, tip in enumerate(TIPS)
    ]
    assert tried(history) == Tried(10, 20)
    assert tried([]) == Tried(0, 0)


def test_what_was_tried_stays_tried_unless_it_was_not_for_them():
    assert keep(Reaction.TRIED, Reaction.MORE) is Reaction.TRIED
    assert keep(Reaction.TRIED, Reaction.NOT_FOR_ME) is Reaction.NOT_FOR_ME
    assert keep(None, Reaction.LATER) is Reaction.LATER


def test_the_shipped_tips_last_for_half_a_year_of_weekdays(handbook):
    sent = live(130, Reaction.TRIED, tips=handbook.tips)
    assert all(chosen for _, chosen in sent)
