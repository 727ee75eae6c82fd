"""What is sent to Teams: tried again as Teams wants it, and with a word on what became of it."""

from dataclasses import replace

import aiohttp
import pytest

from bot.errors import DeliveryError, Refusal
from bot.playground.teams.disturbances import RESET, Call
from bot.playground.teams.emulator import TeamsEmulator
from bot.playground.teams.model import BOT_ACCOUNT, CLIENT_ID, TENANT_ID
from bot.playground.teams.model import Scope as There
from bot.playground.teams.tenant import COLLEAGUE, YOU
from bot.teams.access import Access, Authority
from bot.teams.activity import Place, Scope
from bot.teams.connector import CALL_SECONDS, MAX_TRIES, MAX_WAIT_SECONDS, Connector
from bot.teams.login import Login
from bot.teams.rendering import notice

HELLO = notice("hello")
AGAIN = [412, 429, 502, 504]


class Sleeps(list):
    """Takes no time and remembers how much was asked for."""

    async def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def sleeps():
    return Sleeps()


@pytest.fixture
async def emulator():
    async with TeamsEmulator(environment={}) as emulator:
        yield emulator


@pytest.fixture
def connect(emulator, sleeps):
    """A connector that has its token from the emulator, for the service address of this or another one."""

    def make(session, to=emulator):
        authority = Authority(emulator.metadata_url, emulator.login_url, frozenset({to.host}), scheme="http")
        access = Access(CLIENT_ID, emulator.client_secret, TENANT_ID, authority=authority)
        return Connector(Login(access, session), session, sleeps)

    return make


@pytest.fixture
def connector(connect, session):
    return connect(session)


@pytest.fixture
def place(emulator):
    own = emulator.tenant.place(There.PERSONAL)
    return Place(TENANT_ID, own.id, Scope.PERSONAL, emulator.service_url)


def _texts(emulator):
    return [message.text for message in emulator.answers(There.PERSONAL)]


async def _failed(sending):
    with pytest.raises(DeliveryError) as caught:
        await sending
    return caught.value


async def test_a_message_is_named_as_teams_names_it(emulator, connector, place):
    name = await connector.reply(place, HELLO)
    (message,) = emulator.answers(There.PERSONAL)
    assert (name, message.text) == (message.id, "hello")


@pytest.mark.parametrize("status", AGAIN)
async def test_what_teams_wants_again_is_sent_again(emulator, connector, place, sleeps, status):
    emulator.next_answer(status)
    await connector.reply(place, HELLO)
    assert _texts(emulator) == ["hello"]
    assert len(sleeps) == 1
    assert 2 <= sleeps[0] <= 4


@pytest.mark.parametrize("status", AGAIN)
async def test_it_is_not_sent_again_for_ever(emulator, connector, place, sleeps, status):
    for _ in range(MAX_TRIES):
        emulator.next_answer(status)
    error = await _failed(connector.reply(place, HELLO))
    assert error.outcome_unknown == (status in {502, 504})
    assert _texts(emulator) == []
    assert len(sleeps) == MAX_TRIES - 1


async def test_a_pause_that_teams_asks_for_is_kept(emulator, connector, place, sleeps):
    emulator.next_answer(429, {"Retry-After": "7"})
    await connector.reply(place, HELLO)
    assert sleeps == [7.0]
    assert _texts(emulator) == ["hello"]


async def test_a_pause_too_long_for_anybody_is_not_waited_for(emulator, connector, place, sleeps):
    emulator.next_answer(429, {"Retry-After": str(MAX_WAIT_SECONDS + 1)})
    assert (await _failed(connector.reply(place, HELLO))).retry_after_seconds == MAX_WAIT_SECONDS + 1
    assert sleeps == []


@pytest.mark.parametrize("said", ["soon", "-1", "inf", "nan", ""])
async def test_a_pause_that_cannot_be_read_is_a_short_one(emulator, connector, place, sleeps, said):
    emulator.next_answer(429, {"Retry-After": said})
    await connector.reply(place, HELLO)
    assert sleeps == [2.0]


@pytest.mark.parametrize("status", [403, 404])
async def test_who_blocked_us_or_is_gone_is_so_for_good(emulator, connector, place, sleeps, status):
    emulator.next_answer(status)
    error = await _failed(connector.reply(place, HELLO))
    assert (error.permanent, error.outcome_unknown) == (Refusal.TARGET_GONE, False)
    assert sleeps == []


