"""Who is not Teams, at the door itself: over HTTP, with the coach behind it."""

import pytest

from bot.app import running
from bot.config import ServerSettings
from bot.teams.gate import MAX_BODY_BYTES, PATH
from bot.teams.tokens import Reason
from tests.teams.attacks import ATTACKS, FAULTS
from tests.teams.stand import BOT_TOKEN, Door


def test_there_are_seventeen():
    assert len(ATTACKS) == 17


async def test_teams_itself_is_let_in_and_answered_with_our_token(door, microsoft):
    assert await door.genuine() == (200, "{}")
    await microsoft.until_asked("connector")
    ((authorization, message),) = microsoft.sent
    assert authorization.startswith(f"Bearer {BOT_TOKEN}")
    assert "Vision vs. execution" in message["summary"]


@pytest.mark.parametrize(("make", "reason"), ATTACKS.values(), ids=ATTACKS.keys())
async def test_an_attack_is_refused_and_nothing_is_sent_anywhere(door, microsoft, elsewhere, make, reason):
    assert await door.knock(make(door)) == (401, f"the request is refused: {reason}")
    status, _ = await door.knock(make(door), door.activity(serviceUrl=elsewhere.url))
    assert status == 401
    await door.genuine()
    await microsoft.until_asked("connector")
    assert len(microsoft.sent) == 1
    assert elsewhere.got == []


@pytest.mark.parametrize(("changed", "reason"), FAULTS.values(), ids=FAULTS.keys())
async def test_a_genuine_token_lets_in_nothing_that_is_not_of_teams(door, microsoft, changed, reason):
    assert await door.genuine(**changed) == (401, f"the request is refused: {reason}")
    await door.genuine()
    await microsoft.until_asked("connector")
    assert len(microsoft.sent) == 1


@pytest.mark.parametrize("claimed", [True, False])
async def test_our_token_goes_to_no_address_but_microsofts(door, elsewhere, claimed):
    claims = {"serviceurl": elsewhere.url} if claimed else {}
    status, text = await door.knock([door.signer.bearer(**claims)], door.activity(serviceUrl=elsewhere.url))
    assert (status, text.rpartition(" ")[2]) == (401, Reason.HOST if claimed else Reason.ELSEWHERE)
    assert elsewhere.got == []


async def test_our_token_follows_nobody_who_sends_it_elsewhere(door, microsoft, elsewhere):
    headers = {"Location": elsewhere.url}
    microsoft.answers["connector"] = {"status": 307, "data": {}, "headers": headers}
    await door.genuine()
    await microsoft.until_asked("connector")
    microsoft.answers.clear()
    await door.genuine()
    await microsoft.until_asked("connector", 2)
    assert elsewhere.got == []


async def test_where_keys_cannot_be_fetched_nobody_is_let_in(bot, microsoft, session, signer):
    microsoft.answers["keys"] = {"status": 500, "data": {}}
    async with running(ServerSettings(port=0), [bot]) as address:
        door = Door(address + PATH, session, signer, signer)
        assert await door.genuine() == (503, "Microsoft's signing keys cannot be had just now")
        assert (await door.knock([]))[0] == 401
    assert microsoft.sent == []


BODIES = {
    "nothing": (b"", 401),
    "no JSON": (b"no JSON", 401),
    "no object": (b"[]", 401),
    "JSON nested deeply": (b"[" * 200_000, 401),
    "no UTF-8": (b"\xff\xfe{", 401),
    "too much": (b" " * (MAX_BODY_BYTES + 1), 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES.keys())
async def test_no_body_breaks_the_door(door, quiet, body, status):
    assert (await door.knock([door.signer.bearer()], data=body))[0] == status
    assert (await door.genuine())[0] == 200
    assert "incident" not in quiet.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
async def test_the_door_takes_nothing_but_post(door, session, method):
    async with session.request(method, door.address) as response:
        assert response.status == 405
