"""The whole flow, as people meet it: genuinely signed requests, and the same over a socket."""

from bot.coach.coach import Coach
from bot.playground.workspace import COACH, COLLEAGUES, YOU


def _replies(slack, root):
    return [message for message in slack.thread("#general", root.ts) if message.user == COACH.id]


async def _answered(slack, root, count=1):
    await slack.until(lambda: len(_replies(slack, root)) >= count)
    return _replies(slack, root)[-1]


async def test_a_command_is_answered_to_its_asker_alone(either):
    await either.command("/lvm", "difference vision")
    answer = either.messages()[-1]
    assert answer.ephemeral
    assert "Vision vs. execution" in answer.text


async def test_a_mention_is_answered_in_its_thread(either):
    root = await either.mention("what is leadership?")
    answer = await _answered(either, root)
    assert answer.thread_ts == root.ts
    assert "What is leadership?" in answer.text


async def test_a_follow_up_in_the_thread_keeps_the_topic(either):
    root = await either.mention("vision vs execution")
    await _answered(either, root)
    await either.mention("example?", thread_ts=root.ts)
    answer = await _answered(either, root, 2)
    assert "Vision vs. execution: example" in answer.text


async def test_a_direct_message_is_answered_in_place_and_remembered(either):
    await either.direct_message("what is management?")
    await either.until(lambda: any("What is management?" in m.text for m in _direct(either)))
    await either.direct_message("shorter pls")
    await either.until(lambda: any("What is management?: shorter" in m.text for m in _direct(either)))
    assert all(message.thread_ts is None for message in _direct(either))


async def test_a_button_answers_an_ephemeral_answer_ephemerally(either):
    await either.command("/lvm", "difference vision")
    await either.click(either.messages()[-1], "Example")
    answer = await either.until(lambda: _last_with(either, "Vision vs. execution: example"))
    assert answer.ephemeral


async def test_an_answer_is_shared_with_the_name_of_who_shares_it(slack):
    await slack.command("/lvm", "difference vision")
    await slack.click(slack.messages()[-1], "Share in channel")
    shared = await slack.until(lambda: next((m for m in slack.messages() if not m.ephemeral), None))
    assert "Vision vs. execution" in shared.text
    assert "Shared by <@" in str(shared.blocks[0])


async def test_a_shared_tip_is_the_tip_that_was_shown(slack):
    await slack.command("/lvm", "tip")
    tip = slack.messages()[-1]
    await slack.click(tip, "Share in channel")
    shared = await slack.until(lambda: next((m for m in slack.messages() if not m.ephemeral), None))
    assert shared.text == tip.text


async def test_a_menu_gives_the_line_for_a_role(slack):
    root = await slack.mention("vision vs execution")
    answer = await _answered(slack, root)
    await slack.select(answer, "lvm:menu:0", "I am an executive")
    answer = await _answered(slack, root, 2)
    assert "As an executive" in str(answer.blocks)


async def test_the_home_tab_opens_answers_in_a_window_of_ones_own(either):
    await either.open_home()
    home = await either.until(lambda: either.home)
    await either.enter(home, "lvm:question", "what is leadership?")
    modal = await either.until(lambda: either.modal)
    assert "What is leadership?" in str(modal.blocks)
    await either.submit(modal, {"lvm:question": "and an example?"})
    await either.until(lambda: "What is leadership?: example" in str(either.modal.blocks))
    assert not either.messages()


async def test_the_messages_tab_suggests_three_things_to_ask(either):
    await either.open_messages()
    await either.until(lambda: "assistant.threads.setSuggestedPrompts" in [c.method for c in either.calls])


async def test_messages_of_bots_edits_and_our_own_are_left_alone(slack):
    message = await slack.direct_message("what is leadership?")
    await slack.until(lambda: len(_direct(slack)) == 1)
    await slack.edit(message, "what is management?")
    await slack.direct_message("what is management?")
    await slack.until(lambda: len(_direct(slack)) == 2)
    posts = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert len(posts) == 2


def _direct(slack):
    return [message for message in slack.messages(YOU.id) if message.user == COACH.id]


def _last_with(slack, words):
    last = slack.messages()[-1]
    return last if words in last.text else None


async def test_a_message_with_a_file_is_answered(slack, door):
    channel = slack.get_channel(YOU.id).id
    event = {"type": "message", "subtype": "file_share", "channel_type": "im", "channel": channel}
    said = {"user": YOU.id, "ts": "1700000000.000100", "text": "what is leadership?"}
    await door.json({"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": event | said})
    await slack.until(lambda: any("What is leadership?" in m.text for m in _direct(slack)))


async def test_an_answer_that_is_gone_is_not_shared(slack, conversation, small):
    await slack.command("/lvm", "difference vision")
    conversation.coach = Coach(small)
    await slack.click(slack.messages()[-1], "Share in channel")
    await slack.until(lambda: len(slack.messages()) == 2)
    assert all(message.ephemeral for message in slack.messages())


async def test_nobodys_role_colours_anothers_answer_in_a_thread(slack):
    root = await slack.mention("vision vs execution, as a CFO")
    first = await _answered(slack, root)
    await slack.mention("why?", thread_ts=root.ts, user=COLLEAGUES[0])
    second = await _answered(slack, root, 2)
    assert "As an executive" in str(first.blocks)
    assert "As an executive" not in str(second.blocks)
