"""Signed requests of a shape that Slack never sends: a status that fits, and nothing kept of the body."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": 5},
        {"type": "%s"},
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "%s"}, "event_id": "E1"},
        {"type": "event_callback", "event": {"type": "message", "text": "%s"}},
        {"type": "event_callback", "event": {"type": "app_mention", "user": "U1", "text": "%s"}},
        {"type": "event_callback", "event": {"type": "app_home_opened"}},
        {"type": "url_verification"},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "%s", "type": "button", "value": "%s"}]},
        {"type": "block_actions", "actions": [{"action_id": "lvm:step:0", "value": "%s"}]},
        {"type": "block_actions", "actions": {"action_id": "lvm:step:0"}},
        {"type": "block_actions", "team": 5, "actions": [{"action_id": "lvm:step:0"}]},
        {"type": "view_submission", "view": {"callback_id": "%s"}},
        {"type": "view_submission", "view": {"callback_id": "lvm:answer", "state": "%s"}},
        {"type": "view_submission", "view": 5},
        {"type": "view_closed", "view": {"callback_id": "lvm:answer"}},
        {"type": "shortcut", "callback_id": "%s"},
        {"type": "message_action", "callback_id": "%s"},
        {"type": "block_suggestion", "action_id": "%s", "value": "%s"},
        {"type": "workflow_step_edit", "callback_id": "%s"},
        {"command": "%s", "text": "%s"},
        {"command": "/%s", "text": "%s"},
        {"command": 5, "text": ["%s"]},
    ],
    ids=json.dumps,
)
async def test_what_is_unknown_or_oddly_shaped_is_taken_calmly(door, mark, payload):
    payload = json.loads(json.dumps(payload).replace("%s", mark))
    for answer in (await door.json(payload), await door.interaction(payload)):
        assert answer.status in {200, 400}
        assert mark not in answer.text


@pytest.mark.timeout(30)
async def test_a_genuine_request_with_any_one_part_made_odd_is_taken_calmly(slack, door, said, mark):
    genuine = await _genuine(slack, said, mark)
    sent = 0
    for payload in genuine:
        for odd in _made_odd(payload):
            answer = await door.json(odd)
            sent += 1
            assert answer.status in {200, 400}, odd
            assert mark not in answer.text
    assert sent > 400
    assert not [m for m in slack.messages() + slack.messages(_direct(slack)) if m.bot and mark in str(m)]


async def _genuine(slack, said, mark):
    """Have a command, a click, an event of each sort and a submission sent; give what was sent."""
    await slack.command("/lvm", f"what is leadership {mark}")
    await slack.command("/lvm", "difference vision")
    await slack.click(slack.messages()[-1], "Example")
    await slack.mention(f"what is leadership {mark}")
    await slack.direct_message(f"what is leadership {mark}")
    await slack.open_home()
    home = await slack.until(lambda: slack.home)
    await slack.enter(home, "lvm:question", f"what is leadership {mark}")
    modal = await slack.until(lambda: slack.modal)
    await slack.submit(modal, {"lvm:question": f"what is management {mark}"})
    await slack.until(lambda: len(said(slack)) >= 3 and said(slack, _direct(slack)))
    sent = [json.loads(json.dumps(delivered.envelope.payload)) for delivered in slack.deliveries]
    of_people = [payload for payload in sent if "bot_id" not in payload.get("event", {})]
    return {_sort(payload): payload for payload in of_people}.values()


def _sort(payload):
    event = payload.get("event", {})
    return payload.get("type"), payload.get("command"), event.get("type"), "response_url" in payload


def _made_odd(payload):
    """Copies of a payload, each with one part replaced; a view's own blocks are left alone."""
    for number, path in enumerate(_paths(payload)):
        for odd in (None, 5, [], "x"):
            copy = json.loads(json.dumps(payload)) | {"nonce": f"{number} {odd}"}
            if "event_id" in copy:
                copy["event_id"] = f"{payload['event_id']} {number} {odd}"
            holder = copy
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = odd
            yield copy


def _paths(part, path=()):
    if path:
        yield path
    if path and path[-1] in {"blocks", "message"}:
        return
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in items:
        yield from _paths(value, (*path, key))


def _direct(slack):
    return next(c.id for c in slack.workspace.channels.values() if c.kind == "im")
