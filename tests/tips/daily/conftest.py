"""The daily tip as people speak with it: Monday 23 November 2026, 08:00 in Lisbon, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.store import deliveries, history
from bot.store.kept_threads import DatabaseThreads
from bot.tips.daily import Daily
from bot.tips.engine import Tips
from bot.tips.who import Who

HOUR = 3_600_000


class Post:
    """What was sent, by receiver, the latest last."""

    def __init__(self):
        self.sent = []

    async def workspaces(self):
        return None

    async def deliver(self, delivery, answer):
        self.sent.append((delivery.target_id, answer))
        return str(len(self.sent))


@pytest.fixture
def me():
    return Who("slack", "T1", "U1", None, "Europe/Lisbon", is_admin=False, may_get_tips=True)


@pytest.fixture
def in_channel(me):
    return replace(me, channel="C1")


@pytest.fixture
def other(me):
    """Somebody else in the channel."""
    return replace(me, person="U2", channel="C1")


@pytest.fixture
def threads(database):
    return DatabaseThreads(database, b"key", lambda: 0.0, lambda place: place)


@pytest.fixture
def daily(database, handbook, threads):
    return Daily(database, lambda: handbook, threads=threads)


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def tips(database, handbook, post):
    return Tips(database, lambda: handbook, {"slack": post}, owner="a")


@pytest.fixture
def send(tips, clock, post):
    """Lets hours go by and sends what is due by then; gives the last message's buttons by their labels."""

    async def go_on(hours=2):
        clock.now += hours * HOUR
        assert await tips.turn()
        _, answer = post.sent[-1]
        return {step.label: step.ask.item for step in answer.steps}

    return go_on


@pytest.fixture
async def buttons(daily, me, send):
    """Of the tip that came on Monday at 10:00."""
    await daily.command("", me)
    return await send()


@pytest.fixture
async def question(daily, me, clock, send):
    """The buttons of the question how to go on, which comes on Monday after two weeks."""
    await daily.command("", me)
    clock.now += 12 * 24 * HOUR
    for words in ("at 9", "at 10"):  # what was missed meanwhile is passed over
        await daily.command(words, me)
    own = await daily.find(me)
    clock.now = own.next_at
    return await send(0)


@pytest.fixture
def reaction(database, daily, me):
    """What is kept of the only tip there was."""

    async def read():
        own = await daily.find(me)
        (seen,) = (await history.find_seen(database, [own.id]))[own.id]
        return seen.reaction

    return read


@pytest.fixture
def counts(database):
    """How many deliveries there are in each state."""

    async def count():
        (found,) = await deliveries.count(database, date(2026, 1, 1))
        return found.deliveries

    return count
