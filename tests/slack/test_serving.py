"""`lvm serve` as its own process, and what holds as long as it runs."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import content
from bot.playground.disturbances import RateLimited, Slow
from bot.playground.emulator import Emulator
from bot.playground.workspace import YOU
from bot.slack.gate import PATH
from bot.trying import manifest_commands

TOPIC = "differences/vision-execution.yaml"
SECONDS = 20
"""Longer than any start should take, on the slowest of machines."""


class Server:
    """`lvm serve` and what it says on standard error."""

    def __init__(self, process):
        self.process = process
        self.said = ""

    async def until(self, words):
        """Read on until the words were said, and forget what came before."""
        async with asyncio.timeout(SECONDS):
            while words not in self.said:
                line = await self.process.stderr.readline()
                assert line, f"it ended without {words!r}: {self.said}"
                self.said += line.decode()
        said, self.said = self.said, ""
        return said

    async def ended(self):
        async with asyncio.timeout(SECONDS):
            out, err = await self.process.communicate()
        assert not out
        self.said += err.decode()
        return self.process.returncode


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def _start(**settings):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "default", "-m", "bot", "serve"),
        env=kept | {"DATABASE_URL": "-"} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    return Server(process)


def _settings(slack, **more):
    port = _free_port()
    secrets = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret}
    where = {"SLACK_API_URL": slack.api_url, "PORT": str(port), "LVM_HOST": "127.0.0.1"}
    return secrets | where | more


@asynccontextmanager
async def _serving(slack, **more):
    settings = _settings(slack, **more)
    server = await _start(**settings)
    try:
        await server.until("ready at")
        server.address = f"http://127.0.0.1:{settings['PORT']}"
        await slack.connect(server.address + PATH)
        yield server
    finally:
        if server.process.returncode is None:
            server.process.send_signal(signal.SIGTERM)
            await server.ended()


@pytest.fixture
async def slack():
    async with Emulator(commands=manifest_commands()) as slack:
        yield slack


@pytest.fixture
def responses(tmp_path):
    """An owner's folder with one topic of its own; gives the file."""
    file = tmp_path / TOPIC
    file.parent.mkdir()
    shutil.copy(content.shipped_folder() / TOPIC, file)
    return file


def _retitle(file, title):
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [f"title: {title}\n" if line.startswith("title:") else line for line in lines]
    file.write_text("".join(changed), encoding="utf-8")


async def _headline(slack):
    await slack.command("/lvm", "difference vision")
    return slack.messages()[-1].blocks[0]["text"]["text"]


async def test_without_credentials_it_says_which_ones_and_stops():
    server = await _start()
    assert await server.ended() == 1
    assert "for Slack set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET" in server.said
    assert "CLIENT_ID, CLIENT_SECRET and TENANT_ID" in server.said
    assert "Traceback" not in server.said


async def test_with_broken_content_it_names_every_fault_and_stops(slack, responses):
    text = responses.read_text(encoding="utf-8")
    responses.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    responses.with_name("second.yaml").write_text("- no topic\n", encoding="utf-8")
    server = await _start(**_settings(slack, LVM_RESPONSES=str(responses.parents[1])))
    assert await server.ended() == 1
    assert "Traceback" not in server.said
    assert f"{responses}:" in server.said
    assert f"{responses.with_name('second.yaml')}:1:" in server.said


async def test_with_a_refused_token_it_says_so_and_stops(slack):
    server = await _start(**_settings(slack, SLACK_BOT_TOKEN="xoxb-another"))
    assert await server.ended() == 1
    assert server.said == (
        "Slack refuses SLACK_BOT_TOKEN (invalid_auth); copy it again from OAuth & Permissions.\n"
    )


async def test_a_hangup_signal_reloads_the_content_whole_or_not_at_all(slack, responses):
    async with _serving(slack, LVM_RESPONSES=str(responses.parents[1])) as server:
        assert await _headline(slack) == "Vision vs. execution"
        _retitle(responses, "Vision vs. doing")
        server.process.send_signal(signal.SIGHUP)
        await server.until("new content")
        assert await _headline(slack) == "Vision vs. doing"
        responses.write_text("title: half a topic\n", encoding="utf-8")
        server.process.send_signal(signal.SIGHUP)
        assert str(responses) in await server.until("the content stays as it was")
        assert await _headline(slack) == "Vision vs. doing"


async def test_what_was_begun_is_finished_before_it_stops(slack):
    async with _serving(slack) as server:
        slack.next_answer("chat.postMessage", RateLimited(1), Slow(0.2))
        await slack.direct_message("what is leadership?")
        await slack.until(lambda: [call for call in slack.calls if call.status == 429])
        server.process.send_signal(signal.SIGTERM)
        assert await server.ended() == 0
    assert [message.bot for message in slack.messages(YOU.id)] == [False, True]
    assert "WARNING" not in server.said
    assert "ERROR" not in server.said


async def test_nothing_secret_and_nothing_written_is_said(slack, mark):
    async with _serving(slack, LVM_LOG_LEVEL="debug") as server:
        await slack.command("/lvm", f"what is leadership {mark}")
        await slack.direct_message(f"what is leadership {mark}")
        await slack.until(lambda: len(slack.messages(YOU.id)) > 1)
        server.process.send_signal(signal.SIGINT)
        assert await server.ended() == 0
    for secret in (mark, slack.bot_token, slack.signing_secret):
        assert secret not in server.said


@pytest.mark.parametrize(("path", "words"), [("/healthz", "ok"), ("/readyz", "ready")])
async def test_it_says_that_it_runs_and_that_it_is_ready(
    conversation, make_workspace, open_door, path, words
):
    async with make_workspace(conversation) as slack:
        answer = await open_door(slack).request("GET", path)
    assert (answer.status, answer.text) == (200, words)


async def test_over_a_socket_no_port_is_open_for_slacks_requests(conversation, make_workspace, open_door):
    async with make_workspace(conversation, over_socket=True) as slack:
        assert (await open_door(slack).knock(b"command=/lvm")).status == 404


async def test_after_slack_ends_the_socket_another_one_answers(conversation, make_workspace, open_door):
    async with make_workspace(conversation, over_socket=True) as slack:
        assert (await open_door(slack).request("GET", "/readyz")).status == 200
        await slack.disconnect()
        await slack.until(lambda: slack.connected)
        assert await _headline(slack) == "Vision vs. execution"


async def test_an_event_that_comes_twice_over_a_socket_is_answered_once(conversation, make_workspace, said):
    async with make_workspace(conversation, over_socket=True) as slack:
        await slack.direct_message("what is leadership?")
        again = replace(slack.deliveries[0].envelope, retry_number=1, retry_reason="http_timeout")
        assert (await slack._delivery.send(again)).status == 200
        await slack.direct_message("what is management?")
        await slack.until(lambda: any("What is management?" in m.text for m in said(slack, YOU.id)))
    assert len(said(slack, YOU.id)) == 2
