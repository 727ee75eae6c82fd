from dataclasses import replace
from datetime import date

import pytest

from bot.store.records import State, Status

DAY = 86_400_000
FEWER = "Less often, then. Every other weekday at 10:00, Lisbon time. Next tip Wednesday 25 November, 10:00"
FORGED = (
    *("", "::", "tried", "tried:1", "tried:x:2026-11-23", "tried:1:2020-01-01", "harm:1:2026-11-23"),
    *("1" * 999, f"tried:{10**30}:2026-11-23", "forget:me"),
)
OLD = "That button belongs to a tip that I no longer know"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Tried it", "Well done. Next tip Tuesday 24 November, 10:00, Lisbon time."),
        ("Later today", "I will come back to it today at 13:00. Next tip Tuesday 24 November"),
        ("Not for me", "Thank you for saying so. You will hear no more of this topic"),
        ("Less often", FEWER),
        ("Stop", "Your tips have stopped, and none will come."),
    ],
)
async def test_each_button_says_what_happens_next(daily, me, buttons, label, said):
    assert (await daily.press(buttons[label], me)).lead.startswith(said)


@pytest.mark.parametrize(
    "press",
    [
        ("Tried it", "tried"),
        ("Later today", "later"),
        ("Not for me", "not-for-me"),
        ("Less often", "less-often"),
        ("More on this", "more"),
    ],
)
async def test_a_reaction_is_kept_and_ends_the_silence(daily, me, buttons, reaction, press):
    label, kept = press
    assert (await daily.find(me)).unanswered == 1
    await daily.press(buttons[label], me)
    assert await reaction() == kept
    assert (await daily.find(me)).unanswered == 0


async def test_more_shows_the_topic_of_the_tip(daily, me, buttons, post):
    _, tip = post.sent[-1]
    assert (await daily.press(buttons["More on this"], me)).topic == tip.topic


async def test_what_was_tried_stays_tried_and_is_counted(daily, me, buttons, reaction, send):
    for label in ("Tried it", "Later today", "More on this"):
        await daily.press(buttons[label], me)
    assert await reaction() == "tried"
    await send(24)
    assert "You tried 1 of your last 2 tips." in (await daily.press(buttons["Tried it"], me)).lead


async def test_what_is_put_off_comes_again_the_same_day_and_once(daily, me, buttons, send, post):
    await daily.press(buttons["Later today"], me)
    assert (await daily.press(buttons["Later today"], me)).lead.startswith("It is on its way to you again")
    await send(3)
    assert len(post.sent) == 2
    assert post.sent[0] == post.sent[1]


async def test_in_the_evening_and_the_day_after_it_is_too_late_for_later(daily, me, buttons, clock):
    for hours in (8, 16):
        clock.now += hours * DAY // 24
        assert (await daily.press(buttons["Later today"], me)).lead.startswith("It is too late for later")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Go on every day", "On we go. Weekdays at 10:00, Lisbon time. Next tip Tuesday 8 December, 10:00"),
        ("Once a week", "On we go. Once a week, on Mondays, at 10:00, Lisbon time. Next tip Monday 14 Dec"),
        ("Stop", "Your tips have stopped"),
    ],
)
async def test_the_question_after_the_trial_is_answered_by_a_button(daily, me, question, label, said):
    assert (await daily.press(question[label], me)).lead.startswith(said)
    own = await daily.find(me)
    assert own is None or (own.until_on, own.asked) == (None, False)


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize("words", ["", "at 9", "weekly", "less often"])
async def test_the_question_is_answered_by_words_too(daily, me, words):
    assert "Next tip" in (await daily.command(words, me)).lead
    assert not (await daily.find(me)).asked


async def test_until_the_question_is_answered_nothing_comes_and_that_is_said(daily, me, question):
    shown = await daily.command("show", me)
    assert shown.lead.endswith("I send nothing until you say how to go on.")
    assert [step.label for step in shown.steps] == list(question)
    assert (await daily.press(shown.steps[0].ask.item, me)).lead.startswith("On we go.")


async def test_the_question_is_announced_as_a_question(daily, me, clock, send):
    await daily.command("", me)
    clock.now += 11 * DAY
    await send()
    assert "On Monday 7 December I ask how to go on" in (await daily.command("show", me)).lead


@pytest.mark.parametrize(
    "label", ["Tried it", "Later today", "Not for me", "Less often", "Stop", "More on this"]
)
async def test_anothers_button_changes_nothing(daily, me, other, buttons, label):
    before = await daily.find(me)
    for stranger in (other, replace(me, workspace="T2")):
        assert (await daily.press(buttons[label], stranger)).lead.startswith(OLD)
    assert await daily.find(me) == before


@pytest.mark.parametrize("item", FORGED)
async def test_a_forged_button_is_answered_kindly(daily, me, item):
    await daily.command("", me)
    before = await daily.find(me)
    assert (await daily.press(item, me)).lead.startswith(OLD)
    assert await daily.find(me) == before


async def test_in_a_channel_anybody_tries_and_only_some_stop(daily, in_channel, other, send):
    await daily.command("here", in_channel)
    buttons = await send()
    assert (await daily.press(buttons["Tried it"], other)).lead.startswith("Well done.")
    for label in ("Stop", "Less often", "Later today"):
        assert (await daily.press(buttons[label], other)).lead.startswith("Somebody else set up these tips.")
    admin = replace(other, is_admin=True)
    assert (await daily.press(buttons["Stop"], admin)).lead.startswith(
        "The tips of this channel have stopped"
    )


async def test_what_was_put_off_is_not_sent_once_paused(daily, me, buttons, counts):
    await daily.press(buttons["Later today"], me)
    await daily.command("pause 1 week", me)
    assert State.PENDING not in await counts()


async def test_a_pause_ends_by_itself(daily, me, send):
    await daily.command("", me)
    await daily.command("pause 1 week", me)
    assert (await daily.find(me)).status is Status.PAUSED
    await send(7 * 24 + 2)
    own = await daily.find(me)
    assert (own.status, own.next_on) == (Status.ON, date(2026, 12, 1))


async def test_an_old_button_of_a_stopped_subscription_starts_nothing(daily, me, buttons):
    await daily.command("off", me)
    for label in ("Less often", "Stop"):
        assert (await daily.press(buttons[label], me)).lead.startswith("Your tips have stopped, and none")
    assert await daily.find(me) is None
