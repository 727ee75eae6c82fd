import asyncio
import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from bot.store.database import Database
from bot.store.engines import Patience
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import Status
from bot.tips.daily import Daily


async def say(daily, who, *wishes):
    """Say one wish after the other; the last answer counts."""
    for words in wishes:
        answer = await daily.command(words, who)
    return answer.lead


async def test_a_subscription_is_for_weekdays_at_ten_for_two_weeks(daily, me):
    assert await say(daily, me, "") == (
        "Agreed. Weekdays at 10:00, Lisbon time. Next tip Monday 23 November, 10:00, Lisbon time. "
        "This is for two weeks, until Sunday 6 December. Then I ask how to go on."
    )
    stored = await daily.find(me)
    assert (stored.status, stored.until_on, stored.set_up_by) == (Status.ON, date(2026, 12, 6), "U1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("at 8:30", "Changed. Weekdays at 08:30, Lisbon time. Next tip Monday 23 November, 08:30, Lisbon"),
        ("on mon,wed", "Changed. Mondays and Wednesdays at 10:00, Lisbon time. Next tip Monday 23 November"),
        ("in Tokyo", "Changed. Weekdays at 10:00, Tokyo time. Next tip Tuesday 24 November, 10:00, Tokyo"),
        ("weekly", "Changed. Once a week, on Mondays, at 10:00, Lisbon time. Next tip Monday 23 November"),
        ("pause 2 weeks", "Your tips are paused until Monday 7 December; /lvm daily resume ends the pause"),
        ("pause", "Your tips are paused. Nothing comes until you type /lvm daily resume"),
        ("off", "Your tips have stopped, and none will come. To have them again, type /lvm daily"),
        (
            "less often",
            "Less often, then. Every other weekday at 10:00, Lisbon time. Next tip Wednesday 25 November",
        ),
        ("", "It is like that already. Weekdays at 10:00, Lisbon time. Next tip Monday 23 November, 10:00"),
        ("show", "Weekdays at 10:00, Lisbon time. Next tip Monday 23 November, 10:00, Lisbon time. This is"),
        ("without mon-fri", "That would leave no day for a tip, so nothing has changed."),
    ],
)
async def test_every_change_says_what_happens_next_and_when(daily, me, words, said):
    assert (await say(daily, me, "", words)).startswith(said)


async def test_without_a_subscription_a_change_of_it_says_that_none_will_come(daily, me):
    for words in ("off", "pause", "show", "less often"):
        assert (await say(daily, me, words)).startswith("You get no daily tip, and none will come.")
    assert await daily.find(me) is None


@pytest.mark.parametrize("again", ["resume", ""])
async def test_a_pause_ends_sooner_when_asked(daily, me, again):
    said = await say(daily, me, "", "pause 2 weeks", again)
    assert said.startswith("On we go. Weekdays at 10:00, Lisbon time. Next tip Monday 23 November, 10:00")


async def test_a_change_in_a_pause_leaves_it(daily, me):
    said = await say(daily, me, "", "pause 2 weeks", "at 9")
    assert said.endswith("Next tip Monday 7 December, 09:00, Lisbon time.")


async def test_who_names_a_slower_pace_is_not_asked_how_to_go_on(daily, me):
    assert "two weeks" not in await say(daily, me, "weekly")
    assert (await daily.find(me)).until_on is None


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ("", "Agreed. Sundays at 07:00, Tokyo time. Next tip Sunday 29 November, 07:00, Tokyo time."),
        ("resume", "Agreed. Sundays at 07:00, Tokyo time."),
        ("at 8", "Agreed. Sundays at 08:00, Tokyo time."),
        ("also on mon", "Agreed. Mondays and Sundays at 07:00, Tokyo time."),
        ("in Lisbon on weekdays", "Agreed. Weekdays at 07:00, Lisbon time."),
        ("weekly", "Agreed. Once a week, on Sundays, at 07:00, Tokyo time."),
    ],
)
async def test_after_the_end_they_come_again_when_they_came_before(daily, me, again, said):
    assert (await say(daily, me, "at 7 on sun in Tokyo", "off", again)).startswith(said)


async def test_after_the_end_a_trial_begins_at_the_pace_of_the_first(daily, me):
    said = await say(daily, me, "weekly", "off", "")
    assert said.startswith("Agreed. Weekdays at 10:00, Lisbon time.")
    assert "This is for two weeks, until Sunday 6 December." in said


async def test_after_the_end_nobody_is_promised_another_hour_than_their_own(daily, me):
    said = await say(daily, me, "at 7", "off", "show")
    assert said == "Your tips have stopped, and none will come. To have them again, type /lvm daily"


async def test_whoever_is_forgotten_begins_as_a_stranger(daily, me):
    await say(daily, me, "at 7 on sun")
    await daily.forget(me)
    assert (await say(daily, me, "")).startswith("Agreed. Weekdays at 10:00, Lisbon time.")


async def test_a_zone_that_is_not_known_is_said(daily, me):
    stranger = replace(me, zone=None)
    assert (await say(daily, stranger, "")).endswith("so I go by UTC. /lvm daily in Lisbon sets another.")
    assert "UTC" not in await say(daily, replace(stranger, person="U3"), "in Lisbon")


