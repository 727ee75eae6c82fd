"""Signatures, redelivery and silence."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.errors import ConfigError
from bot.playground.emulator import Emulator
from bot.playground.model import Command


def status(*codes, **headers):
    left = list(codes)

    async def answer(_request):
        return web.Response(status=left.pop(0) if left else 200, headers=headers)

    return answer


async def test_what_is_delivered_is_signed(listening, slack):
    async with listening(status()) as app:
        await slack.connect(app.url)
        await slack.command("/lvm", "ä & b")
        body, headers = await app.requests[-1].read(), app.requests[-1].headers
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, dict(headers))
    assert not SignatureVerifier("another").is_valid_request(body, dict(headers))


async def test_an_event_is_brought_again_until_it_is_taken(listening, slack):
    async with listening(status(500, 404, 200)) as app:
        await slack.connect(app.url)
        await slack.mention("hello")
        await slack.until(lambda: len(slack.deliveries) == 3)
        tries = [r.headers.get("X-Slack-Retry-Num") for r in app.requests[1:]]
        reasons = [r.headers.get("X-Slack-Retry-Reason") for r in app.requests[1:]]
    assert (tries, reasons) == ([None, "1", "2"], [None, "http_error", "http_error"])
    assert len({delivered.envelope.payload["event_id"] for delivered in slack.deliveries}) == 1


async def test_an_event_is_given_up_after_three_more_tries(listening, slack):
    async with listening(status(*[503] * 9)) as app:
        await slack.connect(app.url)
        await slack.mention("hello")
        await slack.until(lambda: len(slack.deliveries) == 4)
        await asyncio.gather(*slack._delivery._tasks)
    assert [delivered.envelope.retry_number for delivered in slack.deliveries] == [0, 1, 2, 3]


async def test_an_app_can_ask_not_to_be_told_again(listening, slack):
    async with listening(status(500, **{"X-Slack-No-Retry": "1"})) as app:
        await slack.connect(app.url)
        await slack.mention("hello")
        assert not slack._delivery._tasks
    assert len(slack.deliveries) == 1


async def test_silence_counts_as_a_timeout(listening, clock):
    never = asyncio.Event()

    async def wait(_request):
        await never.wait()
        return web.Response()

    async with (
        Emulator(clock=clock, ack_seconds=0.05, redelivery_seconds=(0.0,)) as slack,
        listening(wait) as app,
    ):
        await slack.connect(app.url)
        await slack.mention("hello")
        await slack.until(lambda: len(slack.deliveries) == 2)
        assert slack.deliveries[1].envelope.retry_reason == "http_timeout"
        never.set()


async def test_a_slow_command_gets_a_notice(listening, clock):
    never = asyncio.Event()

    async def wait(_request):
        await never.wait()
        return web.Response()

    async with (
        Emulator(commands=[Command("/lvm")], clock=clock, ack_seconds=0.05) as slack,
        listening(wait) as app,
    ):
        await slack.connect(app.url)
        await slack.command("/lvm")
        never.set()
        assert (
            slack.messages()[0].text
            == "/lvm did not work: the app gave no answer in time (operation_timeout)."
        )


async def test_an_app_that_stopped_counts_as_not_reached(listening, slack):
    async with listening(status()) as app:
        await slack.connect(app.url)
    await slack.mention("hello")
    assert slack.deliveries[0].reply.failure == "connection_failed"


async def test_only_an_app_on_this_machine_is_connected(slack):
    with pytest.raises(ConfigError, match="not on this machine"):
        await slack.connect("https://example.com/slack/events")


async def test_an_app_that_fails_the_challenge_is_not_connected(slack):
    with pytest.raises(ConfigError, match="is it running"):
        await slack.connect("http://127.0.0.1:9/slack/events")


async def test_only_loopback_is_listened_on():
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1 only"):
        Emulator(host="0.0.0.0")  # noqa: S104  it is what must be refused


async def test_nothing_is_listening_after_the_workspace_closed(session):
    async with Emulator() as slack:
        address = slack.origin
    with pytest.raises(aiohttp.ClientConnectorError):
        await session.get(address)


async def test_a_taken_port_is_said(slack):
    port = int(slack.origin.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        await Emulator(port=port).__aenter__()
