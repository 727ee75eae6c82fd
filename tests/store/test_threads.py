import pytest

from bot.coach.question import Aspect, Role
from bot.store.threads import LIFETIME_SECONDS, LIMIT, MemoryThreads, Thread

SEEN = Thread("vision-execution", Aspect.EXAMPLE, Role.EXECUTIVE, tips=2)


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def threads(clock):
    return MemoryThreads(clock)


async def test_a_place_where_nothing_was_said_is_unknown(threads):
    assert await threads.find("a place") is None


async def test_what_was_remembered_is_found_and_nowhere_else(threads):
    await threads.remember("a place", SEEN)
    assert await threads.find("a place") == SEEN
    assert await threads.find("another place") is None


async def test_the_last_word_counts(threads):
    await threads.remember("a place", SEEN)
    await threads.remember("a place", Thread("people-processes"))
    assert await threads.find("a place") == Thread("people-processes")


async def test_a_thread_is_forgotten_after_a_day(threads, clock):
    await threads.remember("a place", SEEN)
    clock.now = LIFETIME_SECONDS - 1
    assert await threads.find("a place") == SEEN
    clock.now = LIFETIME_SECONDS
    assert await threads.find("a place") is None


async def test_a_thread_that_goes_on_is_kept_on(threads, clock):
    await threads.remember("a place", SEEN)
    clock.now = LIFETIME_SECONDS - 1
    await threads.remember("a place", SEEN)
    clock.now = 2 * LIFETIME_SECONDS - 2
    assert await threads.find("a place") == SEEN


async def test_the_oldest_thread_gives_way_when_there_are_too_many(threads):
    for number in range(LIMIT + 1):
        await threads.remember(str(number), SEEN)
    assert await threads.find("0") is None
    assert await threads.find("1") == SEEN
    assert await threads.find(str(LIMIT)) == SEEN


def test_a_thread_has_no_room_for_what_people_write():
    assert Thread.__slots__ == ("topic", "aspect", "role", "tips")
