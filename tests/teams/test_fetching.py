import asyncio
import gzip
import json
import time

import pytest
from aiohttp import web

from bot.teams.fetching import MAX_BYTES, FetchError, Shared, fetch
from bot.teams.keys import KeysUnavailableError


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_that_is_too_long_is_given_up(keys, signer, microsoft, caplog, packed):
    body = json.dumps({"keys": [signer.jwk(x5c=["A" * MAX_BYTES])]}).encode()
    microsoft.answers["keys"] = {"body": body, "content_type": "application/json"}
    if packed:
        microsoft.answers["keys"] = {"body": gzip.compress(body), "headers": {"Content-Encoding": "gzip"}}
    with pytest.raises(KeysUnavailableError):
        await keys.find(signer.kid)
    assert "the answer is larger than 256 kB" in caplog.text


async def test_an_answer_that_takes_too_long_is_given_up(session, microsoft):
    microsoft.gate.clear()
    with pytest.raises(FetchError, match="no answer came in time"):
        await fetch(session, "GET", microsoft.authority.metadata_url, seconds=0.05)


async def test_a_body_that_stops_halfway_is_given_up(session, microsoft):
    async def stop_halfway(request):
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(json.dumps({"keys": []}).encode()[:5])
        await microsoft.gate.wait()
        return response

    app = web.Application()
    app.router.add_get("/", stop_halfway)
    microsoft.gate.clear()
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        with pytest.raises(FetchError, match="no answer came in time"):
            await fetch(session, "GET", f"http://127.0.0.1:{runner.addresses[0][1]}/", seconds=0.05)
    finally:
        microsoft.gate.set()
        await runner.cleanup()


async def test_shared_work_fails_for_all_who_wait_and_begins_anew():
    runs = []

    async def fail():
        runs.append(1)
        await asyncio.sleep(0)
        raise FetchError("as expected")

    shared = Shared(fail)
    outcomes = await asyncio.gather(*(shared() for _ in range(5)), return_exceptions=True)
    assert all(isinstance(each, FetchError) for each in outcomes)
    assert len(runs) == 1
    with pytest.raises(FetchError):
        await shared()
    assert len(runs) == 2


async def test_a_stalled_event_loop_would_be_noticed(stalls):
    async def block():
        time.sleep(0.06)  # noqa: ASYNC251  the very thing

    assert await stalls(block, 0.05)
