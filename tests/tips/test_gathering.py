import asyncio

import pytest

from bot.tips.gathering import Gathering


@pytest.fixture
def batches():
    return []


@pytest.fixture
def doubling(batches):
    async def double(items):
        batches.append(list(items))
        await asyncio.sleep(0)
        return [2 * item for item in items]

    return Gathering(double, 3)


async def test_what_is_asked_at_once_is_done_together_and_in_order(doubling, batches):
    assert await asyncio.gather(*(doubling.do(item) for item in range(5))) == [0, 2, 4, 6, 8]
    assert batches == [[0, 1, 2], [3, 4]]


async def test_it_goes_on_after_a_rest(doubling, batches):
    assert await doubling.do(1) == 2
    await doubling.finish()
    assert await doubling.do(2) == 4
    assert batches == [[1], [2]]


async def test_what_is_not_wanted_any_more_is_not_done(doubling, batches):
    unwanted = asyncio.create_task(doubling.do(1))
    wanted = asyncio.create_task(doubling.do(2))
    await asyncio.sleep(0)
    unwanted.cancel()
    assert await wanted == 4
    assert batches == [[2]]


async def test_a_failure_is_told_to_all_who_asked_and_is_not_the_end():
    failures = [ZeroDivisionError()]

    async def work(items):
        if failures:
            raise failures.pop()
        return items

    gathering = Gathering(work, 10)
    outcomes = await asyncio.gather(gathering.do(1), gathering.do(2), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ZeroDivisionError, ZeroDivisionError]
    assert await gathering.do(3) == 3