async def test_teams_own_refusals_are_for_good_too(emulator, connector, place):
    emulator.tenant.blocked.add(place.conversation)
    assert (await _failed(connector.reply(place, HELLO))).permanent is Refusal.TARGET_GONE
    nowhere = Place(TENANT_ID, "19:none@thread.tacv2", Scope.CHANNEL, place.service_url)
    assert (await _failed(connector.reply(nowhere, HELLO))).permanent is Refusal.TARGET_GONE
    assert [call.error for call in emulator.calls] == ["MessageWritesBlocked", "ConversationNotFound"]


@pytest.mark.parametrize("accepted", [True, False])
async def test_after_a_reset_nothing_is_sent_again(emulator, connector, place, sleeps, accepted):
    emulator.next_answer(RESET, accepted=accepted)
    error = await _failed(connector.reply(place, HELLO))
    assert (error.outcome_unknown, error.permanent) == (True, None)
    assert _texts(emulator) == ["hello"] * accepted
    assert sleeps == []


@pytest.mark.parametrize("status", [500, 503])
async def test_after_another_failure_of_teams_nothing_is_sent_again(emulator, connector, place, status):
    emulator.next_answer(status, accepted=True)
    assert (await _failed(connector.reply(place, HELLO))).outcome_unknown
    assert _texts(emulator) == ["hello"]


@pytest.mark.parametrize("status", [302, 400, 413])
async def test_any_other_answer_is_a_refusal_of_this_message_alone(emulator, connector, place, status):
    emulator.next_answer(status, {"Location": "/elsewhere"})
    error = await _failed(connector.reply(place, HELLO))
    assert (error.outcome_unknown, error.permanent, error.retry_after_seconds) == (False, None, None)
    assert len(emulator.calls) == 1


async def test_who_takes_too_long_leaves_it_open(emulator, connect, place):
    emulator.next_answer(200, seconds=5)
    assert CALL_SECONDS > 5
    async with aiohttp.ClientSession() as session:
        connector = connect(session)
        connector._session = Hurried(session)
        assert (await _failed(connector.reply(place, HELLO))).outcome_unknown
    assert _texts(emulator) == ["hello"]


class Hurried:
    """A session that waits for nobody longer than a moment."""

    def __init__(self, session):
        self._session = session

    def request(self, *arguments, timeout, **options):
        assert timeout.total == CALL_SECONDS
        return self._session.request(*arguments, timeout=aiohttp.ClientTimeout(total=0.3), **options)


async def test_where_nobody_listens_it_is_tried_three_times(connect, session, sleeps, place):
    async with TeamsEmulator(environment={}) as gone:
        pass
    nobody = replace(place, service_url=gone.service_url)
    error = await _failed(connect(session, gone).reply(nobody, HELLO))
    assert not error.outcome_unknown
    assert len(sleeps) == MAX_TRIES - 1


async def test_a_token_that_teams_does_not_take_is_never_used_again(emulator, connector, place):
    await connector.reply(place, HELLO)
    emulator.revoke()
    assert not (await _failed(connector.post(place, HELLO))).outcome_unknown
    await connector.post(place, HELLO)
    assert _texts(emulator) == ["hello", "hello"]


async def test_a_private_message_names_who_sees_it(emulator, connector, place):
    group = Place(TENANT_ID, emulator.tenant.place(There.GROUP).id, Scope.GROUP, place.service_url)
    await connector.reply(group, HELLO, to=YOU.account)
    assert emulator.answers(There.GROUP)[0].audience == YOU.account
    assert not emulator.answers(There.GROUP, COLLEAGUE)


async def test_a_chat_is_opened_with_who_has_us_and_with_members_of_our_teams(emulator, connector, place):
    assert await connector.open_chat(place, BOT_ACCOUNT, YOU.account) == place.conversation
    assert await connector.open_chat(place, BOT_ACCOUNT, COLLEAGUE.account)
    emulator.tenant.installed.remove(emulator.tenant.place(There.CHANNEL).id)
    error = await _failed(connector.open_chat(place, BOT_ACCOUNT, COLLEAGUE.account))
    assert error.permanent is Refusal.TARGET_GONE


async def test_a_member_is_told_of(emulator, connector, place):
    assert (await connector.member(place, YOU.account))["userRole"] == "user"
    emulator.next_answer(504, call=Call.MEMBER)
    assert (await _failed(connector.member(place, YOU.account))).outcome_unknown


async def test_a_thread_takes_no_more_than_teams_documents():
    async with TeamsEmulator(environment={}, is_throttled=True, clock=lambda: 1_000.5) as emulator:
        for number in range(9):
            emulator._connector._throttle.count("another")
            assert (emulator._connector._throttle.count("one") > 0) == (number >= 7)
