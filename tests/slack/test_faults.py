"""What goes wrong between us and Slack, or within us: nothing twice, nothing told of what was written."""

import asyncio
import logging
import re

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import running, slack_side
from bot.config import Secret, ServerSettings
from bot.errors import ConfigError
from bot.logs import Formatter
from bot.playground.disturbances import ConnectionReset, Refused, ServerFailure
from bot.playground.emulator import Emulator
from bot.playground.workspace import YOU
from bot.slack.socket import Socket

POST = "chat.postMessage"
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
async def emulator():
    async with Emulator() as emulator:
        yield emulator


async def test_an_expired_response_address_is_logged_and_nothing_else(conversation, make_workspace, quiet):
    async with make_workspace(conversation) as slack:
        await slack.command("/lvm", "difference vision")
        slack.next_answer("response_url", ServerFailure(404))
        await slack.click(slack.messages()[-1], "Example")
        before = len(slack.messages())
    assert len(slack.messages()) == before
    assert "answering a click failed" in quiet.text


async def test_a_click_where_we_are_no_member_is_answered_to_its_maker_alone(slack, said):
    root = await slack.mention("what is leadership?")
    await slack.until(lambda: said(slack))
    slack.next_answer(POST, Refused("not_in_channel"))
    await slack.click(said(slack)[0], "Example")
    await slack.until(lambda: len(said(slack)) > 1)
    assert said(slack)[-1].ephemeral
    assert root.channel == said(slack)[-1].channel


async def test_a_click_whose_answer_may_have_arrived_is_not_answered_again(slack, said):
    await slack.mention("what is leadership?")
    await slack.until(lambda: said(slack))
    slack.next_answer(POST, ConnectionReset(accepted=True))
    await slack.click(said(slack)[0], "Example")
    await slack.until(lambda: len(said(slack)) > 1)
    await slack.command("/lvm", "help")
    assert [message.ephemeral for message in said(slack)] == [False, False, True]


@pytest.fixture
async def broken(breaking, make_workspace):
    async with make_workspace(breaking) as slack:
        yield slack


def _check_apology(text, mark, quiet):
    assert "Something broke on my side" in text
    assert mark not in text
    assert "RuntimeError" not in text
    (reference,) = set(REFERENCE.findall(text))
    assert f"incident {reference} " in quiet.text
    assert "RuntimeError at match" in quiet.text


async def test_a_command_that_breaks_is_answered_with_a_reference(broken, mark, quiet):
    await broken.command("/lvm", f"break {mark}")
    answer = broken.messages()[-1]
    assert answer.ephemeral
    _check_apology(answer.text, mark, quiet)


async def test_a_mention_that_breaks_is_answered_with_a_reference(broken, said, mark, quiet):
    root = await broken.mention(f"break {mark}")
    await broken.until(lambda: said(broken))
    (answer,) = said(broken)
    assert answer.thread_ts == root.ts
    _check_apology(answer.text, mark, quiet)


async def test_a_direct_message_that_breaks_is_answered_with_a_reference(broken, said, mark, quiet):
    await broken.direct_message(f"break {mark}")
    await broken.until(lambda: said(broken, YOU.id))
    _check_apology(said(broken, YOU.id)[0].text, mark, quiet)


async def test_a_submission_that_breaks_is_told_so_under_its_box(broken, mark, quiet):
    await broken.open_home()
    home = await broken.until(lambda: broken.home)
    await broken.enter(home, "lvm:question", "what is leadership?")
    modal = await broken.until(lambda: broken.modal)
    await broken.submit(modal, {"lvm:question": f"break {mark}"})
    (sentence,) = broken.modal.errors.values()
    _check_apology(sentence, mark, quiet)


async def test_a_question_in_the_home_tab_that_breaks_is_answered_in_a_window(broken, mark, quiet):
    await broken.open_home()
    home = await broken.until(lambda: broken.home)
    await broken.enter(home, "lvm:question", f"break {mark}")
    modal = await broken.until(lambda: broken.modal)
    _check_apology(modal.blocks[1]["text"]["text"], mark, quiet)


