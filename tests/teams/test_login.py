import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.errors import DeliveryError
from bot.teams.access import Access
from bot.teams.login import Login

HOUR = 3599


@pytest.fixture
def ask(login, microsoft):
    """Asks for the headers of a call to Teams; gives the number of the token in them."""

    async def ask():
        headers = await login.headers(microsoft.service_url)
        scheme, token = headers["Authorization"].split(" ")
        assert scheme == "Bearer"
        return int(token.rpartition(".")[2])

    return ask


async def test_the_token_is_asked_for_with_the_apps_own_credentials_at_home(ask, access, microsoft):
    assert await ask() == 1
    assert microsoft.forms == [
        {
            "tenant": access.tenant,
            "grant_type": "client_credentials",
            "client_id": access.client_id,
            "client_secret": access.client_secret,
            "scope": "https://api.botframework.com/.default",
        }
    ]


async def test_a_token_is_kept_until_five_minutes_before_its_end(ask, login, clock):
    assert [await ask(), await ask()] == [1, 1]
    clock.forward(HOUR - 305)
    assert login.known
    assert await ask() == 1
    clock.forward(10)
    assert not login.known
    assert await ask() == 2


async def test_however_many_ask_at_once_there_is_one_login(ask, microsoft):
    assert await asyncio.gather(*(ask() for _ in range(100))) == [1] * 100
    assert microsoft.asked["login"] == 1


async def test_a_login_goes_on_when_the_one_who_asked_goes_away(ask, microsoft):
    microsoft.gate.clear()
    asking = [asyncio.create_task(ask()) for _ in range(2)]
    await microsoft.until_asked("login")
    asking[0].cancel()
    microsoft.gate.set()
    assert await asking[1] == 1
    assert microsoft.asked["login"] == 1


async def test_a_token_that_teams_refuses_is_dropped_once(ask, login, microsoft):
    refused = await login.headers(microsoft.service_url)
    login.drop(refused)
    assert await ask() == 2
    login.drop(refused)
    login.drop({})
    assert await ask() == 2


async def test_a_token_can_be_had_ready(login, ask, microsoft):
    assert not login.known
    assert await login.warm()
    assert await login.warm()
    assert login.known
    assert await ask() == 1
    assert microsoft.asked["login"] == 1


async def test_a_tenant_cannot_lead_elsewhere_on_the_login_server(access, session, microsoft):
    login = Login(replace(access, tenant="../common?x=/"), session)
    await login.headers(microsoft.service_url)
    assert microsoft.forms[0]["tenant"] == "../common?x=/"


PIECES = st.sampled_from(
    [
        *(
            "@",
            ":",
            "/",
            "\\",
            ".",
            "?",
            "#",
            "%2e",
            "\t",
            "\n",
            " ",
            "\0",
            ":80",
            ":1",
            "..",
            "0",
            "evil.com",
        ),
        *(
            "https://",
            "http://evil.com/",
            "//evil.com/",
            ".evil.com",
            "localhost",
            "[::1]",
            "\u212a",
            "。",
            "x",
        ),
        *("https://smba.trafficmanager.net/", "user@", "127.0.0.1"),
    ]
)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_our_token_is_sent_to_no_other_address(login, microsoft, data):
    url = data.draw(st.sampled_from([microsoft.service_url, microsoft.origin, ""]))
    for piece in data.draw(st.lists(PIECES | st.text(max_size=2), max_size=3)):
        at = data.draw(st.integers(0, len(url)))
        url = url[:at] + piece + url[at:]
    try:
        headers = await login.headers(url)
    except DeliveryError:
        return
    assert headers["Authorization"].startswith("Bearer ")
    assert URL(f"{url}/v3/conversations").authority == microsoft.host
    assert URL(url).scheme == "http"


@pytest.mark.parametrize(
    "url", ["https://evil.com/", "https://smba.trafficmanager.net.evil.com/", "http://127.0.0.1:1/amer/"]
)
async def test_another_address_is_refused_before_anybody_is_asked(login, microsoft, url):
    with pytest.raises(DeliveryError, match="the address is not one of Teams'"):
        await login.headers(url)
    assert not microsoft.asked


async def test_an_emulator_gets_no_token(session):
    login = Login(Access("us", None, "home", open_to="http://localhost:56151"), session)
    assert login.known
    assert await login.warm()
    assert await login.headers("http://localhost:56151/_connector") == {}
    with pytest.raises(DeliveryError, match="the address is not one of Teams'"):
        await login.headers("https://smba.trafficmanager.net/amer/")
