"""The Teams page's side: what it is told, what it may do, and what it gets to see."""

import asyncio
import json

import pytest

from bot.playground.browser import CONTENT_TYPES
from bot.playground.guard import HEADERS
from bot.playground.teams.model import BOT_ACCOUNT, Scope
from bot.playground.teams.page import MOST_CHARACTERS, STATIC
from bot.playground.teams.tenant import CHANNEL, COLLEAGUE, YOU


@pytest.fixture
def post(teams, session):
    async def post(act, **body):
        async with session.post(f"{teams.origin}/ui/teams/{act}", json=body) as response:
            return response.status, await response.text()

    return post


@pytest.fixture
async def press(post, teams, call, activities, card):
    """Presses a button of a card that the app sent to the personal chat."""
    sent = await call("POST", activities(), card())
    own = teams.tenant.place(Scope.PERSONAL).id
    action = {"title": "Go", "verb": "lvm", "data": {"ask": "x"}}
    return lambda: post("press", channel=own, message=sent.body["id"], action=action)


async def _state(teams, session):
    async with session.get(f"{teams.origin}/ui/teams/state") as response:
        return await response.json()


async def test_the_state_names_everything_the_page_shows(teams, session):
    state = await _state(teams, session)
    assert state["me"] == {"id": YOU.account, "name": "Ana Ruiz", "zone": "Europe/Madrid"}
    assert [(c["name"], c["kind"]) for c in state["channels"]] == [
        ("Coach", "im"),
        ("Ana, Ben, Gil and Coach", "group"),
        ("Leads", "channel"),
    ]
    assert set(state["messages"]) == {c["id"] for c in state["channels"]}


async def test_what_others_see_is_not_shown(teams, session):
    await teams.write("ben's own", user=COLLEAGUE)
    await teams.slash("for ben's eyes", user=COLLEAGUE)
    assert "ben's" not in json.dumps(await _state(teams, session))


async def test_what_is_written_is_meant_as_it_says(teams, post, app):
    own = teams.tenant.place(Scope.PERSONAL).id
    await post("send", channel=own, text="/lvm help")
    await post("send", channel=CHANNEL.id, text="/difference vision")
    await post("send", channel=CHANNEL.id, text="so, @coach, what is <leadership>?")
    await post("send", channel=CHANNEL.id, text="just among us")
    plain, slash, mention = [activity for _, activity in app.requests]
    assert (plain["text"], slash["text"]) == ("/lvm help", "/difference vision")
    assert slash["recipient"] == {"id": BOT_ACCOUNT, "name": "Coach", "isTargeted": True}
    assert mention["text"] == "<at>Coach</at> so, what is &lt;leadership&gt;?"
    assert len(teams.messages()) == 3


async def test_a_reply_stays_in_its_thread(teams, post, app):
    root = await teams.mention("hello")
    await post("send", channel=CHANNEL.id, text="@Coach why?", thread=root.id)
    assert app.requests[-1][1]["conversation"]["id"] == f"{CHANNEL.id};messageid={root.id}"


async def test_a_press_is_brought_and_its_answer_is_shown(teams, app, press):
    instead = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "done"}]}
    said = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": instead}
    app.answer = {"status": 200, "text": json.dumps(said)}
    assert await press() == (204, "")
    assert app.requests[-1][1]["value"]["action"]["data"] == {"ask": "x"}
    (message,) = teams.answers(Scope.PERSONAL)
    assert (message.card_for(YOU), message.card_for(COLLEAGUE)) == (instead, message.card)


async def test_a_sentence_in_answer_to_a_press_stands_below_the_card_until_the_next(
    teams, app, press, session
):
    said = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "choose first"}
    app.answer = {"status": 200, "text": json.dumps(said)}
    assert await press() == (204, "")
    (message,) = teams.answers(Scope.PERSONAL)
    assert (message.card_for(YOU), message.notes) == (message.card, {YOU.account: "choose first"})
    assert [m["note"] for m in (await _state(teams, session))["messages"][message.place]] == ["choose first"]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": []}
    answer = said | {"type": "application/vnd.microsoft.card.adaptive", "value": card}
    app.answer = {"status": 200, "text": json.dumps(answer)}
    assert await press() == (204, "")
    assert not teams.answers(Scope.PERSONAL)[0].notes


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "text": "{}"},
        {"status": 200, "text": "{}"},
        {"status": 200, "text": "no json"},
        {"status": 200, "text": json.dumps({"statusCode": 200, "type": "x", "value": {}})},
        {
            "status": 200,
            "text": json.dumps(
                {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {}}
            ),
        },
    ],
)
async def test_an_app_that_fails_a_press_is_said_to(app, press, answer):
    app.answer = answer
    status, sentence = await press()
    assert (status, sentence[:24]) == (502, "The app did not take it:")


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("send", {}),
        ("send", {"channel": "19:none", "text": "x"}),
        ("send", {"channel": f"a:1{COLLEAGUE.entra_id.replace('-', '')}", "text": "x"}),
        ("send", {"channel": CHANNEL.id, "text": " "}),
        ("send", {"channel": CHANNEL.id, "text": "x" * (MOST_CHARACTERS + 1)}),
        ("send", {"channel": CHANNEL.id, "text": "x", "thread": "1"}),
        ("press", {"channel": CHANNEL.id, "message": "1", "action": {"data": {}}}),
        ("judge", {"channel": CHANNEL.id, "message": "1", "reaction": "like"}),
        ("jump", {"to": "yesterday"}),
    ],
)
async def test_malformed_requests_get_a_sentence(post, act, body):
    status, sentence = await post(act, **body)
    assert status == 400
    assert sentence.endswith(".")


async def test_only_answers_with_thumbs_are_judged(teams, post):
    own = await teams.write("hello")
    status, sentence = await post("judge", channel=own.place, message=own.id, reaction="like")
    assert (status, sentence) == (400, "That cannot be done: the message has no thumbs.")


async def test_every_file_of_the_page_is_served_with_its_protection(teams, session):
    for path in STATIC.iterdir():
        async with session.get(f"{teams.origin}/teams/static/{path.name}") as response:
            assert (response.status, response.content_type) == (200, CONTENT_TYPES[path.suffix])
    async with session.get(f"{teams.origin}/teams") as response:
        assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpage.py", "%2e%2e/page.py", "."])
async def test_no_other_file_is_served(teams, session, name):
    async with session.get(f"{teams.origin}/teams/static/{name}") as response:
        assert response.status in {400, 404}


async def test_changes_are_told_as_they_happen(teams, session):
    async with session.get(f"{teams.origin}/ui/teams/events") as response:
        await response.content.readline()
        await teams.write("not yours", user=COLLEAGUE)
        await teams.write("hello")
        teams.tell_time()
        found = []
        async with asyncio.timeout(5):
            while len(found) < 2:
                line = await response.content.readline()
                if line.startswith(b"data: "):
                    found.append(json.loads(line[6:]))
    assert (found[0]["type"], found[0]["message"]["text"]) == ("message", "hello")
    assert found[1]["type"] == "clock"
