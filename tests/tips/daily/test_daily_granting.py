from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.daily_texts import DailyText
from bot.store.deliveries import Last
from bot.store.records import Status, Subscription, TargetKind, WorkspaceStatus
from bot.tips.granting import grant
from bot.tips.schedule import Pace
from bot.tips.standing import Standing, schedule_of
from bot.tips.telling import Telling
from bot.tips.who import Who
from bot.tips.wish import Act, Wish

NOW = 1_795_420_800_000  # 2026-11-23 08:00 UTC, a Monday
TODAY = date(2026, 11, 23)
ZONES = ["Europe/Lisbon", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"]
DAYS = st.integers(1, 127)
NEAR = st.integers(-3, 20).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def wishes(draw):
    act = draw(st.sampled_from(Act))
    if act is Act.PAUSE:
        return Wish(act, pause_days=draw(st.none() | st.integers(1, 365)))
    also = draw(st.integers(0, 127))
    return Wish(
        act,
        minute=draw(st.none() | st.integers(0, 1439)),
        days=draw(st.none() | DAYS),
        also=also,
        without=draw(st.integers(0, 127)) & ~also,
        zone=draw(st.none() | st.sampled_from(ZONES)),
        pace=draw(st.none() | st.sampled_from(Pace)),
    )


@st.composite
def subscriptions(draw):
    status = draw(st.sampled_from(Status))
    resting = draw(st.none() | NEAR) if status is Status.PAUSED else None
    due = (NOW + 3_600_000, TODAY) if status is Status.ON or resting else (None, None)
    return Subscription(
        *(1, TargetKind.PERSON, "U1", draw(st.sampled_from(ZONES)), draw(st.integers(0, 1439)), draw(DAYS)),
        "U1",
        status=status,
        pace=draw(st.sampled_from(Pace)),
        paused_until=resting,
        until_on=draw(st.none() | NEAR),
        asked=draw(st.booleans()) and status is Status.ON,
        next_at=due[0],
        next_on=due[1],
        version=1,
        id=1,
    )


@st.composite
def standings(draw):
    ago = draw(st.none() | st.integers(0, 72))
    last = None if ago is None else Last(TODAY - timedelta(days=ago // 24), NOW - ago * 3_600_000)
    return Standing(1, TargetKind.PERSON, "U1", NOW, draw(st.none() | subscriptions()), last)


ME = Who("slack", "T1", "U1", None, "Europe/Lisbon", is_admin=False, may_get_tips=True)


@given(wishes(), standings())
def test_whatever_is_wished_the_next_tip_is_to_come_and_on_a_day_of_its_own(wish, standing):
    wanted = grant(wish, ME, standing).wanted
    if wanted is None:
        return
    schedule_of(wanted)
    resting = wanted.status is Status.ENDED or (wanted.status is Status.PAUSED and not wanted.paused_until)
    assert (wanted.next_at is None) == resting
    if wanted.status is Status.ENDED:
        assert wanted.next_on is None
    elif wish.act is Act.PAUSE or not resting:  # one that the platform's refusal paused never had it
        assert wanted.next_on is not None
    if wanted.next_at is not None:
        assert wanted.next_at > NOW
        assert standing.last is None or wanted.next_on > standing.last.due_on
        assert wanted.paused_until is None or wanted.next_on >= wanted.paused_until


@given(wishes(), standings())
def test_whatever_is_wished_it_is_said_what_happens_next(handbook, wish, standing):
    granted = grant(wish, ME, standing)
    after = replace(standing, known=granted.wanted or standing.known)
    said = [granted.text] if granted.text else []
    lead = Telling(handbook.daily).tell(after, *said).lead
    assert any(word in lead for word in ("Next tip", "ask how", "say how", "Nothing comes", "none will come"))
    assert "{" not in lead


@given(wishes(), standings())
def test_nobody_changes_what_is_not_theirs(wish, standing):
    stranger = replace(ME, person="U2")
    if standing.live is not None:
        assert grant(wish, stranger, standing).wanted is None


@given(wishes(), standings())
def test_no_wish_of_a_guest_makes_tips_come(wish, standing):
    guest = replace(ME, may_get_tips=False)
    granted = grant(wish, guest, standing)
    assert granted.wanted is None or granted.wanted.status is Status.ENDED
    assert granted.text is DailyText.GUEST or wish.act is Act.OFF
    if standing.live is not None:
        assert granted.wanted is not None


@given(wishes(), standings())
def test_nobody_is_let_in_whom_the_platform_has_not_named(wish, standing):
    granted = grant(wish, replace(ME, is_known=False), standing)
    if standing.live is None:
        assert granted.wanted is None
        assert (granted.text is DailyText.NOT_KNOWN) == (wish.act in {Act.SET, Act.RESUME})


@given(wishes(), standings(), st.sampled_from([WorkspaceStatus.STOPPED, WorkspaceStatus.GONE]))
def test_where_nothing_is_sent_no_tip_is_promised(handbook, wish, standing, status):
    stopped = replace(standing, workspace=status)
    granted = grant(wish, ME, stopped)
    assert granted.wanted is None or granted.wanted.status is not Status.ON
    after = replace(stopped, known=granted.wanted or standing.known)
    assert (
        "Next tip" not in Telling(handbook.daily).tell(after, *([granted.text] if granted.text else [])).lead
    )


@pytest.mark.parametrize(("zone", "known"), [("Europe/Lisbon", True), ("Mars/Olympus", False), (None, False)])
def test_a_profile_without_a_real_zone_goes_by_utc_and_says_so(zone, known):
    nobody = Standing(0, TargetKind.PERSON, "U1", NOW)
    granted = grant(Wish(), replace(ME, zone=zone), nobody)
    assert granted.zone_guessed is not known
    assert granted.wanted.tz == (zone if known else "UTC")
