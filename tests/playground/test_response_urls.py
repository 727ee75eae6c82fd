"""The limits of later answers."""

import json

from bot.playground.disturbances import RateLimited
from bot.playground.workspace import COLLEAGUES, YOU


async def new_url(slack):
    await slack.command("/lvm")
    return slack._response_urls.issue("C0GENERAL1", YOU.id)


async def test_five_answers_and_no_more(slack, fetch):
    url = await new_url(slack)
    statuses = [(await fetch("POST", url, json={"text": str(n)})).status for n in range(6)]
    assert statuses == [200] * 5 + [404]
    assert json.loads((await fetch("POST", url, json={"text": "x"})).body)["error"] == "used_url"


async def test_half_an_hour_and_no_longer(slack, fetch, clock):
    url = await new_url(slack)
    clock.ahead_seconds = 30 * 60 - 5
    assert (await fetch("POST", url, json={"text": "in time"})).status == 200
    clock.ahead_seconds = 30 * 60 + 5
    assert json.loads((await fetch("POST", url, json={"text": "late"})).body)["error"] == "expired_url"


async def test_answers_are_for_the_asker_unless_said_otherwise(slack, fetch):
    url = await new_url(slack)
    await fetch("POST", url, json={"text": "to you"})
    await fetch("POST", url, json={"text": "to all", "response_type": "in_channel"})
    assert [m.text for m in slack.messages(viewer=COLLEAGUES[0])] == ["to all"]
    assert "to you" in [m.text for m in slack.messages()]


async def test_what_slack_would_refuse_is_refused_and_not_counted(slack, fetch):
    url = await new_url(slack)
    for _ in range(6):
        refused = await fetch("POST", url, json={"text": "x", "blocks": [{"type": "nothing"}]})
    assert (refused.status, json.loads(refused.body)["error"]) == (400, "invalid_blocks")
    assert (await fetch("POST", url, data=b"[1")).status == 400
    assert (await fetch("POST", url, json={"text": "x"})).status == 200


async def test_a_limit_can_be_ordered(slack, fetch):
    url = await new_url(slack)
    slack.next_answer("response_url", RateLimited(7))
    limited = await fetch("POST", url, json={"text": "x"})
    assert (limited.status, limited.headers["Retry-After"]) == (429, "7")


async def test_addresses_cannot_be_guessed(slack, fetch):
    assert len((await new_url(slack)).rsplit("/", 1)[1]) >= 32
    assert (await fetch("POST", f"{slack.origin}/respond/guess", json={"text": "x"})).status == 404
