"""Less often, pressed once and more than once."""

import asyncio
from datetime import date

import pytest

from bot.store import subscriptions, workspaces
from bot.store.records import SeenTip, Status, TargetKind
from bot.tips.card import Act, cheer, write_item
from bot.tips.choice import Reaction, Tried
from bot.tips.chosen import has_slowed, read_seen, write_reaction
from bot.tips.reacting import Reacting
from bot.tips.who import Who

ME = Who("slack", "T1", "U1", None, None, is_admin=False, may_get_tips=True)
MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


@pytest.fixture
def press(world):
    """Presses a button of the latest tip."""

    async def do(act):
        item = write_item(act, world.posts[-1].key)
        return (await Reacting(world.database, ME, world.handbook).press(item)).lead

    return do


@pytest.fixture
def pace(world):
    async def find():
        of = await workspaces.ensure(world.database, "slack", "T1")
        return (await subscriptions.find(world.database, of.id, TargetKind.PERSON, "U1")).pace

    return find


@pytest.mark.parametrize("before", [[], [Act.TRIED], [Act.NOT_FOR_ME], [Act.MORE]])
async def test_less_often_counts_once_for_each_tip(world, press, pace, before):
    await world.subscribe()
    await world.live(1)
    for act in (*before, Act.LESS):
        await press(act)
    for act in (Act.LESS, Act.TRIED, Act.LESS):
        said = await press(act)
    assert said.startswith("It is like that already. ")
    assert await pace() == 1
    await world.live(4)
    assert (await press(Act.LESS)).startswith("Less often, then. ")
    assert await pace() == 2


async def test_less_often_pressed_twice_at_the_same_moment_counts_once(world, press, pace):
    await world.subscribe()
    await world.live(1)
    await asyncio.gather(*(press(Act.LESS) for _ in range(3)))
    assert await pace() == 1


async def test_where_the_token_is_refused_tips_can_still_be_stopped(world, press):
    known = await world.subscribe()
    await world.live(1)
    await workspaces.stop(world.database, known.workspace_id, 1)
    assert (await press(Act.STOP)).startswith("Your tips have stopped")
    assert (await world.find(known)).status is Status.ENDED


def test_what_was_tried_is_still_tried_after_less_often():
    seen = SeenTip("a-tip", MONDAY, "tried")
    slowed = SeenTip("a-tip", MONDAY, write_reaction(seen, Reaction.LESS_OFTEN, MONDAY))
    assert read_seen(slowed).reaction is Reaction.TRIED
    assert has_slowed(slowed, MONDAY)
    assert not has_slowed(slowed, WEDNESDAY)  # its question, some days later, is another message
    again = SeenTip("a-tip", MONDAY, write_reaction(slowed, Reaction.NOT_FOR_ME, MONDAY))
    assert read_seen(again).reaction is Reaction.NOT_FOR_ME
    assert has_slowed(again, MONDAY)


def test_that_nothing_was_tried_is_not_said():
    assert cheer(Tried(0, 5)) == ""
    assert cheer(Tried(1, 5)) == "You tried 1 of your last 5 tips."
