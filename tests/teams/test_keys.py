import asyncio
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from bot.teams.keys import Keys, KeysUnavailableError

DAY = 24 * 3600
STALL_SECONDS = 2.0


@pytest.fixture
async def known(keys, signer):
    """Keys that were fetched just now."""
    assert await keys.find(signer.kid)
    return keys


async def test_a_known_key_is_found_with_its_endorsements(keys, signer):
    key = await keys.find(signer.kid)
    assert key.public.public_numbers() == signer.key.public_key().public_numbers()
    assert key.endorsements == {"msteams", "webchat"}


async def test_keys_are_kept_for_a_day(keys, signer, microsoft, clock):
    assert await keys.warm()
    clock.forward(DAY - 5)
    await keys.find(signer.kid)
    assert microsoft.asked == {"metadata": 1, "keys": 1}
    clock.forward(10)
    await keys.find(signer.kid)
    assert microsoft.asked == {"metadata": 2, "keys": 2}


async def test_a_key_that_is_withdrawn_is_forgotten_after_a_day(keys, signer, microsoft, clock):
    await keys.find(signer.kid)
    microsoft.published[:] = [signer.jwk(kid="the-new-one")]
    assert await keys.find(signer.kid)
    clock.forward(DAY + 1)
    assert await keys.find(signer.kid) is None
    assert await keys.find("the-new-one")


async def test_a_new_key_is_found_within_a_minute(keys, signer, microsoft, clock):
    await keys.find(signer.kid)
    microsoft.published.append(signer.jwk(kid="the-new-one"))
    assert await keys.find("the-new-one") is None
    clock.forward(61)
    assert await keys.find("the-new-one")


async def test_however_many_ask_at_once_the_keys_are_fetched_once(keys, signer, microsoft):
    found = await asyncio.gather(*(keys.find(signer.kid) for _ in range(100)))
    assert all(found)
    assert microsoft.asked["keys"] == 1


async def test_unknown_key_ids_lead_to_one_fetch_a_minute(keys, signer, microsoft, clock):
    await keys.find(signer.kid)
    for minute in range(1, 4):
        clock.forward(61)
        found = await asyncio.gather(*(keys.find(f"made-up-{each}") for each in range(300)))
        found += [await keys.find(f"later-{each}") for each in range(300)]
        assert not any(found)
        assert microsoft.asked["keys"] == 1 + minute


async def test_known_keys_are_found_while_a_fetch_hangs(keys, signer, microsoft, clock):
    await keys.find(signer.kid)
    clock.forward(61)
    microsoft.gate.clear()
    asking = asyncio.create_task(keys.find("made-up"))
    await microsoft.until_asked("metadata", 2)
    async with asyncio.timeout(1):
        assert await keys.find(signer.kid)
    microsoft.gate.set()
    assert await asking is None


async def test_a_fetch_goes_on_when_the_one_who_asked_goes_away(keys, signer, microsoft):
    microsoft.gate.clear()
    asking = [asyncio.create_task(keys.find(signer.kid)) for _ in range(2)]
    await microsoft.until_asked("metadata")
    asking[0].cancel()
    microsoft.gate.set()
    assert await asking[1]
    assert asking[0].cancelled()
    assert microsoft.asked["keys"] == 1


FAILURES = {
    "an error": {"status": 500, "data": {}},
    "a refusal": {"status": 403, "data": {}},
    "a redirect": {"status": 302, "data": {}, "headers": {"Location": "/v1/.well-known/keys"}},
    "no JSON": {"text": "<html>"},
    "no object": {"data": []},
    "nothing of what it should": {"data": {"jwks_uri": 1, "keys": 1}},
    "JSON nested deeply": {"text": "[" * 100_000},
    "what it says is packed and is not": {"body": b"{}", "headers": {"Content-Encoding": "deflate"}},
}


@pytest.mark.parametrize("what", ["metadata", "keys"])
@pytest.mark.parametrize("answer", FAILURES.values(), ids=FAILURES.keys())
async def test_where_no_key_is_known_a_failing_key_server_is_told_from_an_unknown_key(
    keys, signer, microsoft, what, answer
):
    microsoft.answers[what] = answer
    with pytest.raises(KeysUnavailableError):
        await keys.find(signer.kid)
    assert not await keys.warm()


