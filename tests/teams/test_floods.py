"""Many knocks at once, and a start beside them: nobody who is let in waits for those who are not."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.app import running
from bot.config import ServerSettings
from bot.teams.gate import PATH
from tests.teams.attacks import ATTACKS, rogue
from tests.teams.stand import MARK, Door

STALL_SECONDS = 0.05


@pytest.fixture
async def hanging(bot, microsoft, session, signer, stranger):
    """The door while Microsoft's key server does not answer."""
    microsoft.free |= {"login", "connector"}
    microsoft.gate.clear()
    async with asyncio.timeout(20), running(ServerSettings(port=0), [bot]) as address:
        yield Door(address + PATH, session, signer, stranger)


async def test_while_a_flood_of_attacks_comes_in_the_event_loop_is_never_held_up(door, microsoft, stalls):
    large = json.dumps(door.activity(text=f"{MARK} " * 15_000)).encode()
    await door.genuine()

    async def send(number):
        kid = [rogue(door, kid=f"made-up-{number}")]
        statuses = [(await door.knock(make(door)))[0] for make, _ in ATTACKS.values()]
        statuses += [(await door.knock(each, data=large))[0] for each in (kid, [rogue(door)])]
        assert set(statuses) == {401}
        assert (await door.genuine())[0] == 200

    async def flood():
        await asyncio.gather(*(send(number) for number in range(12)))

    assert not await stalls(flood, STALL_SECONDS)
    assert microsoft.asked["keys"] == 1


async def test_while_the_key_server_hangs_the_event_loop_goes_on(hanging, microsoft, stalls):
    knocks = [asyncio.create_task(hanging.knock([rogue(hanging, kid=f"made-up-{n}")])) for n in range(60)]
    knocks.append(asyncio.create_task(hanging.genuine()))
    await microsoft.until_asked("metadata")

    async def others():
        for make, _ in list(ATTACKS.values())[:5]:
            assert (await hanging.knock(make(hanging)))[0] == 401

    assert not await stalls(others, STALL_SECONDS)
    microsoft.gate.set()
    statuses = [status for status, _ in await asyncio.gather(*knocks)]
    assert statuses == [401] * 60 + [200]
    assert microsoft.asked["keys"] == 1


async def test_the_keys_are_there_before_the_first_request_and_the_start_waits_for_none(hanging, microsoft):
    await microsoft.until_asked("metadata")
    assert not microsoft.asked["keys"]
    microsoft.gate.set()
    await microsoft.until_asked("keys")
    assert (await hanging.genuine())[0] == 200
    assert microsoft.asked["keys"] == 1


async def test_a_start_does_not_fail_where_the_keys_do(bot, microsoft, session, quiet):
    microsoft.answers["metadata"] = {"status": 500, "data": {}}
    async with running(ServerSettings(port=0), [bot]) as address:
        await microsoft.until_asked("metadata")
        async with session.get(f"{address}/readyz") as response:
            assert response.status == 200
    assert "signing keys were not fetched" in quiet.text


async def test_what_a_server_wants_remembered_is_not(bot, microsoft, session, signer):
    here = microsoft.service_url.replace("127.0.0.1", "localhost")  # of a bare address nothing is ever kept
    hosts = frozenset({microsoft.host.replace("127.0.0.1", "localhost")})
    bot._access = replace(bot._access, authority=replace(microsoft.authority, hosts=hosts))
    signer.claims["serviceurl"] = here
    microsoft.answers["connector"] = {"data": {"id": "1"}, "headers": {"Set-Cookie": "who=us; Path=/"}}
    async with running(ServerSettings(port=0), [bot]) as address:
        door = Door(address + PATH, session, signer, signer)
        for times in (1, 2):
            await door.genuine()
            await microsoft.until_asked("connector", times)
    assert microsoft.cookies == []
