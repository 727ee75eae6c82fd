"""What is said without the command's name: in a direct message, behind the slash, and where others read."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.coach.match import MatchKind
from bot.conversation import Conversation
from bot.store.tables import subscription
from bot.store.threads import MemoryThreads
from bot.tips.pace import WEEKLY_AFTER
from bot.tips.schedule import Pace

PLACE = "a thread"
PRIVATE = ("10:00", "09:00", "Lisbon")
NOTHING = "You get no daily tip from me, so there is nothing to stop."


@pytest.fixture
def conversation(coach, daily):
    return Conversation(coach, MemoryThreads(lambda: 0.0), daily)


@pytest.fixture
def say(conversation):
    """Says a thing in plain words; gives the whole answer."""

    async def ask(text, who):
        return await conversation.ask(text, PLACE, who=who)

    return ask


@pytest.fixture
async def asked_weekly(daily, me, database):
    """After ten tips without a word it was asked whether once a week is right."""
    await daily.command("weekly", me)
    async with database.writing() as connection:
        await connection.execute(update(subscription).values(unanswered=WEEKLY_AFTER + 1))


@pytest.mark.parametrize("text", ["stop", "STOP!", "leave me alone", "why do you keep sending me stuff"])
async def test_a_bare_stop_ends_the_tips_and_says_how_to_have_them_again(daily, say, me, text):
    await daily.command("", me)
    answer = await say(text, me)
    assert answer.lead.startswith("Your tips have stopped, and none will come. To have them again, type /lvm")
    assert answer.lead.endswith("tell me in a few words what is going on.")
    assert [step.label for step in answer.steps] == ["Send a daily tip"]
    assert await daily.find(me) is None
    assert (await daily.press(answer.steps[0].ask.item, me)).lead.startswith("Agreed.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weekly", "Changed. Once a week, on Mondays, at 10:00"),
        ("less often", "Less often, then."),
        ("pause 2 weeks", "Your tips are paused until Monday 7 December"),
        ("pause until 5 december", "Your tips are paused until Saturday 5 December"),
    ],
)
async def test_a_bare_wish_of_who_gets_tips_is_followed_at_once(conversation, me, text, said):
    for follow in (conversation.ask, conversation.command):
        await conversation.command("daily off", PLACE, who=me)
        await conversation.command("daily", PLACE, who=me)
        assert (await follow(text, PLACE, who=me)).lead.startswith(said)


@pytest.mark.parametrize("text", ["stop", "Stop it", "I don't want this anymore", "I hate these tips"])
async def test_who_gets_no_tips_is_asked_what_is_going_on(say, conversation, me, text):
    assert (await say(text, me)).lead.startswith(NOTHING)
    assert (await conversation.command(text, PLACE, who=me)).lead.startswith(NOTHING)


@pytest.mark.parametrize("text", ["weekly", "less often", "pause", "tried it", "yes", "later today"])
async def test_other_words_of_who_gets_no_tips_are_left_to_the_coach(coach, daily, say, me, text):
    plain = await Conversation(coach, MemoryThreads(lambda: 0.0)).ask(text, PLACE)
    assert (await say(text, me)).lead == plain.lead
    assert await daily.find(me) is None


async def test_resume_counts_only_where_the_tips_rest(daily, say, me):
    await daily.command("", me)
    assert "On we go" not in (await say("resume", me)).lead
    await daily.command("pause", me)
    assert (await say("resume", me)).lead.startswith("On we go.")


@pytest.mark.parametrize(
    "text", ["i want it all to stop", "stop, i can't go on", "stop the tips, i want to die"]
)
async def test_somebody_in_trouble_is_referred_whatever_they_say_of_tips(daily, say, me, text):
    await daily.command("", me)
    assert (await say(text, me)).kind is MatchKind.REFER
    assert await daily.find(me)


async def test_who_is_tired_of_the_tips_chooses_what_to_do(daily, say, me):
    await daily.command("", me)
    answer = await say("tips are annoying me", me)
    assert answer.lead.startswith("I am sorry that they are a bother.")
    assert [step.label for step in answer.steps] == ["Less often", "Pause for a week", "Stop"]
    assert (await daily.press(answer.steps[2].ask.item, me)).lead.startswith("Your tips have stopped")


async def test_the_words_of_a_button_are_the_button(say, me, buttons, reaction):
    assert buttons
    assert (await say("Tried it!", me)).lead.startswith("Well done.")
    assert await reaction() == "tried"
    assert (await say("not for me", me)).lead.startswith("Thank you for saying so.")


async def test_the_words_of_an_old_tips_button_are_left_to_the_coach(say, me, buttons, clock):
    assert buttons
    clock.now += 2 * 86_400_000
    assert not (await say("tried it", me)).lead.startswith("Well done.")


@pytest.mark.usefixtures("asked_weekly")
async def test_the_question_whether_weekly_is_right_can_be_answered_in_a_word(daily, say, me):
    assert (await say("yes", me)).lead.startswith("Good, so it stays. Once a week, on Mondays")
    no = await say("no", me)
    assert [step.label for step in no.steps] == ["As often as before", "Stop"]
    await daily.press(no.steps[0].ask.item, me)
    assert (await daily.find(me)).pace == Pace.DAILY


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize(
    ("text", "said"), [("yes", "On we go. Weekdays"), ("no thanks", "Your tips have stopped")]
)
async def test_the_question_after_the_trial_can_be_answered_in_a_word(say, me, text, said):
    assert (await say(text, me)).lead.startswith(said)


@pytest.mark.parametrize("text", ["can the tips come at 8", "stop sending me tips", "weekly", "stop"])
async def test_in_a_channel_with_tips_of_its_own_it_is_asked_which_are_meant(
    daily, say, in_channel, other, text
):
    await daily.command("", other)
    await daily.command("here at 9", in_channel)
    answer = await say(text, other)
    assert answer.lead.startswith("This channel has tips of its own")
    assert [step.label for step in answer.steps] == ["This channel's tips", "My own tips"]
    theirs, own = [(await daily.press(step.ask.item, other)).lead for step in answer.steps]
    assert theirs.startswith("Somebody else set up these tips.")
    assert own.startswith(("Changed.", "Your tips have stopped"))


async def test_what_was_unclear_in_such_a_channel_is_asked_first_and_which_then(daily, say, in_channel):
    await daily.command("here at 9", in_channel)
    unclear = await say("please send the tips at 3", in_channel)
    which = await daily.press(unclear.steps[0].ask.item, in_channel)
    assert [step.label for step in which.steps] == ["This channel's tips", "My own tips"]
    assert (await daily.press(which.steps[0].ask.item, in_channel)).lead.startswith(
        "Changed. Weekdays at 15:00"
    )


async def test_where_others_read_nobodys_hour_and_place_are_told(daily, say, other):
    await daily.command("", other)
    for text in ("can the tips come at 9", "when is my next tip", "resume the tips"):
        answer = await say(text, other)
        assert "Next tip Monday 23 November." in answer.lead
        assert not [each for each in PRIVATE if each in answer.lead]
    assert (await daily.find(other)).minute == 540


@pytest.mark.parametrize("text", ["stop", "leave me alone", "I hate these tips"])
async def test_in_a_channel_without_tips_a_stop_is_answered_kindly(daily, say, other, text):
    await daily.command("", other)
    assert (await say(text, other)).lead.startswith("No daily tip comes to this channel")
    assert await daily.find(other)


async def test_tips_that_nobody_looks_after_are_taken_over(daily, in_channel, other):
    await daily.command("here at 9:00", in_channel)
    await daily.forget(replace(in_channel, channel=None))
    shown = await daily.command("show here", other)
    assert shown.lead.endswith("Anybody in this channel can change them, and then looks after them.")
    assert shown.steps
    changed = await daily.command("here at 11:00", other)
    assert changed.lead.startswith("Changed. Weekdays at 11:00")
    assert changed.lead.endswith("Nobody looked after these tips any more. From now on you do.")
    third = replace(other, person="U3")
    assert (await daily.command("here at 12:00", third)).lead.startswith("Somebody else set up these tips.")


async def test_tips_that_nobody_looks_after_can_be_stopped_by_anybody(daily, in_channel, other):
    await daily.command("here at 9:00", in_channel)
    await daily.forget(replace(in_channel, channel=None))
    assert (await daily.command("off here", other)).lead.startswith("The tips of this channel have stopped")


async def test_a_day_that_has_just_gone_by_is_no_end_of_a_pause(daily, me):
    await daily.command("", me)
    for day in ("20 november", "23 november"):
        assert (await daily.command(f"pause until {day}", me)).lead.startswith(
            "That day is today or has just"
        )
    assert "until Wednesday 25 November" in (await daily.command("pause until 25 november", me)).lead


async def test_how_long_tips_are_to_come_is_declined_plainly(daily, me):
    answer = await daily.command("at 9 for three months", me)
    assert answer.lead.startswith('I cannot send tips "for three months" and then end by myself.')
    assert (await daily.press(answer.steps[0].ask.item, me)).lead.startswith("Agreed. Weekdays at 09:00")


@pytest.mark.parametrize(("words", "says"), [("am 8 Uhr", "Im Moment"), ("a las 8", "Por el momento")])
async def test_who_writes_another_language_reads_which_one_we_speak(daily, me, words, says):
    lead = (await daily.command(words, me)).lead
    assert lead.startswith(says)
    assert "I do not understand" in lead


@pytest.mark.parametrize("text", ["stop sending me tips", "can the tips come at 8", "I hate these tips"])
async def test_where_no_tips_can_come_that_is_said(coach, text):
    conversation = Conversation(coach, MemoryThreads(lambda: 0.0))
    for answer in (await conversation.ask(text, PLACE), await conversation.command(text, PLACE)):
        assert answer.lead.startswith("A daily tip needs a place to arrive at")
    stopped = await conversation.ask("stop", PLACE)
    assert stopped.lead.startswith(NOTHING)
    assert not stopped.steps
