import asyncio
import logging
from dataclasses import replace

import pytest

from bot.errors import ConfigError, DeliveryError
from bot.teams.fetching import MAX_BYTES
from bot.teams.login import Login

HOUR = 3599


@pytest.fixture
def ask(login, microsoft):
    """Asks for the headers of a call to Teams."""
    return lambda: login.headers(microsoft.service_url)


REFUSALS = {
    7000215: "paste the secret's Value, not its Secret ID",
    7000222: "CLIENT_SECRET has expired: make a new secret",
    700016: "the directory TENANT_ID has no app CLIENT_ID",
    90002: "there is no directory TENANT_ID",
    900023: "TENANT_ID is not written like the id of a directory",
    7000112: "the app is disabled",
    7000229: "no enterprise application in the directory TENANT_ID",
}


@pytest.mark.parametrize(("code", "sentence"), REFUSALS.items(), ids=map(str, REFUSALS))
async def test_a_refusal_says_what_to_mend(login, ask, microsoft, code, sentence):
    microsoft.answers["login"] = {"status": 401, "data": refusal(code)}
    for asking in (ask, login.warm):
        with pytest.raises(ConfigError, match=sentence) as caught:
            await asking()
        assert f"AADSTS{code}" in str(caught.value)
    assert microsoft.asked["login"] == 2  # nothing is tried again by itself


def refusal(code, error="invalid_client"):
    """As Microsoft words one, with a name and a trace that are no business of the log."""
    return {
        "error": error,
        "error_description": f"AADSTS{code}: Marker sentence for app 'Marker'. Trace ID: Marker",
        "error_codes": [code],
        "trace_id": "Marker",
    }


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (refusal(53003), r"error\?code=53003 says why"),
        ({"error": "invalid_client"}, "it does not say why"),
        ({"error": "invalid_scope", "error_codes": ["Marker"]}, "it does not say why"),
    ],
)
async def test_a_refusal_that_nobody_foresaw_says_where_to_look(ask, microsoft, body, sentence):
    microsoft.answers["login"] = {"status": 400, "data": body}
    with pytest.raises(ConfigError, match=sentence) as caught:
        await ask()
    assert "Marker" not in str(caught.value)


TOKEN = {"token_type": "Bearer", "expires_in": HOUR, "access_token": "x"}
PASSING = {
    "an error": {"status": 500, "data": {}},
    "an error in words": {"status": 503, "data": refusal(90033, "temporarily_unavailable")},
    "a refusal that passes": {"status": 400, "data": refusal(90033, "temporarily_unavailable")},
    "a page of a proxy": {"status": 403, "text": "<html>"},
    "a refusal of a proxy": {"status": 403, "data": {"message": "blocked"}},
    "a redirect": {"status": 307, "data": {}, "headers": {"Location": "/elsewhere/oauth2/v2.0/token"}},
    "no JSON": {"text": "token"},
    "too much": {"text": " " * (MAX_BYTES + 1) + "{}"},
    "no token": {"data": {"token_type": "Bearer", "expires_in": HOUR}},
    "a token that is no text": {"data": {**TOKEN, "access_token": 1}},
    "a token with a line break": {"data": {**TOKEN, "access_token": "x\r\nHost: evil.com"}},
    "no end": {"data": {"access_token": "x"}},
    "an end in words": {"data": {**TOKEN, "expires_in": "soon"}},
    "an end that never comes": {"data": {**TOKEN, "expires_in": float("inf")}},
    "an end beyond all floats": {"data": {**TOKEN, "expires_in": 10**400}},
    "an end before its beginning": {"data": {**TOKEN, "expires_in": -1}},
    "yes for an end": {"data": {**TOKEN, "expires_in": True}},
}


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
async def test_what_passes_by_itself_may_be_tried_again(login, ask, microsoft, answer):
    microsoft.answers["login"] = answer
    with pytest.raises(DeliveryError, match="no token from Microsoft") as caught:
        await ask()
    assert not caught.value.outcome_unknown
    assert caught.value.permanent is None
    assert not await login.warm()
    assert microsoft.asked["login"] == 2
    microsoft.answers.clear()
    assert await ask()
    assert microsoft.asked["login"] == 3


@pytest.mark.parametrize(("said", "seconds"), [("7", 7.0), ("", None), ("Mon, 23 Nov 2026", None)])
async def test_too_many_logins_wait_as_long_as_microsoft_says(ask, microsoft, said, seconds):
    microsoft.answers["login"] = {"status": 429, "data": {}, "headers": {"Retry-After": said}}
    with pytest.raises(DeliveryError) as caught:
        await ask()
    assert caught.value.retry_after_seconds == seconds


async def test_a_login_server_that_nobody_answers_at_may_be_tried_again(access, session, unused_tcp_port):
    nowhere = replace(access.authority, login_url=f"http://127.0.0.1:{unused_tcp_port}/")
    login = Login(replace(access, authority=nowhere), session)
    assert not await login.warm()


async def test_an_end_may_be_written_as_a_text(login, microsoft):
    microsoft.answers["login"] = {"data": {**TOKEN, "expires_in": "3599"}}
    assert await login.headers(microsoft.service_url) == {"Authorization": "Bearer x"}
    assert login.known


async def test_a_token_of_less_than_five_minutes_is_used_once(login, microsoft):
    microsoft.answers["login"] = {"data": {**TOKEN, "expires_in": 60}}
    assert await login.headers(microsoft.service_url)
    assert not login.known


async def test_nothing_shows_the_secret_or_the_token(login, ask, access, microsoft, caplog):
    caplog.set_level(logging.DEBUG)
    shown = []
    for answer in ({"status": 401, "data": refusal(7000215)}, *PASSING.values()):
        microsoft.answers["login"] = answer
        with pytest.raises((ConfigError, DeliveryError)) as caught:
            await ask()
        shown += [repr(caught.value), str(caught.value), repr(caught.value.__cause__)]
        await asyncio.gather(login.warm(), return_exceptions=True)
    microsoft.answers.clear()
    headers = await login.headers(microsoft.service_url)
    shown += [caplog.text, repr(login), repr(login._kept), repr(access)]
    secrets = (access.client_secret, headers["Authorization"].removeprefix("Bearer "))
    assert not any(secret in each for secret in secrets for each in shown)
