"""`lvm try`: the daily tip without waiting for it."""

import aiohttp
import pytest

from bot.playground.emulator import Emulator
from bot.playground.teams.cards import texts
from bot.playground.teams.model import Scope
from bot.playground.workspace import COACH, YOU
from bot.trying import ASKED, NO_TIPS, PAUSED, STOPPED, Clock, both, coaching, manifest_commands


@pytest.fixture
async def slack(coach):
    clock = Clock()
    async with Emulator(commands=manifest_commands(), clock=clock) as slack, coaching(slack, coach, clock):
        slack.own_clock = clock
        yield slack


def _tips(slack):
    return [m for m in slack.messages(YOU.id) if m.user == COACH.id and "tip for today" in m.text]


async def test_before_anybody_subscribed_there_is_no_next_tip(slack):
    assert await slack.jumps["Next tip"]() == NO_TIPS


async def test_the_next_tip_is_there_as_soon_as_the_clock_is_put_to_it(slack):
    await slack.command("/lvm", "daily at 8:30")
    assert not await slack.jumps["Next tip"]()
    await slack.until(lambda: len(_tips(slack)) == 1)
    assert not await slack.jumps["Next tip"]()
    await slack.until(lambda: len(_tips(slack)) == 2)
    first, second = _tips(slack)
    assert float(second.ts) - float(first.ts) > 20 * 3600


async def test_tomorrow_morning_is_after_every_tip_of_today(slack):
    await slack.command("/lvm", "daily every day at 7:00")
    assert not await slack.jumps["Tomorrow 8:00"]()
    await slack.until(lambda: len(_tips(slack)) == 1)


async def test_what_is_put_off_comes_later_on_the_same_day(slack):
    await slack.command("/lvm", "daily every day at 8:30")
    await slack.jumps["Next tip"]()
    (tip,) = await slack.until(lambda: _tips(slack))
    await slack.click(tip, "Later today")
    await slack.until(lambda: "today at 11:30" in slack.messages(YOU.id)[-1].text)
    await slack.jumps["Next tip"]()
    again = (await slack.until(lambda: _tips(slack)[1:]))[0]
    assert again.text.splitlines()[1] == tip.text.splitlines()[1]


async def _through_the_trial(slack):
    """Go from tip to tip until it is asked how to go on; gives the question."""
    await slack.command("/lvm", "daily every day at 8:30")
    while not (asked := [m for m in slack.messages(YOU.id) if "two weeks of tips" in m.text]):
        before = len(slack.messages(YOU.id))
        assert not await slack.jumps["Next tip"]()
        assert len(slack.messages(YOU.id)) == before + 1
    return asked[0]


async def test_while_it_is_asked_how_to_go_on_the_clock_says_so_and_stands(slack):
    question = await _through_the_trial(slack)
    before = slack.own_clock()
    assert await slack.jumps["Next tip"]() == ASKED
    assert slack.own_clock() - before < 60
    await slack.click(question, "Go on every day")
    await slack.until(lambda: "On we go" in slack.messages(YOU.id)[-1].text)
    assert not await slack.jumps["Next tip"]()


async def test_after_a_day_with_the_question_open_the_clock_still_says_so(slack):
    await _through_the_trial(slack)
    for _ in range(3):
        assert not await slack.jumps["Tomorrow 8:00"]()
    assert await slack.jumps["Next tip"]() == ASKED


@pytest.mark.parametrize(("words", "why"), [("daily pause", PAUSED), ("daily off", NO_TIPS)])
async def test_where_no_tip_comes_the_clock_says_why(slack, words, why):
    await slack.command("/lvm", "daily")
    await slack.command("/lvm", words)
    assert await slack.jumps["Next tip"]() == why


async def test_where_the_token_is_void_the_clock_says_so(slack):
    await slack.command("/lvm", "daily")
    await slack.revoke()
    assert await slack.jumps["Next tip"]() == STOPPED


async def test_what_was_put_off_is_no_turn_any_more_once_its_person_is_forgotten(slack):
    await slack.command("/lvm", "daily every day at 8:30")
    await slack.jumps["Next tip"]()
    (tip,) = await slack.until(lambda: _tips(slack))
    await slack.click(tip, "Later today")
    await slack.until(lambda: "today at 11:30" in slack.messages(YOU.id)[-1].text)
    await slack.command("/lvm", "forget me")
    assert await slack.jumps["Next tip"]() == NO_TIPS


async def test_tips_are_erased_after_35_days_by_the_clock_that_is_put_forward(slack):
    await slack.command("/lvm", "daily weekly")
    for _ in range(26):
        assert not await slack.jumps["Next tip"]()
    await slack.command("/lvm", "privacy")
    said = slack.messages()[-1]
    assert "Tips on their way and sent: 6." in str(said.blocks)


async def test_the_coach_takes_requests_however_far_the_clock_is_ahead(slack):
    slack.own_clock.forward(40 * 86_400)
    await slack.command("/lvm", "difference vision")
    assert "Vision vs. execution" in slack.messages()[-1].text


async def test_slack_and_teams_are_at_one_address_with_one_clock(coach):
    clock = Clock()
    async with both(0, clock) as (slack, teams), coaching(slack, coach, clock, teams):
        assert slack.origin == teams.origin
        await slack.command("/lvm", "daily every day at 8:30")
        await teams.write("daily every day at 8:30")
        await teams.until(lambda: teams.answers(Scope.PERSONAL)[1:])
        assert not await teams.jumps["Next tip"]()
        await slack.until(lambda: _tips(slack))
        await teams.until(lambda: "tip for today" in texts(teams.answers(Scope.PERSONAL)[-1].card))


async def test_teams_says_welcome_everywhere(coach):
    clock = Clock()
    async with both(0, clock) as (slack, teams), coaching(slack, coach, clock, teams):
        await teams.until(lambda: all(teams.answers(scope) for scope in Scope))


async def test_beside_the_settings_of_a_real_bot_only_slack_is_there(coach):
    clock = Clock()
    environment = {"CLIENT_SECRET": "a-secret"}
    async with both(0, clock, environment) as (slack, teams), coaching(slack, coach, clock, teams):
        assert teams is None
        async with aiohttp.ClientSession() as session, session.get(f"{slack.origin}/teams") as response:
            assert "unset CLIENT_SECRET." in await response.text()
