"""Slash commands, messages and tabs, over both transports."""

import pytest
from aiohttp import web

from bot.playground.emulator import Emulator
from bot.playground.workspace import COLLEAGUES, YOU


async def test_a_command_is_answered_to_the_asker_alone(slack, connected):
    @connected.command("/lvm")
    async def lvm(ack, command):
        await ack(f"you asked {command['text']}")

    await slack.command("/lvm", "difference vision")
    (answer,) = slack.messages()
    assert (answer.text, answer.ephemeral, answer.bot) == ("you asked difference vision", True, True)
    assert slack.messages(viewer=COLLEAGUES[0]) == []


async def test_an_answer_to_all_shows_the_command_too(slack, connected):
    @connected.command("/lvm")
    async def lvm(ack):
        await ack(text="hello", response_type="in_channel")

    await slack.command("/lvm", "hi")
    assert [(m.user, m.text) for m in slack.messages(viewer=COLLEAGUES[0])] == [
        (YOU.id, "/lvm hi"),
        ("U0COACH001", "hello"),
    ]


async def test_a_mention_is_answered_in_its_thread(slack, connected):
    @connected.event("app_mention")
    async def mention(event, say):
        await say(f"re: {event['text']}", thread_ts=event["ts"])

    asked = await slack.mention("what is leadership?")
    await slack.until(lambda: len(slack.thread("#general", asked.ts)) == 2)
    reply = slack.thread("#general", asked.ts)[1]
    assert reply.text == "re: <@U0COACH001> what is leadership?"
    assert reply.thread_ts == asked.ts


async def test_a_direct_message_reaches_the_app_and_so_does_its_own_reply(slack, connected):
    heard = []

    @connected.event("message")
    async def message(event, say):
        heard.append((event["channel_type"], event["text"], event.get("bot_id")))
        if "bot_id" not in event:
            await say("hello")

    await slack.direct_message("hi")
    await slack.until(lambda: len(slack.deliveries) == 2)
    assert heard == [("im", "hi", None)]  # Bolt itself drops what the app said
    assert slack.deliveries[1].envelope.payload["event"]["bot_id"] == "B0COACH001"


@pytest.mark.usefixtures("over_http")
async def test_messages_without_a_mention_reach_nobody(slack):
    await slack.say("good morning")
    assert slack.deliveries == []
    assert [m.text for m in slack.messages()] == ["good morning"]


async def test_opening_the_tabs_is_told(slack, connected):
    @connected.event("app_home_opened")
    async def opened(event, client):
        if event["tab"] == "messages":
            prompts = [{"title": "A", "message": "a"}]
            await client.api_call(
                "assistant.threads.setSuggestedPrompts",
                json={"channel_id": event["channel"], "title": "Try", "prompts": prompts},
            )
        else:
            blocks = [{"type": "divider"}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    await slack.open_messages()
    await slack.open_home()
    await slack.until(lambda: slack.home)
    channel = slack.get_channel(YOU.id).id
    assert slack.workspace.prompts[channel]["prompts"] == [{"title": "A", "message": "a"}]
    assert slack.home.blocks[0]["type"] == "divider"


async def test_edits_and_deletions_are_told(slack, over_http):
    heard = []

    @over_http.event("message")
    async def message(event):
        heard.append(event.get("subtype"))

    @over_http.event({"type": "message", "subtype": "message_changed"})
    async def changed(event):
        heard.append((event["message"]["text"], event["previous_message"]["text"]))

    @over_http.event({"type": "message", "subtype": "message_deleted"})
    async def deleted(event):
        heard.append(event["deleted_ts"])

    said = await slack.direct_message("one")
    edited = await slack.edit(said, "two")
    await slack.delete(edited)
    assert edited.edited
    assert len(slack.deliveries) == 3
    assert all(not delivered.reply.failure for delivered in slack.deliveries)
    assert slack.messages(YOU.id) == []


@pytest.mark.usefixtures("over_http")
async def test_an_unknown_command_gets_a_notice(slack):
    await slack.command("/nothing")
    (notice,) = slack.messages()
    assert notice.user == "USLACKBOT"
    assert notice.text == "/nothing is not a command here. There is: /lvm, /names."


async def test_a_command_without_an_app_gets_a_notice(slack):
    await slack.command("/lvm")
    assert slack.messages()[0].text == "/lvm did not work: no app is connected (dispatch_failed)."


async def test_an_answer_that_slack_would_refuse_gets_a_notice(slack, over_http):
    @over_http.command("/lvm")
    async def lvm(ack):
        await ack(blocks=[{"type": "header"}], text="x")

    await slack.command("/lvm")
    assert "invalid_blocks: [ERROR] /blocks/0: text is missing" in slack.messages()[0].text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("see https://example.com/x?a=1&b=2 now", "see <https://example.com/x?a=1&amp;b=2> now"),
        ("@Coach and @nobody in #general", "<@U0COACH001> and @nobody in <#C0GENERAL1|general>"),
        ("mail ana@coach.example @here", "mail ana@coach.example <!here>"),
        ("<@U0COACH001>", "&lt;@U0COACH001&gt;"),
    ],
)
async def test_what_is_typed_is_stored_as_slack_stores_it(slack, typed, stored):
    assert (await slack.say(typed)).text == stored


@pytest.mark.usefixtures("over_http")
async def test_only_commands_that_ask_for_it_get_ids_for_names(slack):
    await slack.command("/lvm", "@ana & co")
    await slack.command("/names", "@ana & #random")
    sent = [delivered.envelope.payload["text"] for delivered in slack.deliveries]
    assert sent == ["@ana &amp; co", "<@U0ANARUIZ1|ana> &amp; <#C0RANDOM01|random>"]


async def test_an_app_can_listen_to_whole_channels(clock, listening):
    heard = []

    async def answer(request):
        heard.append((await request.json())["event"])
        return web.Response()

    async with (
        Emulator(clock=clock, subscribed=frozenset({"message.channels"})) as slack,
        listening(answer) as app,
    ):
        await slack.connect(app.url)
        await slack.say("a & b @ana")
    (event,) = heard
    assert (event["type"], event["channel_type"], event["text"]) == (
        "message",
        "channel",
        "a &amp; b <@U0ANARUIZ1>",
    )
    runs = event["blocks"][0]["elements"][0]["elements"]
    assert runs == [{"type": "text", "text": "a & b "}, {"type": "user", "user_id": "U0ANARUIZ1"}]
