"""The Web API by itself: manners, refusals and disturbances."""

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.disturbances import ConnectionReset, RateLimited, Refused, ServerFailure, Slow
from bot.playground.emulator import Emulator
from bot.playground.workspace import YOU


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def call(slack, session, method, token=None, **body):
    headers = {"Authorization": f"Bearer {slack.bot_token if token is None else token}"}
    async with session.post(slack.api_url + method, json=body, headers=headers) as response:
        return response.status, await response.json()


async def test_whose_token_it_is(client):
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (
        "U0COACH001",
        "B0COACH001",
        "T0LOCAL001",
    )


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
async def test_tokens_are_checked(slack, session, token, error):
    assert await call(slack, session, "auth.test", token) == (200, {"ok": False, "error": error})


async def test_an_unknown_method_is_refused(slack, session):
    assert (await call(slack, session, "chat.shout"))[1]["error"] == "unknown_method"


async def test_a_missing_scope_is_refused(session):
    async with Emulator(scopes=frozenset({"commands"})) as slack:
        _, answer = await call(slack, session, "chat.postMessage", channel="#general", text="x")
    assert answer["error"] == "missing_scope"
    assert answer["response_metadata"]["messages"] == ["[ERROR] needed: chat:write"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "#general"}, "no_text"),
        ({"channel": "#general", "text": "x", "blocks": {"a": 1}}, "invalid_blocks_format"),
        ({"channel": "#general", "text": "x", "blocks": [{"type": "header"}]}, "invalid_blocks"),
        ({"channel": "#general", "text": "x", "blocks": [section("x" * 2900)] * 5}, "msg_blocks_too_long"),
        ({"channel": "#general", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "#general", "text": ["x"]}, "invalid_arguments"),
        ({"channel": "#general", "text": "x", "blocks": "[["}, "invalid_arguments"),
    ],
)
async def test_bad_messages_are_refused_and_leave_nothing(slack, session, arguments, error):
    status, answer = await call(slack, session, "chat.postMessage", **arguments)
    assert (status, answer["ok"], answer["error"]) == (200, False, error)
    assert slack.messages() == []
    assert slack.calls[-1].error == error


async def test_forms_addresses_and_json_read_alike(slack, session, fetch):
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    form = {"channel": "#general", "blocks": json.dumps([section("form")]), "text": "form"}
    await fetch("POST", slack.api_url + "chat.postMessage", data=form, headers=headers)
    await fetch("GET", slack.api_url + "chat.postMessage?channel=C0GENERAL1&text=get", headers=headers)
    await call(slack, session, "chat.postMessage", channel="#general", text="json")
    assert [m.text for m in slack.messages()] == ["form", "get", "json"]


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff\xfe", b"[]", b"{"])
async def test_hostile_bodies_are_refused_in_words(slack, fetch, body):
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    response = await fetch("POST", slack.api_url + "chat.postMessage", data=body, headers=headers)
    assert (response.status, json.loads(response.body)["ok"]) == (200, False)


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        (
            "conversations.history",
            {"channel": "C0GENERAL1", "inclusive": [], "oldest": "nan", "limit": "9" * 5000},
        ),
        ("conversations.history", {"channel": "C0GENERAL1", "cursor": -1}),
        ("conversations.replies", {"channel": "C0GENERAL1", "ts": "1.1"}),
        ("conversations.open", {"users": "USLACKBOT"}),
        ("users.info", {"user": "U404"}),
        ("views.publish", {"user_id": "U404", "view": {}}),
        ("views.update", {"view_id": "V404", "view": {}}),
        ("views.open", {"trigger_id": "x", "view": {"type": ["modal"], "blocks": {}}}),
        ("views.publish", {"user_id": YOU.id, "view": {"type": "modal", "title": 7, "blocks": []}}),
        ("assistant.threads.setSuggestedPrompts", {"channel_id": "C0GENERAL1", "prompts": [1]}),
        ("chat.postEphemeral", {"channel": "D0ANARUIZ1", "user": "U0BENOKAFO", "text": "x"}),
        ("chat.delete", {"channel": "C0GENERAL1", "ts": "1.1"}),
    ],
)
async def test_what_makes_no_sense_is_refused_in_words(slack, session, method, arguments):
    status, answer = await call(slack, session, method, **arguments)
    assert (status, answer["ok"]) == (200, False)


async def test_too_long_a_text_is_cut_with_a_warning(slack, client):
    answer = await client.chat_postMessage(channel="#general", text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(slack.messages()[0].text) == 40_000


async def test_messages_are_changed_and_deleted_by_their_own_app_only(slack, client):
    answer = await client.chat_postMessage(channel="#general", text="one")
    await client.chat_update(channel=answer["channel"], ts=answer["ts"], text="two")
    assert [(m.text, m.edited) for m in slack.messages()] == [("two", True)]
    await client.chat_delete(channel=answer["channel"], ts=answer["ts"])
    said = await slack.say("mine")
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel=said.channel, ts=said.ts, text="two")


async def test_a_person_can_be_written_to_by_id(client):
    opened = await client.conversations_open(users=[YOU.id])
    posted = await client.chat_postMessage(channel=YOU.id, text="x")
    assert opened["channel"]["id"] == posted["channel"]


