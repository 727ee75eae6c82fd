"""`lvm try`: the daily tip without waiting for it."""

import pytest

from bot.playground.emulator import Emulator
from bot.playground.workspace import COACH, YOU
from bot.trying import NO_TIPS, Clock, coaching, manifest_commands


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


async def test_the_coach_takes_requests_however_far_the_clock_is_ahead(slack):
    slack.own_clock.forward(40 * 86_400)
    await slack.command("/lvm", "difference vision")
    assert "Vision vs. execution" in slack.messages()[-1].text
