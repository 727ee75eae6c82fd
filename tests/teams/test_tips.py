"""The daily tip from the wish to the message, as people in Teams meet it."""

import pytest

from bot.playground.teams.cards import labels, texts
from bot.playground.teams.disturbances import RESET, Call
from bot.playground.teams.model import TENANT_ID, Scope
from bot.playground.teams.tenant import CHANNEL as LEADS
from bot.playground.teams.tenant import COLLEAGUE, YOU
from bot.store import subscriptions, workspaces
from bot.store.records import TargetKind
from bot.store.watching import next_turn_in
from bot.teams.places import PLATFORM

PERSONAL, GROUP, CHANNEL = Scope
TIP = "Your tip for today"


@pytest.fixture
def forward(clock):
    """Puts the clock to the next tip and sends what is due then; gives how many went out."""

    async def to_next_tip(teams):
        wait_ms = await next_turn_in(teams.memory.database)
        clock.forward(wait_ms / 1000 + 1)
        return await teams.memory.tips.turn()

    return to_next_tip


async def _find(teams, target=YOU.entra_id, kind=TargetKind.PERSON):
    known = await workspaces.find(teams.memory.database, PLATFORM, TENANT_ID)
    return await subscriptions.find(teams.memory.database, known.id, kind, target)


async def _said(teams, scope=PERSONAL, count=1, viewer=YOU):
    return (await teams.until(lambda: teams.answers(scope, viewer)[count - 1 :]))[-1]


def _tips(teams, scope=PERSONAL, viewer=YOU):
    return [m for m in teams.answers(scope, viewer) if m.card and TIP in texts(m.card)]


@pytest.fixture
async def subscribed(kept):
    await kept.write("daily at 8:30")
    await _said(kept)
    return kept


@pytest.fixture
async def in_channel(kept):
    await kept.slash("daily here at 9:00")
    await _said(kept, CHANNEL)
    return kept


async def test_a_wish_is_followed_in_the_zone_of_who_says_it(subscribed):
    assert "08:30, Madrid time" in texts(subscribed.answers(PERSONAL)[0].card)
    assert (await _find(subscribed)).tz == YOU.zone


async def test_a_tip_comes_to_the_personal_chat_when_it_is_due(subscribed, forward):
    assert await forward(subscribed) == 1
    (tip,) = _tips(subscribed)
    assert labels(tip.card)[:2] == ["Tried it", "Later today"]
    assert "Your tip" in tip.summary


async def test_a_second_round_sends_nothing_again(subscribed, forward):
    assert await forward(subscribed) == 1
    assert await subscribed.memory.tips.turn() == 0


async def test_who_wishes_it_by_a_command_gets_it_in_the_personal_chat(kept, forward):
    await kept.slash("daily")
    await _said(kept, CHANNEL)
    assert await forward(kept) == 1
    assert len(_tips(kept)) == 1
    assert not _tips(kept, CHANNEL)


async def test_in_a_channel_each_tip_begins_a_thread(in_channel, forward):
    for _ in range(2):
        assert await forward(in_channel) == 1
    tips = _tips(in_channel, CHANNEL, COLLEAGUE)
    assert [tip.thread for tip in tips] == ["", ""]
    sent = [call.conversation for call in in_channel.calls if TIP in str(call.body)]
    assert sent == [LEADS.id, LEADS.id]


async def test_a_tip_in_a_channel_can_be_talked_about(in_channel, forward):
    await forward(in_channel)
    (tip,) = _tips(in_channel, CHANNEL)
    await in_channel.press(tip, "More on this", user=COLLEAGUE)
    current = _tips(in_channel, CHANNEL)[0]
    assert current.card_for(COLLEAGUE) != current.card == current.card_for(YOU)


async def test_a_group_chat_gets_tips_too(kept, forward):
    await kept.group("daily here at 9:00")
    await _said(kept, GROUP)
    assert await forward(kept) == 1
    assert len(_tips(kept, GROUP, COLLEAGUE)) == 1


async def test_in_a_channel_only_who_set_them_up_may_stop_them(in_channel):
    await in_channel.slash("daily here off", user=COLLEAGUE)
    await _said(in_channel, CHANNEL, viewer=COLLEAGUE)
    assert (await _find(in_channel, LEADS.id, TargetKind.CHANNEL)).next_at
    await in_channel.slash("daily here off")
    await _said(in_channel, CHANNEL, 2)
    assert not (await _find(in_channel, LEADS.id, TargetKind.CHANNEL)).next_at


async def test_a_button_of_a_tip_works_for_whose_it_is_alone(in_channel, forward):
    await forward(in_channel)
    (tip,) = _tips(in_channel, CHANNEL)
    await in_channel.press(tip, "Stop", user=COLLEAGUE)
    assert (await _find(in_channel, LEADS.id, TargetKind.CHANNEL)).next_at
    await in_channel.press(tip, "Stop")
    assert not (await _find(in_channel, LEADS.id, TargetKind.CHANNEL)).next_at


async def test_what_is_put_off_comes_later_on_the_same_day(subscribed, forward):
    await forward(subscribed)
    await subscribed.press(_tips(subscribed)[0], "Later today")
    assert "today at 11:30" in texts(_tips(subscribed)[0].card_for(YOU))
    assert await forward(subscribed) == 1
    first, second = _tips(subscribed)
    assert texts(first.card).splitlines()[1] == texts(second.card).splitlines()[1]


