"""What is particular to Socket Mode."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.emulator import Emulator
from bot.playground.model import Command


async def open_link(slack, session):
    headers = {"Authorization": f"Bearer {slack.app_token}"}
    async with session.post(slack.api_url + "apps.connections.open", headers=headers) as response:
        return await session.ws_connect((await response.json())["url"])


async def test_only_the_app_token_opens_a_connection(slack, client):
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token=slack.bot_token)


async def test_an_address_is_good_for_one_connection(slack, client, session):
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with session.ws_connect(url) as link:
        assert (await link.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(url)
    assert caught.value.status == 403


async def test_the_app_connects_anew_when_asked_to(slack, over_socket):
    @over_socket.command("/lvm")
    async def lvm(ack):
        await ack("still here")

    (first,) = slack._socket_mode.connections
    await slack.disconnect()
    await slack.until(
        lambda: slack._socket_mode.connections and slack._socket_mode.connections[0] is not first
    )
    await slack.command("/lvm")
    assert slack.messages()[0].text == "still here"


async def test_an_event_without_acknowledgement_is_brought_again(session):
    async with (
        Emulator(ack_seconds=0.05, redelivery_seconds=(0.0,)) as slack,
        await open_link(slack, session) as link,
    ):
        await slack.until(lambda: slack.connected)
        await slack.mention("hello")
        await slack.until(lambda: len(slack.deliveries) == 2)
        envelopes = [await link.receive_json() for _ in range(3)][1:]
    assert [e["retry_attempt"] for e in envelopes] == [0, 1]
    assert envelopes[1]["retry_reason"] == "timeout"
    assert envelopes[0]["payload"]["event_id"] == envelopes[1]["payload"]["event_id"]


async def test_what_the_app_says_out_of_turn_is_ignored(session):
    async with Emulator(commands=[Command("/lvm")]) as slack, await open_link(slack, session) as link:
        await slack.until(lambda: slack.connected)
        for text in ("{", "[]", '{"envelope_id": 7}', "[" * 100_000):
            await link.send_str(text)
        asking = asyncio.create_task(slack.command("/lvm"))
        await link.receive_json()
        envelope = await link.receive_json()
        await link.send_str(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "yes"}}))
        await asking
    assert envelope["accepts_response_payload"] is True
    assert slack.messages()[0].text == "yes"


async def test_without_a_connection_events_are_dropped(slack, session):
    async with await open_link(slack, session):
        await slack.until(lambda: slack.connected)
    await slack.until(lambda: not slack.connected)
    await slack.mention("hello")
    assert [delivered.reply.failure for delivered in slack.deliveries] == ["no_app"]
