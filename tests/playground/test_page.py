"""The page's side: what it is told, what it may do, and who is kept out."""

import asyncio
import json

import pytest

from bot.playground.browser import CONTENT_TYPES
from bot.playground.guard import HEADERS
from bot.playground.page import STATIC
from bot.playground.workspace import COACH, COLLEAGUES, YOU

GENERAL = "C0GENERAL1"
DIRECT = "D0ANARUIZ1"


@pytest.fixture
def post(slack, session):
    async def post(act, **body):
        async with session.post(f"{slack.origin}/ui/{act}", json=body) as response:
            return response.status, await response.text()

    return post


async def get_state(slack, session):
    async with session.get(f"{slack.origin}/ui/state") as response:
        return await response.json()


async def test_the_state_names_everything_the_page_shows(slack, session):
    state = await get_state(slack, session)
    assert state["me"] == {"id": YOU.id, "name": "Ana Ruiz", "zone": "Europe/Madrid"}
    assert state["coach"] == {"id": COACH.id, "name": "Coach"}
    assert [(c["name"], c["kind"]) for c in state["channels"]][-1] == ("Coach", "im")
    assert state["commands"][0] == {
        "command": "/lvm",
        "description": "Ask the coach",
        "usage_hint": "difference vision",
    }
    assert (state["home"], state["modal"], state["prompts"]) == (None, None, None)
    assert [p["handle"] for p in state["users"]] == ["ana", "ben", "mei", "coach", "slackbot"]
    assert set(state["messages"]) == {c["id"] for c in state["channels"]}


async def test_what_others_see_is_not_shown(slack, session, client):
    await slack.direct_message("private", user=COLLEAGUES[0])
    await client.chat_postEphemeral(channel="#general", user=COLLEAGUES[0].id, text="only ben")
    assert "private" not in str(state := await get_state(slack, session))
    assert "only ben" not in str(state)


async def test_a_sent_message_is_stored(slack, post):
    assert await post("send", channel=GENERAL, text="hello", thread_ts=None) == (204, "")
    root = slack.messages()[0]
    await post("send", channel=GENERAL, text="me too", thread_ts=root.ts)
    assert [m.text for m in slack.thread("#general", root.ts)] == ["hello", "me too"]


async def test_a_sent_command_runs_but_not_in_threads(slack, post, over_http):
    @over_http.command("/lvm")
    async def lvm(ack, command):
        await ack(command["text"])

    await post("send", channel=DIRECT, text="/lvm  difference vision ", thread_ts=None)
    root = slack.messages(DIRECT)[0]
    await post("send", channel=DIRECT, text="/lvm", thread_ts=root.ts)
    assert [m.text for m in slack.messages(DIRECT)] == ["difference vision", "/lvm does not work in threads."]


async def test_a_click_a_form_and_a_closed_form(slack, post, client, over_http, make):
    @over_http.action("form")
    async def form(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=make.modal())

    row = {"type": "actions", "block_id": "row", "elements": [make.button("Form", "form")]}
    sent = await client.chat_postMessage(channel=DIRECT, text="x", blocks=[row])
    container = {"type": "message", "channel": DIRECT, "ts": sent["ts"]}
    click = {"container": container, "block_id": "row", "action_id": "form", "value": "v", "state": {}}
    assert await post("click", **click) == (204, "")
    view = slack.modal
    assert await post("submit", view_id=view.id, state={"b": {"words": ""}}) == (204, "")
    assert slack.modal.errors
    assert await post("close", view_id=view.id) == (204, "")
    assert slack.modal is None


@pytest.mark.usefixtures("over_http")
async def test_the_home_tab_is_told(slack, post):
    assert await post("home", tab="home") == (204, "")
    assert slack.deliveries[-1].envelope.payload["event"]["tab"] == "home"


async def test_an_app_that_fails_a_click_is_said_to(post, client, make):
    row = {"type": "actions", "block_id": "row", "elements": [make.button("A", "a")]}
    sent = await client.chat_postMessage(channel=GENERAL, text="x", blocks=[row])
    container = {"type": "message", "channel": GENERAL, "ts": sent["ts"]}
    status, sentence = await post("click", container=container, block_id="row", action_id="a", value=None)
    assert (status, sentence) == (502, "The app did not take it (no_app). Try again.")


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("send", {}),
        ("send", {"channel": "C404", "text": "x"}),
        ("send", {"channel": "D0BENOKAFO", "text": "x"}),
        ("send", {"channel": GENERAL, "text": " "}),
        ("send", {"channel": GENERAL, "text": 7}),
        ("send", {"channel": GENERAL, "text": "x", "thread_ts": "1.1"}),
        ("click", {"container": [], "block_id": "b", "action_id": "a"}),
        ("click", {"container": {"type": "message", "channel": GENERAL, "ts": "1"}, "block_id": "b"}),
        ("click", {"container": {"type": "view", "view_id": "V1"}, "block_id": "b", "action_id": "a"}),
        ("submit", {"view_id": "V404", "state": {}}),
        ("close", {"view_id": None}),
        ("home", {"tab": "about"}),
    ],
)
async def test_malformed_requests_get_a_sentence(slack, post, act, body):
    await slack.direct_message("x", user=COLLEAGUES[0])
    status, sentence = await post(act, **body)
    assert status == 400
    assert sentence.endswith(".")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 60_000, b'{"text": "\\ud800"}'])
