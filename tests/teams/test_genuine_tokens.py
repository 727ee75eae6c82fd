import asyncio
import time

import pytest

from bot.teams.access import Access
from bot.teams.keys import KeysUnavailableError
from bot.teams.tokens import Reason, TokenError, Tokens

EVIL = "https://evil.example.com/amer/"


def beyond(seconds):
    return int(time.time()) + seconds


@pytest.mark.parametrize("endorsements", [None, []])
async def test_a_key_without_endorsements_signs_for_teams(sender, microsoft, endorsements):
    microsoft.published[:] = [sender.signer.jwk(endorsements=endorsements)]
    await sender.bring(sender.signer.bearer())


async def test_a_genuine_request_is_let_in(sender, access):
    await sender.bring(sender.signer.bearer())
    for tenant in (*access.tenants, access.tenant.upper()):
        await sender.bring(sender.signer.bearer(), tenant=tenant)


async def test_the_clocks_may_differ_by_five_minutes(sender):
    await sender.bring(sender.signer.bearer(exp=beyond(-270)))
    await sender.bring(sender.signer.bearer(nbf=beyond(270)))
    await sender.bring(sender.signer.bearer(nbf=None))


async def test_a_token_ends_by_our_clock(sender, clock):
    token = sender.signer.bearer()
    await sender.bring(token)
    clock.forward(3600 + 301)
    assert await sender.refused(token) is Reason.EXPIRED


async def test_the_service_url_may_differ_in_case_and_slash(sender):
    url = sender.signer.claims["serviceurl"]
    for written in (url.rstrip("/"), url.replace("amer", "AMER"), url.replace("http", "HTTP")):
        await sender.bring(sender.signer.bearer(), service_url=written)
        await sender.bring(sender.signer.bearer(serviceurl=written))


async def test_who_sent_a_request_cannot_be_told_without_keys(sender, microsoft):
    microsoft.answers["keys"] = {"status": 500, "data": {}}
    with pytest.raises(KeysUnavailableError):
        await sender.bring(sender.signer.bearer())


async def test_a_flood_of_unknown_key_ids_leads_to_one_fetch(sender, microsoft, clock):
    await sender.bring(sender.signer.bearer())
    microsoft.asked.clear()
    clock.forward(61)
    tokens = [sender.stranger.sign(sender.stranger.claims, kid=f"made-up-{each}") for each in range(200)]
    reasons = await asyncio.gather(*(sender.refused(f"Bearer {token}") for token in tokens))
    assert set(reasons) == {Reason.KEY}
    assert microsoft.asked["keys"] == 1
    await sender.bring(sender.signer.bearer())


async def test_with_an_emulator_nobody_needs_a_token_and_only_it_gets_answers(keys, clock):
    open_access = Access("us", None, "home", open_to="http://localhost:56151")
    tokens = Tokens(open_access, keys, clock)
    here = {"service_url": "http://localhost:56151/_connector", "channel": "msteams", "tenant": "home"}
    await tokens.check([], **here)
    for changed, reason in (
        ({"service_url": EVIL}, Reason.HOST),
        ({"service_url": "http://localhost:5615/"}, Reason.HOST),
        ({"channel": "webchat"}, Reason.CHANNEL),
        ({"tenant": "another"}, Reason.TENANT),
    ):
        with pytest.raises(TokenError) as caught:
            await tokens.check([], **{**here, **changed})
        assert caught.value.reason is reason


async def test_a_check_is_too_short_to_hold_up_the_event_loop(sender, stalls):
    await sender.bring(sender.signer.bearer())
    token = sender.signer.bearer()

    async def bring_many():
        for _ in range(200):
            await sender.bring(token)
            await asyncio.sleep(0)

    assert not await stalls(bring_many, 0.05)