async def test_a_day_that_had_its_tip_is_never_promised_again(daily, me, send):
    await daily.command("", me)
    await send()
    assert "Next tip Tuesday 24 November, 15:00" in await say(daily, me, "at 15:00")
    assert "Next tip Tuesday 24 November, 15:00" in await say(daily, me, "in Honolulu", "in Lisbon")
    assert "Next tip Tuesday 24 November, 15:00" in await say(daily, me, "off", "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("at 25:00", ["01:00", "00:30", "01:30"]),
        ("in Lisbonn", ["Europe/Lisbon", "UTC", "Europe/London"]),
        ("at 3", ["15:00", "03:00"]),
    ],
)
async def test_a_zone_or_an_hour_that_is_none_gets_the_nearest_as_buttons(daily, me, words, offered):
    await daily.command("", me)
    before = await daily.find(me)
    answer = await daily.command(words, me)
    assert answer.lead.endswith("Nothing has changed, and nothing will until you choose.")
    assert [step.label for step in answer.steps] == offered
    assert await daily.find(me) == before
    pressed = await daily.press(answer.steps[0].ask.item, me)
    assert pressed.lead.startswith("Changed.") or pressed.lead.startswith("It is like that already.")


async def test_guests_and_bots_get_none_and_a_kind_sentence(daily, me):
    guest = replace(me, may_get_tips=False)
    for words in ("", "at 9", "resume", "show"):
        answer = await daily.command(words, guest)
        assert answer.lead.startswith("The daily tip goes to members of this workspace")
        assert not answer.steps
    assert await daily.find(guest) is None


async def test_who_has_become_a_guest_can_still_stop(daily, me):
    await daily.command("", me)
    assert (await say(daily, replace(me, may_get_tips=False), "off")).startswith("Your tips have stopped")


async def test_a_channel_has_tips_of_its_own(daily, in_channel):
    said = await say(daily, in_channel, "here at 9:00")
    assert said.startswith("Agreed, for this channel. Weekdays at 09:00, Lisbon time. You and the admins")
    assert await daily.find(in_channel) is None


async def test_a_channel_is_changed_by_who_set_it_up_or_an_admin(daily, in_channel, other):
    await daily.command("here at 9:00", in_channel)
    refused = await daily.command("here at 11:00", other)
    assert refused.lead.startswith("Somebody else set up these tips.")
    assert refused.lead.endswith("Next tip Monday 23 November, 09:00, Lisbon time.")
    assert not refused.steps
    assert (await say(daily, in_channel, "here at 10:00")).startswith("Changed.")
    assert (await say(daily, replace(other, is_admin=True), "off here")).startswith(
        "The tips of this channel"
    )
    assert (await say(daily, other, "here")).startswith("Agreed, for this channel.")


async def test_of_changes_made_at_once_each_is_made(daily, me):
    await daily.command("", me)
    answers = await asyncio.gather(
        *(daily.command(words, me) for words in ("at 9", "on mon,wed", "in Tokyo"))
    )
    assert all(answer.lead.startswith("Changed.") for answer in answers)
    own = await daily.find(me)
    assert (own.minute, own.days_mask, own.tz) == (540, 5, "Asia/Tokyo")


async def test_of_two_who_set_up_a_channel_at_once_one_did(daily, in_channel, other):
    await asyncio.gather(daily.command("here at 9", in_channel), daily.command("here at 11", other))
    answers = [await daily.command("at 12 here", who) for who in (in_channel, other)]
    assert sorted(answer.lead.startswith("Changed.") for answer in answers) == [False, True]


async def test_here_is_nowhere_in_a_direct_message(daily, me):
    assert (await say(daily, me, "here at 9")).startswith("This is no channel")


async def test_a_change_that_cannot_be_stored_says_so_and_changes_nothing(file_address, handbook, clock, me):
    async with Database(file_address, clock=clock, patience=Patience(wait_seconds=0.05)) as database:
        daily = Daily(database, lambda: handbook, threads=_threads(database))
        await daily.command("", me)
        before = await daily.find(me)
        with sqlite3.connect(file_address.removeprefix("sqlite:///")) as another:
            another.execute("BEGIN IMMEDIATE")
            answer = await daily.command("at 9", me)
        another.close()
        assert answer.lead.startswith("I could not keep that change, so nothing has changed.")
        assert await daily.find(me) == before
        assert (await daily.press(answer.steps[0].ask.item, me)).lead.startswith("Changed.")


async def test_a_database_that_cannot_be_read_is_said(tmp_path, handbook, me):
    async with Database(f"sqlite:///{tmp_path}/empty.db") as database:
        daily = Daily(database, lambda: handbook, threads=_threads(database))
        for answer in (
            await daily.command("", me),
            await daily.give(me),
            await daily.forget(me),
            await daily.press("stop:1:2026-11-23", me),
        ):
            assert answer.lead.startswith("I cannot look that up just now. Nothing has changed.")


def _threads(database):
    return DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place)
