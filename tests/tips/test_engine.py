from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.coach.handbook import Side
from bot.store import history, subscriptions, workspaces
from bot.store.records import State, Status, TargetKind
from bot.store.tables import subscription
from bot.tips.card import SIDES
from bot.tips.loading import AGAIN_AFTER_MS
from bot.tips.pace import HALVED_AFTER, WEEKLY_AFTER, Notice
from bot.tips.saying import say_day, say_notice

DAY = 86_400_000
HOUR = 3_600_000
MONDAY = date(2026, 11, 23)


def told(world, notice):
    """Which of the tips came with a notice."""
    said = [[part.text for part in post.answer.parts] for post in world.posts]
    begins = say_notice(notice)
    return [number for number, texts in enumerate(said) if any(text.startswith(begins) for text in texts)]


async def test_a_due_tip_is_sent_once(world):
    known = await world.subscribe()
    assert await world.tips.turn() == 1
    assert await world.tips.turn() == 0
    (post,) = world.posts
    assert (post.target, post.key) == ("U1", (known.id, MONDAY))


async def test_what_was_sent_is_seen_and_counted(world):
    known = await world.subscribe()
    await world.tips.turn()
    now = await world.find(known)
    assert (now.cursor, now.unanswered, now.next_on) == (1, 1, MONDAY + timedelta(days=1))
    (seen,) = await world.history(known)
    assert (seen.seen_on, seen.recall_step, seen.recall_on) == (MONDAY, 0, None)


async def test_a_tip_comes_every_day_and_the_sides_alternate(world):
    await world.subscribe()
    await world.live(4)
    sides = [next(side for side in Side if SIDES[side] in post.answer.headline) for post in world.posts]
    assert len(sides) == 4
    assert sides[0] is sides[2] is not sides[1] is sides[3]
    assert len({post.answer.lead for post in world.posts}) == 4


async def test_nothing_is_sent_before_its_hour(world):
    await world.subscribe(next_at=world.clock.now + 1)
    assert await world.tips.turn() == 0
    world.clock.now += 1
    assert await world.tips.turn() == 1


async def test_after_days_of_outage_one_tip_comes_and_no_burst(world):
    await world.subscribe()
    world.clock.now += 3 * DAY + HOUR
    assert await world.tips.turn() == 1
    assert world.posts[0].key.due_on == MONDAY + timedelta(days=3)
    assert world.tips.counts.dropped["late"] == 1


async def test_a_tip_that_is_late_by_hours_is_skipped_and_does_not_count(world):
    known = await world.subscribe()
    world.clock.now += 4 * HOUR + 1
    assert await world.tips.turn() == 0
    now = await world.find(known)
    assert (now.cursor, now.unanswered, world.posts) == (0, 0, [])
    assert now.next_at == known.next_at + DAY


async def test_a_tip_that_grows_late_in_its_lane_is_skipped_and_does_not_count(world):
    await world.plan(1)
    world.clock.now += 4 * HOUR + 1
    assert await world.tips.turn() == 0
    assert await world.states() == [(State.SKIPPED, "late")]
    assert world.tips.counts.dropped["late"] == 1


async def test_five_tips_without_a_word_halve_the_pace_and_it_is_said_once(world):
    known = await world.subscribe()
    await world.live(HALVED_AFTER + 6)
    assert told(world, Notice.HALVED) == [HALVED_AFTER]
    assert (await world.find(known)).pace == 1
    assert 2 <= len(world.posts) - (HALVED_AFTER + 1) <= 3


@pytest.mark.parametrize("first", range(7))
async def test_what_is_said_of_fewer_tips_is_true_of_the_very_next_and_names_its_day(world, first):
    world.clock.now += first * DAY
    known = await world.subscribe()
    await world.live(HALVED_AFTER + 1)
    notice = world.posts[-1].answer.parts[-1].text
    due = (await world.find(known)).next_on
    assert due > world.posts[-1].key.due_on + timedelta(days=1)
    assert notice.startswith(say_notice(Notice.HALVED))
    assert notice.endswith(f"Next tip {say_day(due)}, 08:00, Lisbon time.")


async def test_where_the_trial_ends_before_the_next_tip_it_says_what_comes_then(world):
    last = MONDAY + timedelta(days=HALVED_AFTER)
    await world.subscribe(until_on=last)
    await world.live(HALVED_AFTER + 1)
    notice = world.posts[-1].answer.parts[-1].text
    assert "Next tip" not in notice
    assert "I ask how to go on" in notice


async def test_a_row_that_makes_no_sense_stops_nobody_else(world):
    await world.subscribe("U1")
    bad = await world.subscribe("U2", "T2")
    async with world.database.writing() as connection:
        await connection.execute(update(subscription).where(subscription.c.id == bad.id).values(pace=7))
    assert await world.tips.turn() == 1
    assert (await world.find(bad)).next_at == world.clock.now + DAY
    assert world.tips.counts.planned == 2


