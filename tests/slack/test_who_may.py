"""Who may have a daily tip in Slack: no guests, no bots, nobody who has left, and nobody we do not know."""

from dataclasses import replace

import pytest

from bot.playground.disturbances import RateLimited
from bot.playground.workspace import COACH, COLLEAGUES, YOU
from bot.store import subscriptions, workspaces
from bot.store.records import Status, TargetKind
from bot.store.watching import next_turn_in


@pytest.fixture
def forward(clock):
    """Puts the clock to the next tip and sends what is due then; gives how many went out."""

    async def to_next_tip(slack):
        wait_ms = await next_turn_in(slack.memory.database)
        clock.forward(wait_ms / 1000 + 1)
        return await slack.memory.tips.turn()

    return to_next_tip


async def _find(slack):
    known = await workspaces.find(slack.memory.database, "slack", "T0LOCAL001")
    return await subscriptions.find(slack.memory.database, known.id, TargetKind.PERSON, YOU.id)


def _tips(slack):
    return [m for m in slack.messages(YOU.id) if m.user == COACH.id and "Your tip for today" in m.text]


@pytest.mark.parametrize("flag", ["guest", "deactivated", "bot"])
@pytest.mark.parametrize("words", ["daily", "daily pause 2 weeks", "daily pause"])
async def test_who_becomes_none_that_may_have_tips_gets_no_more(kept, quiet, mark, flag, words):
    await kept.command("/lvm", "daily")
    await kept.command("/lvm", words)
    await kept.change_person(replace(YOU, **{flag: True}, real_name=mark))
    own = await _find(kept)
    assert (own.status, own.next_at, own.until_on) == (Status.ENDED, None, None)
    assert "incident" not in quiet.text
    assert kept.deliveries[-1].reply.status == 200


async def test_a_tip_that_waits_is_dropped_with_its_person(kept, forward):
    await kept.command("/lvm", "daily every day at 8:30")
    await forward(kept)
    await kept.click(_tips(kept)[0], "Later today")
    await kept.until(lambda: "come back to it" in kept.messages(YOU.id)[-1].text)
    await kept.change_person(replace(YOU, guest=True))
    assert await next_turn_in(kept.memory.database) is None
    assert await kept.memory.tips.turn() == 0


async def test_a_member_who_sets_a_status_keeps_the_tips_and_costs_no_look_at_the_database(kept):
    await kept.command("/lvm", "daily")
    before = await _find(kept)
    calls = len(kept.calls)
    await kept.change_person(replace(YOU, real_name="Ana on holiday"))
    await kept.change_person(replace(COLLEAGUES[0], guest=True))
    assert await _find(kept) == before
    assert len(kept.calls) == calls


async def test_a_guest_who_became_a_member_gets_tips_at_once(kept):
    await kept.change_person(replace(YOU, guest=True))
    await kept.command("/lvm", "daily")
    assert "members of this workspace" in kept.messages()[-1].text
    await kept.change_person(YOU)
    await kept.command("/lvm", "daily")
    assert "10:00, Madrid time" in kept.messages()[-1].text


@pytest.mark.parametrize("flag", ["deleted", "is_bot", "is_restricted", "is_ultra_restricted"])
async def test_each_mark_of_slacks_ends_the_tips(kept, open_door, flag):
    await kept.command("/lvm", "daily")
    event = {"type": "user_change", "user": {"id": YOU.id, flag: True}, "cache_ts": 1, "event_ts": "1.0"}
    body = {"type": "event_callback", "team_id": "T0LOCAL001", "event_id": "Ev9", "event_time": 1}
    assert (await open_door(kept).json(body | {"event": event})).status == 200
    assert (await _find(kept)).status is Status.ENDED


@pytest.mark.parametrize(
    "user", [None, [], {}, {"id": 7, "deleted": True}, {"id": "U-nobody", "deleted": True}]
)
async def test_a_change_of_nobody_we_know_changes_nothing(kept, open_door, user):
    await kept.command("/lvm", "daily")
    body = {"type": "event_callback", "team_id": "T0LOCAL001", "event_id": "Ev9", "event_time": 1}
    event = {"type": "user_change", "user": user}
    assert (await open_door(kept).json(body | {"event": event})).status == 200
    assert (await _find(kept)).status is Status.ON


async def test_a_channel_keeps_the_tips_that_somebody_who_left_set_up(kept, forward):
    await kept.command("/lvm", "daily here at 9:00")
    await kept.change_person(replace(YOU, deactivated=True))
    assert await forward(kept) == 1


async def test_who_was_missed_when_they_became_a_guest_is_found_out_at_their_next_word(remember):
    async with remember() as slack:
        await slack.command("/lvm", "daily")
    async with remember() as slack:
        slack.workspace.people[YOU.id] = replace(YOU, guest=True)
        await slack.command("/lvm", "daily show")
        assert "members of this workspace" in slack.messages()[-1].text
        assert (await _find(slack)).status is Status.ENDED


async def test_who_is_not_known_in_time_is_asked_to_try_again_and_not_let_in(kept):
    kept.next_answer("users.info", RateLimited(1))
    await kept.command("/lvm", "daily at 8:30")
    assert "could not find out in time who you are" in kept.messages()[-1].text
    assert await _find(kept) is None
    await kept.click(kept.messages()[-1], "Try again")
    await kept.until(lambda: "08:30, Madrid time" in kept.messages()[-1].text)


async def test_who_has_tips_can_change_them_while_slack_says_nothing(remember):
    async with remember() as slack:
        await slack.command("/lvm", "daily")
    async with remember() as slack:
        slack.next_answer("users.info", RateLimited(1))
        await slack.command("/lvm", "daily at 8:30")
        assert "08:30, Madrid time" in slack.messages()[-1].text


async def test_where_the_token_is_void_it_is_said_and_not_to_try_again(kept):
    await kept.command("/lvm", "daily")
    await kept.revoke()
    for words in ("daily at 9", "daily show", "daily pause 2 weeks"):
        await kept.command("/lvm", words)
        said = kept.messages()[-1].text
        assert "installs me again" in said
        assert "try again" not in said
        assert "Next tip" not in said
    await kept.command("/lvm", "daily off")
    assert "stopped" in kept.messages()[-1].text


async def test_where_it_is_uninstalled_nobody_is_signed_up(kept):
    await kept.uninstall()
    await kept.command("/lvm", "daily")
    assert "installs me again" in kept.messages()[-1].text
    assert "Send a daily tip" not in str(kept.messages()[-1].blocks)