async def test_bodies_that_are_no_object_are_refused(slack, fetch, body):
    headers = {"Content-Type": "application/json"}
    response = await fetch("POST", f"{slack.origin}/ui/send", data=body, headers=headers)
    assert response.status == 400


@pytest.mark.parametrize("character", ["x", "é", "学", "🙂", "\x01"])
async def test_a_message_as_long_as_slack_takes_it_is_stored_in_any_script(slack, post, character):
    assert await post("send", channel=GENERAL, text=character * 40_000) == (204, "")
    assert slack.messages()[0].text == character * 40_000


@pytest.mark.parametrize("characters", [40_001, 600_000])
async def test_a_longer_message_is_refused_with_a_sentence(slack, post, characters):
    status, sentence = await post("send", channel=GENERAL, text="x" * characters)
    assert status == 413
    assert sentence == "That message is too long for one go: Slack takes 40,000 characters."
    assert not slack.messages()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": "localhost:{port}"}, 204),
        ({"Host": "[::1]:{port}"}, 204),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:{port}"}, 204),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 403),
    ],
)
async def test_only_the_own_page_may_ask(slack, fetch, headers, status):
    port = slack.origin.rsplit(":", 1)[1]
    sent = {"Content-Type": "application/json"} | {k: v.format(port=port) for k, v in headers.items()}
    body = json.dumps({"channel": GENERAL, "text": "x"})
    response = await fetch("POST", f"{slack.origin}/ui/send", data=body, headers=sent)
    assert response.status == status
    assert len(slack.messages()) == (1 if status == 204 else 0)


@pytest.mark.parametrize("path", ["/", "/ui/state", "/api/auth.test"])
async def test_a_strange_host_is_kept_out_everywhere(slack, fetch, path):
    assert (await fetch("GET", slack.origin + path, headers={"Host": "evil.example"})).status == 403


async def test_the_page_is_served_with_its_protection(slack, fetch):
    page = await fetch("GET", f"{slack.origin}/")
    assert page.status == 200
    assert page.content_type == "text/html"
    assert {name: page.headers[name] for name in HEADERS} == HEADERS


async def test_every_file_of_the_page_is_served(slack, fetch):
    for path in STATIC.iterdir():
        response = await fetch("GET", f"{slack.origin}/static/{path.name}")
        assert (response.status, response.content_type) == (200, CONTENT_TYPES[path.suffix])


@pytest.mark.parametrize(
    "name", ["nothing.js", "..%2Fpage.py", "%2e%2e/page.py", "%2Fetc%2Fpasswd", ".", "a%00.js"]
)
async def test_no_other_file_is_served(slack, fetch, name):
    assert (await fetch("GET", f"{slack.origin}/static/{name}")).status in {400, 404}


@pytest.fixture
async def events(slack, session):
    """The page's stream of events, opened."""
    async with session.get(f"{slack.origin}/ui/events") as response:
        assert response.content_type == "text/event-stream"
        await response.content.readline()
        yield response


async def read_events(response, count):
    found = []
    async with asyncio.timeout(5):
        while len(found) < count:
            line = await response.content.readline()
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
    return found


async def test_changes_are_told_as_they_happen(slack, events, client):
    await slack.direct_message("not yours", user=COLLEAGUES[0])
    sent = await client.chat_postMessage(channel=GENERAL, text="one")
    await client.chat_update(channel=GENERAL, ts=sent["ts"], text="two")
    await client.chat_delete(channel=GENERAL, ts=sent["ts"])
    await client.views_publish(user_id=YOU.id, view={"type": "home", "blocks": []})
    first, second, third, fourth = await read_events(events, 4)
    assert (first["type"], first["message"]["text"]) == ("message", "one")
    assert (second["type"], second["message"]["edited"]) == ("message_changed", True)
    assert third == {"type": "message_deleted", "channel": GENERAL, "ts": sent["ts"]}
    assert (fourth["type"], fourth["view"]["type"]) == ("home", "home")


async def test_modals_prompts_and_status_are_told(slack, events, client, make):
    trigger = slack.workspace.views.triggers.issue(YOU.id)
    await client.views_open(trigger_id=trigger, view=make.modal())
    await slack.close(slack.modal)
    prompts = [{"title": "A", "message": "a"}]
    await client.assistant_threads_setSuggestedPrompts(
        channel_id=DIRECT, thread_ts="", title="T", prompts=prompts
    )
    await client.assistant_threads_setStatus(channel_id=DIRECT, thread_ts="1.1", status="thinking")
    opened, closed, suggested, status = await read_events(events, 4)
    assert (opened["view"]["title"]["text"], closed) == ("title", {"type": "modal", "view": None})
    assert suggested == {"type": "prompts", "prompts": {"channel": DIRECT, "title": "T", "prompts": prompts}}
    assert status == {"type": "status", "channel": DIRECT, "thread_ts": "1.1", "status": "thinking"}


async def test_a_browser_that_left_is_forgotten(slack, events):
    await slack.until(lambda: slack._feed._queues)
    events.close()
    async with asyncio.timeout(5):
        while slack._feed._queues:
            await slack.say("anyone?")
            await asyncio.sleep(0)
