"""How pauses move the end of the two weeks after which it is asked how to go on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.records import Status, TargetKind
from bot.tips.granting import grant
from bot.tips.schedule import Pace, local_day
from bot.tips.standing import Standing, schedule_of
from bot.tips.who import Who
from bot.tips.wish import Act, Wish

DAY = 24 * 3_600_000
NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
ME = Who("slack", "T1", "U1", None, "Europe/Lisbon", is_admin=False, may_get_tips=True)
LENGTHS = st.none() | st.integers(1, 40)
ACTS = st.one_of(
    st.builds(Wish, st.just(Act.PAUSE), pause_days=LENGTHS),
    st.just(Wish(Act.RESUME)),
    st.just(Wish(minute=9 * 60)),
    st.integers(1, 20),
)


async def say(daily, who, *wishes):
    """Say one wish after the other; the last answer counts."""
    for words in wishes:
        answer = await daily.command(words, who)
    return answer.lead


async def test_the_trial_is_two_weeks_of_tips_whatever_is_paused(daily, me):
    assert "until Sunday 20 December" in await say(daily, me, "", "pause 2 weeks")


@pytest.mark.parametrize(
    "pauses",
    [
        ["pause 2 weeks"],
        ["pause"],
        ["pause 2 weeks", "pause"],
        ["pause", "at 9", "pause 1 year", "pause 3 days"],
        ["pause until friday", "resume", "pause"],
    ],
)
async def test_a_pause_that_is_taken_back_at_once_leaves_the_trial_as_it_was(daily, me, pauses):
    assert "until Sunday 6 December" in await say(daily, me, "", *pauses, "resume")


@pytest.mark.parametrize("pause", ["pause 2 weeks", "pause", "pause 4 weeks"])
async def test_a_pause_moves_the_end_of_the_trial_by_the_days_it_really_took(daily, me, clock, pause):
    await say(daily, me, "", pause)
    clock.now += 5 * DAY
    assert "until Friday 11 December" in await say(daily, me, "resume")


async def test_a_pause_of_months_leaves_what_was_left_of_the_trial(daily, me, clock, send):
    await say(daily, me, "")
    await send()
    await say(daily, me, "pause")
    clock.now += 60 * DAY
    # 59 days later than 6 December: the first tip that was missed is that of 24 November.
    assert "until Wednesday 3 February" in await say(daily, me, "resume")


async def test_a_pause_before_the_first_tip_that_it_misses_counts_from_that_tip(daily, me, clock):
    await say(daily, me, "on sun", "pause")
    clock.now += DAY
    assert "until Saturday 12 December" in await say(daily, me, "resume")


def _a_day_later(standing):
    """What the planner does: a pause with an end is over on its day, and the next tip moves on."""
    later = replace(standing, now=standing.now + DAY)
    own = later.known
    if own.next_at is None or own.next_at > later.now:
        return later
    due = later.next(schedule_of(own), Pace(own.pace))
    on = replace(own, status=Status.ON, paused_until=None, next_at=due.at, next_on=due.due_on)
    return replace(later, known=on)


@given(st.lists(ACTS, max_size=12), st.sampled_from([Wish(), Wish(days=0b1000000), Wish(days=0b0000101)]))
def test_whatever_is_paused_and_resumed_the_trial_ends_no_later_than_by_the_days_really_paused(acts, first):
    standing = Standing(1, TargetKind.PERSON, "U1", NOW)
    standing = replace(standing, known=replace(grant(first, ME, standing).wanted, version=1))
    until, rested = standing.known.until_on, 0
    for act in acts:
        if isinstance(act, Wish):
            wanted = grant(act, ME, standing).wanted
            standing = replace(standing, known=wanted or standing.known)
            continue
        for _ in range(act):
            own = standing.known
            ended = own.paused_until is not None and own.paused_until <= local_day(own.tz, standing.now)
            rested += own.status is Status.PAUSED and not ended
            standing = _a_day_later(standing)
    wanted = grant(Wish(Act.RESUME), ME, standing).wanted or standing.known
    assert 0 <= (wanted.until_on - until).days <= rested
