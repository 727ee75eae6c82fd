"""What is sent to Slack: to no other address, never twice, and with a word on what became of it."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.playground.disturbances import ConnectionReset, RateLimited, Refused, ServerFailure
from bot.playground.emulator import Emulator
from bot.slack.delivery import MAX_WAIT_SECONDS, SLACK_API_URL, Delivery, may_respond_to

POST = "chat.postMessage"
EMULATOR = "http://127.0.0.1:5000/api/"


def test_slacks_own_response_host_is_called():
    assert may_respond_to("https://hooks.slack.com/commands/T1/2/3", SLACK_API_URL)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "https://[::1",
        "",
    ],
)
def test_no_other_address_is_called(url):
    assert not may_respond_to(url, SLACK_API_URL)


def test_a_stand_in_for_slack_may_answer_at_its_own_host():
    assert may_respond_to("http://127.0.0.1:5000/respond/abc", EMULATOR)


@pytest.mark.parametrize(
    "url", ["https://hooks.slack.com/x", "http://169.254.169.254/x", "http://127.0.0.2/x"]
)
def test_a_stand_in_for_slack_answers_nowhere_else(url):
    assert not may_respond_to(url, EMULATOR)


class Sleeps(list):
    """Takes no time and remembers how much was asked for."""

    async def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture
def sleeps():
    return Sleeps()


@pytest.fixture
async def emulator():
    async with Emulator() as emulator:
        yield emulator


@pytest.fixture
def deliver(session, sleeps):
    """A delivery to whatever stands at an address."""

    def make(api_url, token=None):
        client = AsyncWebClient(token, base_url=api_url, session=session, retry_handlers=[])
        return Delivery(client, session, sleeps)

    return make


@pytest.fixture
def delivery(emulator, deliver):
    return deliver(emulator.api_url, emulator.bot_token)


async def _post(delivery, emulator):
    await delivery.post(emulator.get_channel("#general").id, {"text": "hello"})


def _texts(emulator):
    return [message.text for message in emulator.messages()]


async def test_a_pause_that_slack_asks_for_is_kept_and_then_it_is_posted_once(emulator, delivery, sleeps):
    emulator.next_answer(POST, RateLimited(7))
    await _post(delivery, emulator)
    assert sleeps == [7.0]
    assert _texts(emulator) == ["hello"]


async def test_slack_may_ask_for_a_pause_twice_but_not_for_ever(emulator, delivery, sleeps):
    emulator.next_answer(POST, RateLimited(1), RateLimited(2), RateLimited(3))
    with pytest.raises(DeliveryError, match="asked for a pause") as caught:
        await _post(delivery, emulator)
    assert not caught.value.outcome_unknown
    assert sleeps == [1.0, 2.0]
    assert _texts(emulator) == []


async def test_a_pause_too_long_for_anybody_is_not_waited_for(emulator, delivery, sleeps):
    emulator.next_answer(POST, RateLimited(int(MAX_WAIT_SECONDS) + 1))
    with pytest.raises(DeliveryError):
        await _post(delivery, emulator)
    assert sleeps == []


@pytest.mark.parametrize("accepted", [True, False])
async def test_after_a_reset_nothing_is_posted_again(emulator, delivery, accepted):
    emulator.next_answer(POST, ConnectionReset(accepted=accepted))
    with pytest.raises(DeliveryError, match="broke off") as caught:
        await _post(delivery, emulator)
    assert caught.value.outcome_unknown
    assert _texts(emulator) == ["hello"] * accepted
    assert len(emulator.calls) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_after_a_failure_of_slacks_nothing_is_posted_again(emulator, delivery, status):
    emulator.next_answer(POST, ServerFailure(status))
    with pytest.raises(DeliveryError, match=f"Slack answered {status}") as caught:
        await _post(delivery, emulator)
    assert caught.value.outcome_unknown
    assert len(emulator.calls) == 1


@pytest.mark.parametrize("error", ["channel_not_found", "not_in_channel", "invalid_blocks", "token_revoked"])
async def test_a_refusal_of_slacks_is_told_by_its_name(emulator, delivery, error):
    emulator.next_answer(POST, Refused(error))
    with pytest.raises(DeliveryError, match=f"chat.postMessage: {error}$") as caught:
        await _post(delivery, emulator)
    assert not caught.value.outcome_unknown
    assert len(emulator.calls) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "<html>MARK</html>", "content_type": "text/html"},
        {"text": "MARK", "content_type": "text/plain"},
        {"text": "{MARK", "content_type": "application/json"},
        {"text": '["MARK"]', "content_type": "application/json"},
        {"text": "{}", "content_type": "application/json"},
        {"body": b"\xff\xfe", "content_type": "application/json"},
        {"text": "<html>MARK</html>", "content_type": "text/html", "status": 503},
        {"text": "", "content_type": "application/json", "status": 404},
    ],
)
async def test_an_answer_that_is_not_slacks_leaves_the_outcome_unknown(stand_in, deliver, mark, answer):
    if "text" in answer:
        answer = answer | {"text": answer["text"].replace("MARK", mark)}
    async with stand_in(answer) as server:
        with pytest.raises(DeliveryError) as caught:
            await deliver(server.origin + "/api/").post("C1", {"text": "hello"})
    assert caught.value.outcome_unknown
    assert mark not in str(caught.value)
    assert server.asked == 1


async def test_where_nobody_listens_it_is_tried_three_times(deliver, sleeps):
    async with Emulator() as gone:
        api_url = gone.api_url
    with pytest.raises(DeliveryError, match="could not be reached") as caught:
        await deliver(api_url).post("C1", {"text": "hello"})
    assert not caught.value.outcome_unknown
    assert sleeps == [1.0, 1.0]


@pytest.mark.parametrize(
    "answer", [{"status": 404, "text": "expired_url"}, {"status": 302, "headers": {"Location": "/x"}}]
)
async def test_a_response_address_is_asked_once_and_never_followed(stand_in, deliver, answer):
    async with stand_in(answer) as server:
        with pytest.raises(DeliveryError, match=f"answered {answer['status']}") as caught:
            await deliver(server.origin + "/api/").respond(server.origin + "/respond/x", {"text": "hello"})
    assert not caught.value.outcome_unknown
    assert server.asked == 1


async def test_a_response_address_that_breaks_off_leaves_the_outcome_unknown(slack, deliver):
    await slack.command("/lvm", "help")
    address = slack.deliveries[-1].envelope.payload["response_url"]
    slack.next_answer("response_url", ConnectionReset())
    with pytest.raises(DeliveryError, match="broke off") as caught:
        await deliver(slack.api_url).respond(address, {"text": "hello"})
    assert caught.value.outcome_unknown


async def test_a_response_address_elsewhere_is_never_asked(stand_in, deliver):
    async with stand_in({"text": "ok"}) as server:
        with pytest.raises(DeliveryError, match="not Slack's"):
            await deliver("https://slack.com/api/").respond(server.origin + "/respond/x", {"text": "hello"})
    assert server.asked == 0