@pytest.mark.parametrize("what", ["metadata", "keys"])
@pytest.mark.parametrize("answer", FAILURES.values(), ids=FAILURES.keys())
async def test_where_keys_are_known_they_go_on(known, microsoft, clock, what, answer):
    microsoft.answers[what] = answer
    clock.forward(DAY + 1)
    assert await known.find("a-known-key")
    assert await known.find("made-up") is None
    assert microsoft.asked["metadata"] == 2


async def test_a_key_server_that_fails_at_first_is_asked_again_after_five_seconds(
    keys, signer, microsoft, clock
):
    microsoft.answers["keys"] = {"status": 503, "data": {}}
    for _ in range(20):
        with pytest.raises(KeysUnavailableError):
            await keys.find(signer.kid)
    assert microsoft.asked["keys"] == 1
    microsoft.answers.clear()
    clock.forward(6)
    assert await keys.find(signer.kid)


async def test_a_key_server_that_nobody_answers_at_is_a_failing_one(session, unused_tcp_port):
    keys = Keys(f"http://127.0.0.1:{unused_tcp_port}/", session)
    with pytest.raises(KeysUnavailableError):
        await keys.find("any")


async def test_a_failure_is_logged_without_what_was_asked_for(keys, microsoft, caplog):
    microsoft.answers["keys"] = {"status": 500, "data": {}}
    with caplog.at_level(logging.DEBUG, "bot"), pytest.raises(KeysUnavailableError):
        await keys.find("a-key-id-from-outside")
    assert "signing keys were not fetched: the answer was 500" in caplog.text
    assert "a-key-id-from-outside" not in caplog.text


@pytest.mark.parametrize(
    "address",
    ["http://evil.com/keys", "ftp://127.0.0.1/keys", "//127.0.0.1/keys", "file:///etc/passwd", "", None],
)
async def test_the_metadata_may_not_send_us_to_an_unsafe_address(keys, microsoft, caplog, address):
    microsoft.answers["metadata"] = {"data": {"jwks_uri": address}}
    with pytest.raises(KeysUnavailableError):
        await keys.find("any")
    assert "name no safe address" in caplog.text


def elliptic():
    return ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True)


UNUSABLE = {
    "no object": lambda _: "key",
    "nothing": lambda _: {},
    "no id": lambda s: s.jwk(kid=None),
    "an id that is no text": lambda s: s.jwk(kid=[1]),
    "another purpose": lambda s: s.jwk(use="enc"),
    "another algorithm": lambda s: s.jwk(alg="RS512"),
    "another sort": lambda s: s.jwk(kty="oct", k="c2VjcmV0"),
    "an elliptic curve": lambda s: s.jwk(**elliptic()),
    "too few bits": lambda s: s.jwk(n="w" + "_" * 170),
    "too many bits": lambda s: s.jwk(n="_" * 1400 + "w"),
    "an even exponent": lambda s: s.jwk(e="AAAC"),
    "no number": lambda s: s.jwk(n="%%%"),
    "a number that is no text": lambda s: s.jwk(n=5),
    "nothing for a number": lambda s: s.jwk(n=""),
    "an endorsement that is no text": lambda s: s.jwk(endorsements=[["msteams"]]),
    "endorsements that are no list": lambda s: s.jwk(endorsements="msteams"),
}


@pytest.mark.parametrize("make", UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_a_key_that_cannot_be_used_does_no_harm_to_the_others(keys, signer, microsoft, make):
    microsoft.published[:] = [make(signer), signer.jwk(kid="the-good-one")]
    assert await keys.find("the-good-one")
    assert await keys.find(signer.kid) is None


async def test_of_a_private_key_only_the_public_half_is_taken(keys, signer, microsoft):
    microsoft.published[:] = [{**RSAAlgorithm.to_jwk(signer.key, as_dict=True), "kid": "private"}]
    key = await keys.find("private")
    assert not hasattr(key.public, "sign")


async def test_the_event_loop_is_never_held_up_while_a_key_server_takes_two_seconds(
    keys, signer, microsoft, clock, stalls
):
    async def ask():
        microsoft.gate.clear()
        clock.forward(DAY + 1)
        asyncio.get_running_loop().call_later(STALL_SECONDS, microsoft.gate.set)
        assert await keys.find(signer.kid)

    assert not await stalls(ask, 0.05)