async def test_what_breaks_for_one_is_answered_for_the_next(broken, said, mark):
    await broken.command("/lvm", f"break {mark}")
    await broken.command("/lvm", "difference vision")
    assert "Vision vs. execution" in said(broken)[-1].text


async def test_a_start_survives_a_slack_that_is_down(conversation, make_workspace, open_door):
    def take_slack_down(slack):
        slack.next_answer("auth.test", ConnectionReset(accepted=False), ServerFailure(503))

    async with make_workspace(conversation, prepare=take_slack_down) as slack:
        door = open_door(slack)
        assert (await door.request("GET", "/healthz")).status == 200
        assert (await door.request("GET", "/readyz")).status == 503
        await slack.command("/lvm", "difference vision")
        assert "Vision vs. execution" in slack.messages()[-1].text
        assert (await door.request("GET", "/readyz")).status == 200


async def test_a_start_over_a_socket_survives_a_slack_that_is_down(conversation, make_workspace, open_door):
    def take_slack_down(slack):
        slack.next_answer("auth.test", ServerFailure(503))
        slack.next_answer("apps.connections.open", ConnectionReset(accepted=False))

    async with make_workspace(conversation, over_socket=True, prepare=take_slack_down) as slack:
        await slack.until(lambda: slack.connected)
        assert (await open_door(slack).request("GET", "/readyz")).status == 200


@pytest.mark.parametrize("name", ["bot_token", "app_token"])
async def test_a_wrong_token_stops_the_start_with_a_sentence(emulator, conversation, make_settings, name):
    wrong = {name: Secret(f"xo{name}-wrong")}
    sentence = rf"^Slack refuses SLACK_{name.upper()} \(invalid_auth\); copy it again from .*\.$"
    settings = make_settings(emulator, over_socket=True, **wrong)
    with pytest.raises(ConfigError, match=sentence):
        async with running(ServerSettings(port=0), [slack_side(settings, conversation)]):
            pass


async def test_each_further_try_of_a_socket_asks_for_a_new_address(stand_in, session, caplog):
    async with stand_in({"content_type": "application/json"}) as slack:
        slack.answer["text"] = f'{{"ok": true, "url": "{slack.origin}/link?ticket=abc"}}'
        client = AsyncWebClient("xoxb-1", base_url=slack.origin + "/api/", session=session, retry_handlers=[])
        socket = Socket(AsyncApp(client=client, logger=logging.getLogger("bot.test")), "xapp-1", 0.01)
        opening = asyncio.create_task(socket.open())
        await slack.until_asked(4)
        assert not await socket.is_open()
        await socket.close()
        await opening
    logged = "".join(map(Formatter().format, caplog.records))
    assert "/link?(secret)" in logged
    assert "abc" not in logged
    caplog.clear()  # the SDK logs a traceback of its own for each try, which `bot.logs` leaves out


async def test_a_token_revoked_while_slack_was_down_makes_us_unready(conversation, make_workspace, open_door):
    def revoke(slack):
        slack.next_answer("auth.test", ServerFailure(503), Refused("token_revoked"))

    async with make_workspace(conversation, prepare=revoke) as slack:
        assert (await open_door(slack).request("GET", "/readyz")).status == 503


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/json"])
async def test_a_start_survives_what_is_not_slack_at_all(
    stand_in, emulator, conversation, make_settings, content_type
):
    async with stand_in({"text": "<html>", "content_type": content_type}) as server:
        settings = make_settings(emulator, api_url=server.origin + "/api/")
        async with (
            running(ServerSettings(port=0), [slack_side(settings, conversation)]) as address,
            aiohttp.request("GET", address + "/readyz") as response,
        ):
            assert response.status == 503


async def test_a_taken_port_is_told_in_a_sentence(slack, conversation, make_settings):
    port = int(slack.coach_address.rpartition(":")[2])
    with pytest.raises(ConfigError, match=f"Cannot listen on 127.0.0.1:{port}"):
        async with running(ServerSettings(port=port), [slack_side(make_settings(slack), conversation)]):
            pass