async def test_timestamps_are_unique_and_grow(slack, client):
    for n in range(50):
        await client.chat_postMessage(channel="#general", text=str(n))
    stamps = [message.ts for message in slack.messages()]
    assert stamps == sorted(set(stamps))


async def test_history_is_newest_first_without_replies_or_ephemerals(client):
    root = await client.chat_postMessage(channel="#general", text="root")
    await client.chat_postMessage(channel="#general", text="reply", thread_ts=root["ts"])
    await client.chat_postEphemeral(channel="#general", user=YOU.id, text="secret")
    await client.chat_postMessage(channel="#general", text="last")
    history = await client.conversations_history(channel="C0GENERAL1")
    assert [m["text"] for m in history["messages"]] == ["last", "root"]
    assert history["messages"][1]["reply_count"] == 1
    replies = await client.conversations_replies(channel="C0GENERAL1", ts=root["ts"])
    assert [m["text"] for m in replies["messages"]] == ["root", "reply"]


async def test_listings_come_in_pages(client):
    first = await client.users_list(limit=2)
    rest = await client.users_list(cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"]) == 2
    assert len(rest["members"]) == 3
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_a_person_has_a_time_zone(client):
    person = (await client.users_info(user="U0MEILIN01"))["user"]
    assert (person["tz"], person["tz_offset"]) == ("Asia/Singapore", 8 * 3600)


async def test_channels_are_described(client):
    listed = await client.conversations_list(types="public_channel,im")
    assert [c.get("name") for c in listed["channels"]] == ["general", "team-leads", "random", None]
    assert (await client.conversations_info(channel="C0RANDOM01"))["channel"]["name"] == "random"


async def test_a_trigger_opens_one_view(make, slack, client):
    trigger = slack.workspace.views.triggers.issue(YOU.id)
    await client.views_open(trigger_id=trigger, view=make.modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=make.modal())


async def test_a_trigger_is_good_for_three_seconds(make, slack, client, clock):
    trigger = slack.workspace.views.triggers.issue(YOU.id)
    clock.ahead_seconds = 3.5
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=trigger, view=make.modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id="made-up", view=make.modal())


async def test_modals_stack_three_high(make, slack, client):
    def trigger():
        return slack.workspace.views.triggers.issue(YOU.id)

    await client.views_open(trigger_id=trigger(), view=make.modal())
    await client.views_push(trigger_id=trigger(), view=make.modal())
    third = (await client.views_push(trigger_id=trigger(), view=make.modal()))["view"]
    assert third["previous_view_id"] != third["root_view_id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=trigger(), view=make.modal())


async def test_a_stale_hash_does_not_overwrite_a_view(client):
    home = {"type": "home", "blocks": []}
    first = (await client.views_publish(user_id=YOU.id, view=home))["view"]
    second = (await client.views_publish(user_id=YOU.id, view=home, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=first["id"], hash=first["hash"], view=home)


async def test_a_bad_view_is_refused_with_its_faults(client):
    with pytest.raises(SlackApiError, match="invalid_arguments") as caught:
        await client.views_publish(user_id=YOU.id, view={"type": "home", "blocks": [{"type": "markdown"}]})
    assert "/blocks/0" in caught.value.response["response_metadata"]["messages"][0]


async def test_a_status_ends_with_the_reply(slack, client):
    seen = []
    slack._feed.announce, kept = lambda change: (seen.append(change), kept(change)), slack._feed.announce
    root = await slack.say("hm")
    await client.assistant_threads_setStatus(channel_id=root.channel, thread_ts=root.ts, status="thinking")
    await client.chat_postMessage(channel=root.channel, thread_ts=root.ts, text="done")
    assert [change.detail["status"] for change in seen if change.kind == "status"] == ["thinking", ""]


async def test_a_rate_limit_comes_with_its_pause(slack, client):
    slack.next_answer("chat.postMessage", RateLimited(3))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="#general", text="x")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "3")
    await client.chat_postMessage(channel="#general", text="x")
    assert [(c.status, c.error) for c in slack.calls] == [(429, "ratelimited"), (200, None)]


async def test_failures_are_had_in_the_order_they_were_ordered(slack, session):
    slack.next_answer("auth.test", ServerFailure(502), Refused("fatal_error"), Slow(0.0))
    assert (await call(slack, session, "auth.test"))[0] == 502
    assert (await call(slack, session, "auth.test"))[1]["error"] == "fatal_error"
    assert (await call(slack, session, "auth.test"))[1]["ok"] is True


@pytest.mark.parametrize(("accepted", "messages"), [(True, 1), (False, 0)])
async def test_a_connection_breaks_off_before_or_after_the_work(slack, session, accepted, messages):
    slack.next_answer("chat.postMessage", ConnectionReset(accepted))
    with pytest.raises(aiohttp.ClientError):
        await call(slack, session, "chat.postMessage", channel="#general", text="x")
    assert len(slack.messages()) == messages


async def test_the_journal_keeps_no_token(slack, fetch):
    await fetch("POST", slack.api_url + "auth.test", data={"token": slack.bot_token})
    assert slack.calls[0].error is None
    assert slack.bot_token not in repr(slack.calls)
