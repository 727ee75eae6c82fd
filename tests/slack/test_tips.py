"""One tip on its way to Slack, and every way in which that can fail."""

import socket
from contextlib import ExitStack, closing
from datetime import date

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.coach.answer import Answer
from bot.coach.match import MatchKind
from bot.errors import ConfigError, DeliveryError, Refusal, StoreError
from bot.playground.disturbances import ConnectionReset, RateLimited, Refused, ServerFailure, Slow
from bot.playground.emulator import Emulator
from bot.playground.workspace import YOU
from bot.slack.tips import TipDelivery
from bot.slack.workspace import CALL_SECONDS, CONNECT_SECONDS, TIMEOUT
from bot.store.records import Delivery, Key, State, TargetKind

TIP = Answer(MatchKind.TOOL, "A tip", "Do <less>.")
POST = "chat.postMessage"
NEVER_SENT = {"outcome_unknown": False, "retry_after_seconds": None, "permanent": None}


def due(target=YOU.id, workspace_id=7):
    key = Key(17, date(2026, 11, 23))
    return Delivery(
        key, workspace_id, TargetKind.PERSON, target, 0, 0, State.SENDING, 1, "t", 0, "a-tip", None
    )


async def seven():
    return 7


async def nobody():
    return None


@pytest.fixture
async def slack():
    async with Emulator() as slack:
        yield slack


@pytest.fixture
def tips(slack, session):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
    return TipDelivery(client, seven)


@pytest.fixture
def nowhere():
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


async def _failed(tips, delivery=None):
    with pytest.raises(DeliveryError) as caught:
        await tips.deliver(delivery or due(), TIP)
    return caught.value


async def test_a_tip_is_named_by_where_it_stands_and_carries_its_key(slack, tips):
    name = await tips.deliver(due(), TIP)
    (message,) = slack.messages(YOU.id)
    assert name == f"{message.channel}:{message.ts}"
    assert message.metadata == {"event_type": "daily_tip", "event_payload": {"key": "17:2026-11-23"}}


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        *((gone, Refusal.TARGET_GONE) for gone in ("channel_not_found", "is_archived", "not_in_channel")),
        *((gone, Refusal.TARGET_GONE) for gone in ("user_disabled", "user_not_found")),
        *((gone, Refusal.WORKSPACE_GONE) for gone in ("account_inactive", "token_revoked", "invalid_auth")),
        ("missing_scope", Refusal.WORKSPACE_GONE),
        ("invalid_blocks", None),
    ],
)
async def test_a_refusal_says_whether_it_is_for_good(slack, tips, reason, expected):
    slack.next_answer(POST, Refused(reason))
    error = await _failed(tips)
    assert (error.permanent, error.outcome_unknown) == (expected, False)
    assert not slack.messages(YOU.id)


async def test_being_told_to_wait_says_how_long(slack, tips):
    slack.next_answer(POST, RateLimited(12))
    assert (await _failed(tips)).retry_after_seconds == 12


@pytest.mark.parametrize("reason", ["internal_error", "fatal_error", "service_unavailable"])
async def test_after_an_error_within_slack_it_may_have_arrived(slack, tips, reason):
    slack.next_answer(POST, Refused(reason))
    assert (await _failed(tips)).outcome_unknown


@pytest.mark.parametrize("what", [ServerFailure(500), ServerFailure(503), ConnectionReset(accepted=False)])
async def test_what_broke_off_may_have_arrived_and_is_not_sent_again(slack, tips, what):
    slack.next_answer(POST, what)
    assert (await _failed(tips)).outcome_unknown
    assert len([call for call in slack.calls if call.method == POST]) == 1


async def test_a_reset_after_it_arrived_is_not_sent_again_either(slack, tips):
    slack.next_answer(POST, ConnectionReset(accepted=True))
    assert (await _failed(tips)).outcome_unknown
    assert len(slack.messages(YOU.id)) == 1


@pytest.mark.parametrize("answer", [{"text": "<html>"}, {"text": "[]"}, {"text": "", "status": 204}])
async def test_a_page_in_place_of_an_answer_leaves_it_open(stand_in, session, answer):
    async with stand_in(answer) as slack:
        client = AsyncWebClient("xoxb-1", base_url=f"{slack.origin}/", session=session, retry_handlers=[])
        assert (await _failed(TipDelivery(client, seven))).outcome_unknown
        assert slack.asked == 1


async def test_where_no_connection_comes_about_it_was_never_sent(session, nowhere):
    client = AsyncWebClient("xoxb-1", base_url=nowhere, session=session, retry_handlers=[])
    error = await _failed(TipDelivery(client, seven))
    assert {name: getattr(error, name) for name in NEVER_SENT} == NEVER_SENT


@pytest.fixture
def shut():
    """An address where connections are neither taken nor refused."""
    with ExitStack() as stack:
        door = stack.enter_context(closing(socket.socket()))
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(closing(socket.socket()))
            waiting.settimeout(0)
            waiting.connect_ex(door.getsockname())
        yield f"http://127.0.0.1:{door.getsockname()[1]}/"


async def test_where_a_connection_never_comes_about_it_was_never_sent(shut):
    assert TIMEOUT.connect == TIMEOUT.sock_connect == CONNECT_SECONDS < CALL_SECONDS == TIMEOUT.total
    quick = {"connect": 0.2, "sock_connect": 0.2, "total": 30}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(**quick)) as session:
        client = AsyncWebClient("xoxb-1", base_url=shut, session=session, retry_handlers=[])
        error = await _failed(TipDelivery(client, seven))
    assert {name: getattr(error, name) for name in NEVER_SENT} == NEVER_SENT


async def test_who_takes_too_long_leaves_it_open(slack):
    slack.next_answer(POST, Slow(5))
    timeout = aiohttp.ClientTimeout(total=0.2)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
        assert (await _failed(TipDelivery(client, seven))).outcome_unknown


async def test_it_says_which_workspace_its_token_is_for(tips):
    assert await tips.workspaces() == (7,)


async def test_nothing_goes_to_another_workspace_which_its_own_token_may_still_serve(slack, tips):
    error = await _failed(tips, due(workspace_id=8))
    assert {name: getattr(error, name) for name in NEVER_SENT} == NEVER_SENT
    assert not slack.calls


@pytest.mark.parametrize("error", [StoreError("away"), ConfigError("refused")])
async def test_while_it_is_not_known_whose_token_it_is_nothing_is_sent(slack, session, error):
    asked = []

    async def fail():
        asked.append(error)
        raise error

    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
    tips = TipDelivery(client, fail)
    assert await tips.workspaces() == await tips.workspaces() == ()
    failed = await _failed(tips)
    assert {name: getattr(failed, name) for name in NEVER_SENT} == NEVER_SENT
    assert (asked, slack.calls) == ([error], [])  # once, and again only a while later


async def test_while_slack_has_not_said_who_we_are_nothing_is_sent(slack, session):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
    error = await _failed(TipDelivery(client, nobody))
    assert {name: getattr(error, name) for name in NEVER_SENT} == NEVER_SENT
    assert not slack.calls