async def test_a_tip_that_cannot_be_chosen_stops_no_other_and_may_be_mended(world):
    await world.plan(2)
    pace = update(subscription).where(subscription.c.target_id == "U0")
    async with world.database.writing() as connection:
        await connection.execute(pace.values(pace=7))
    assert await world.tips.turn() == 1
    async with world.database.writing() as connection:
        await connection.execute(pace.values(pace=0))
    assert await world.tips.turn() == 0
    world.clock.now += AGAIN_AFTER_MS
    assert await world.tips.turn() == 1
    assert {post.target for post in world.posts} == {"U0", "U1"}


async def test_a_replica_sends_in_its_own_workspaces_and_leaves_the_others_alone(world):
    await world.subscribe("U1", "T1")
    known = await world.subscribe("U2", "T2")
    world.platform.own = (known.workspace_id,)
    assert await world.tips.turn() == 1
    assert [post.target for post in world.posts] == ["U2"]
    assert await world.states() == [(State.PENDING, None), (State.SENT, None)]
    world.platform.own = ()
    assert await world.tips.turn() == 0


async def test_ten_tips_without_a_word_make_it_weekly_and_it_is_said_once(world):
    known = await world.subscribe()
    await world.live(40)
    assert told(world, Notice.WEEKLY) == [WEEKLY_AFTER]
    assert (await world.find(known)).pace == 2


async def test_a_slower_pace_that_could_not_be_told_is_not_kept(world):
    known = await world.subscribe()
    await world.live(HALVED_AFTER)
    world.clock.now += 5 * HOUR
    assert await world.tips.turn() == 0
    assert (await world.find(known)).pace == 0


async def test_after_the_trial_it_is_asked_once_how_to_go_on(world):
    known = await world.subscribe(until_on=MONDAY)
    await world.live(5)
    (_, post) = world.posts
    acts = [step.ask.item.partition(":")[0] for step in post.answer.steps]
    assert acts == ["go-on-daily", "go-on-weekly", "stop"]
    now = await world.find(known)
    assert (now.asked, now.next_at, now.cursor) == (True, None, 1)


async def test_a_question_that_came_too_late_is_asked_the_next_day(world):
    known = await world.subscribe(until_on=MONDAY - timedelta(days=1))
    world.clock.now += 5 * HOUR
    assert await world.tips.turn() == 0
    assert not (await world.find(known)).asked
    world.clock.now = known.next_at + DAY
    assert await world.tips.turn() == 1


async def test_a_tip_that_was_read_comes_back_as_its_question(world):
    known = await world.subscribe()
    for _ in range(4):
        await world.live(1)
        for seen in await world.history(known):
            await history.react(world.database, known.workspace_id, known.id, seen.tip_id, "tried")
    first = next(tip for tip in world.handbook.tips if tip.line == world.posts[0].answer.lead)
    assert world.posts[2].answer.lead == first.recall
    asked = next(seen for seen in await world.history(known) if seen.tip_id == first.id)
    assert (asked.seen_on, asked.recall_step, asked.recall_on) == (MONDAY, 1, MONDAY + timedelta(days=2))
    assert asked.reaction == "tried"


@pytest.mark.parametrize(("first", "told_with"), [("tried", [5]), ("later", [])])
async def test_what_was_tried_is_told_now_and_then_and_never_that_nothing_was(world, first, told_with):
    known = await world.subscribe()
    for reaction in (first, *["not-for-me"] * 6):
        await world.live(1)
        latest = max(await world.history(known), key=lambda seen: seen.seen_on)
        await history.react(world.database, known.workspace_id, known.id, latest.tip_id, reaction)
    texts = [[part.text for part in post.answer.parts] for post in world.posts]
    tried = [
        number for number, said in enumerate(texts) if any(text.startswith("You tried") for text in said)
    ]
    assert tried == told_with
    assert "You tried 0" not in str(texts)


async def test_whoever_ended_their_tips_gets_none_that_was_planned_already(world):
    await world.plan(1)
    of = await workspaces.ensure(world.database, "slack", "T1")
    known = await subscriptions.find(world.database, of.id, TargetKind.PERSON, "U0")
    await subscriptions.put(world.database, replace(known, status=Status.ENDED, next_at=None, next_on=None))
    assert await world.tips.turn() == 0
    assert world.posts == []


async def test_a_pause_with_an_end_is_over_on_its_day(world):
    known = await world.subscribe(status=Status.PAUSED, paused_until=MONDAY)
    assert await world.tips.turn() == 1
    assert (await world.find(known)).status is Status.ON


async def test_in_a_workspace_that_is_stopped_nothing_is_sent(world):
    known = await world.subscribe()
    await workspaces.stop(world.database, known.workspace_id, 1)
    assert await world.tips.turn() == 0
    assert world.tips.counts.dropped["stopped"] == 1


async def test_a_platform_that_is_not_served_here_is_left_to_others(world):
    await world.subscribe()
    assert await world.replica("b", delivers={"teams": world.platform}).turn() == 0
    assert await world.tips.turn() == 1


async def test_a_change_of_the_hour_sends_nothing_twice_that_day(world):
    known = await world.subscribe()
    await world.tips.turn()
    later = replace(await world.find(known), minute=600, next_at=known.next_at + 2 * HOUR, next_on=MONDAY)
    await subscriptions.put(world.database, later)
    world.clock.now += 2 * HOUR
    assert await world.tips.turn() == 0
    assert len(world.posts) == 1
