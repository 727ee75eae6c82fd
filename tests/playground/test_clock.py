"""The clock that a person puts forward in the page."""

import asyncio

import pytest


@pytest.fixture
def jump(slack, session):
    async def jump(to):
        async with session.post(f"{slack.origin}/ui/jump", json={"to": to}) as response:
            return response.status, await response.text()

    return jump


async def test_the_page_is_told_the_time_and_where_the_clock_can_be_put(slack, session, clock):
    async def nowhere():
        return ""

    slack.jumps["Tomorrow"] = nowhere
    clock.ahead_seconds = 3600.0
    async with session.get(f"{slack.origin}/ui/state") as response:
        state = await response.json()
    assert state["clock"]["jumps"] == ["Tomorrow"]
    assert state["clock"]["now"] == pytest.approx(clock(), abs=60)


async def test_a_jump_is_made_and_told(slack, jump, clock):
    async def an_hour():
        clock.ahead_seconds += 3600
        slack.tell_time()
        return ""

    slack.jumps["An hour"] = an_hour
    told = slack._feed.follow(5)
    following = asyncio.ensure_future(anext(told))
    assert await jump("An hour") == (204, "")
    change = await following
    assert change.detail["now"] == pytest.approx(clock(), abs=60)
    await told.aclose()


async def test_a_jump_that_cannot_be_made_says_why(slack, jump):
    async def refuse():
        return "There is nothing there."

    slack.jumps["Nowhere"] = refuse
    assert await jump("Nowhere") == (400, "There is nothing there.")
    assert await jump("Back") == (400, "The clock cannot be put there.")
