from dataclasses import replace
from datetime import date, timedelta

from bot.coach.handbook import Side
from bot.store import history, subscriptions, workspaces
from bot.store.records import State, Status, TargetKind
from bot.tips.card import SIDES
from bot.tips.pace import HALVED_AFTER, WEEKLY_AFTER, Notice
from bot.tips.saying import say_notice

DAY = 86_400_000
HOUR = 3_600_000
MONDAY = date(2026, 11, 23)


def told(world, notice):
    """Which of the tips came with a notice."""
    said = [[part.text for part in post.answer.parts] for post in world.posts]
    return [number for number, texts in enumerate(said) if say_notice(notice) in texts]


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
    assert len(world.posts) == HALVED_AFTER + 1 + 3


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


async def test_what_was_tried_is_told_now_and_then(world):
    known = await world.subscribe()
    for _ in range(7):
        await world.live(1)
        for seen in await world.history(known):
            await history.react(world.database, known.workspace_id, known.id, seen.tip_id, "not-for-me")
    texts = [[part.text for part in post.answer.parts] for post in world.posts]
    assert [number for number, said in enumerate(texts) if "You tried 0 of your last 5 tips." in said] == [5]


async def test_whoever_ended_their_tips_gets_none_that_was_planned_already(world):
    await world.plan(1)
    of = await workspaces.ensure(world.database, "slack", "T1")
    known = await subscriptions.find(world.database, of.id, TargetKind.PERSON, "U0")
    await subscriptions.end(world.database, known)
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