async def test_who_blocked_it_gets_no_more(subscribed, forward):
    subscribed.tenant.blocked.add(subscribed.tenant.place(PERSONAL).id)
    await forward(subscribed)
    assert not (await _find(subscribed)).next_at
    assert [call.status for call in subscribed.calls][-1] == 403
    assert await subscribed.memory.tips.turn() == 0


async def test_a_channel_that_is_gone_gets_no_more_and_who_set_them_up_is_told(in_channel, forward):
    in_channel.tenant.delete_channel()
    await forward(in_channel)
    assert not (await _find(in_channel, LEADS.id, TargetKind.CHANNEL)).next_at
    assert "I paused them" in texts((await _said(in_channel)).card)


async def test_after_a_move_of_teams_tips_go_where_the_latest_activity_came_from(subscribed, forward):
    subscribed.move("amer")
    await subscribed.write("daily show")
    await _said(subscribed, PERSONAL, 2)
    assert await forward(subscribed) == 1
    assert len(_tips(subscribed)) == 1


async def test_told_to_wait_it_waits_and_then_sends_once(subscribed, forward, clock):
    subscribed.next_answer(429, {"Retry-After": "40"})
    assert await forward(subscribed) == 0
    assert await subscribed.memory.tips.turn() == 0
    clock.forward(41)
    assert await subscribed.memory.tips.turn() == 1
    assert len(_tips(subscribed)) == 1


@pytest.mark.parametrize("status", [412, 502, 504])
async def test_what_teams_wants_again_is_sent_again(subscribed, forward, status):
    subscribed.next_answer(status, {"Retry-After": "1"})
    assert await forward(subscribed) == 0
    assert await forward(subscribed) == 1
    assert len(_tips(subscribed)) == 1


async def test_after_a_reset_it_is_tried_once_more_and_never_again(subscribed, forward):
    for _ in range(2):
        subscribed.next_answer(RESET, accepted=False)
    assert await forward(subscribed) == 0
    await forward(subscribed)
    sent = [call for call in subscribed.calls if TIP in str(call.body)]
    assert len(sent) == 2
    assert await subscribed.memory.tips.turn() == 0


async def test_a_tip_outlives_a_restart(remember, forward):
    async with remember() as teams:
        await teams.write("daily")
        await _said(teams)
    async with remember() as teams:  # the service address is another now, too
        await teams.write("daily show")
        await _said(teams)
        assert await forward(teams) == 1
        assert len(_tips(teams)) == 1


async def test_while_teams_does_not_say_who_is_a_guest_everybody_is_asked_to_try_again(kept):
    kept.next_answer(500, call=Call.MEMBER)
    await kept.write("daily")
    refused = await _said(kept)
    assert "try again in a minute" in texts(refused.card)
    await kept.press(refused, "Try again")
    assert "Agreed" in texts((await _said(kept)).card_for(YOU))


async def test_a_member_of_its_team_gets_tips_without_having_added_it(kept, forward):
    await kept.slash("daily", user=COLLEAGUE)
    await _said(kept, CHANNEL, viewer=COLLEAGUE)
    assert await forward(kept) == 1
    assert len(_tips(kept, PERSONAL, COLLEAGUE)) == 1


@pytest.mark.parametrize("say", ["group", "mention", "slash"])
async def test_who_has_not_added_it_for_themselves_is_told_what_to_do_and_then_gets_tips(kept, forward, say):
    scope = GROUP if say == "group" else CHANNEL
    kept.next_answer(403, call=Call.OPEN)
    await getattr(kept, say)("daily at 8:30", user=COLLEAGUE)
    told = await _said(kept, scope, viewer=COLLEAGUE)
    assert told.audience == COLLEAGUE.account
    assert "press Add, and write daily" in texts(told.card)
    assert not kept.answers(scope)
    await kept.install(PERSONAL, user=COLLEAGUE)
    await kept.write("daily", user=COLLEAGUE)
    assert "press Add" not in texts((await _said(kept, PERSONAL, 2, COLLEAGUE)).card)
    assert await forward(kept) == 1
    assert len(_tips(kept, PERSONAL, COLLEAGUE)) == 1


async def test_who_can_be_written_to_is_told_nothing_of_it(kept):
    await kept.slash("daily")
    await kept.slash("daily here at 9:00", user=COLLEAGUE)
    for viewer in (YOU, COLLEAGUE):
        assert "press Add" not in texts((await _said(kept, CHANNEL, viewer=viewer)).card)


async def test_a_channels_tips_need_no_chat_of_whoever_sets_them_up(kept):
    kept.next_answer(403, call=Call.OPEN)
    await kept.group("daily here at 9:00", user=COLLEAGUE)
    assert "press Add" not in texts((await _said(kept, GROUP, viewer=COLLEAGUE)).card)


async def test_whom_it_cannot_write_to_it_sends_nothing(kept, forward):
    kept.tenant.installed.remove(LEADS.id)
    await kept.group("daily", user=COLLEAGUE)
    await _said(kept, GROUP, viewer=COLLEAGUE)
    assert await forward(kept) == 0
    assert not (await _find(kept, COLLEAGUE.entra_id)).next_at
