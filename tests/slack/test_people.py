import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.places import owner
from bot.playground.disturbances import RateLimited, Refused, Slow
from bot.playground.emulator import Emulator
from bot.playground.workspace import YOU
from bot.slack import places
from bot.slack.people import PROFILE_SECONDS, People
from bot.tips.who import Who, needs_profile

ANA = Who("slack", "T1", YOU.id, None, "Europe/Madrid", is_admin=False, may_get_tips=True)
UNKNOWN = Who("slack", "T1", YOU.id, None, None, is_admin=False, may_get_tips=True)


@pytest.fixture
async def slack():
    async with Emulator() as slack:
        yield slack


@pytest.fixture
def seconds():
    """What the clock shows; may be set."""
    return [0.0]


@pytest.fixture
def people(slack, session, seconds):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, retry_handlers=[])
    return People(client, lambda: seconds[0], ask_seconds=0.5)


async def test_a_profile_is_asked_for_once_in_ten_minutes(slack, people, seconds):
    assert [await people.find("T1", YOU.id) for _ in range(3)] == [ANA] * 3
    assert len(slack.calls) == 1
    seconds[0] = PROFILE_SECONDS
    assert await people.find("T1", YOU.id) == ANA
    assert len(slack.calls) == 2


@pytest.mark.parametrize("trouble", [Slow(30), Refused("missing_scope"), RateLimited(60)])
async def test_what_slack_does_not_tell_in_time_stays_unknown_until_the_next_time(slack, people, trouble):
    slack.next_answer("users.info", trouble)
    assert await people.find("T1", YOU.id) == UNKNOWN
    assert await people.find("T1", YOU.id) == ANA


async def test_a_zone_that_is_none_is_not_known(stand_in, session):
    body = {"text": '{"ok": true, "user": {"tz": "Mars/Olympus", "is_admin": 1, "deleted": null}}'}
    async with stand_in(body | {"content_type": "application/json"}) as slack:
        client = AsyncWebClient("xoxb-1", base_url=f"{slack.origin}/", session=session, retry_handlers=[])
        assert await People(client, lambda: 0.0).find("T1", YOU.id) == UNKNOWN


@pytest.mark.parametrize(("channel", "known"), [("C1", "C1"), ("G1", "G1"), ("D1", None), ("", None)])
async def test_a_channel_is_where_others_read_too(people, channel, known):
    assert (await people.find("T1", YOU.id, channel, with_profile=False)).channel == known


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("daily at 8", True),
        ("dialy", True),
        ("stop sending me tips", True),
        ("no more Reminders", True),
        ("tip", False),
        ("difference vision", False),
        ("", False),
    ],
)
def test_a_profile_is_needed_for_what_may_be_about_tips(text, needed):
    assert needs_profile(text) is needed


@pytest.mark.parametrize(
    ("place", "whose"),
    [
        (places.of_thread("T1", "D1", None, "U1"), "slack:T1:U1"),
        (places.of_thread("T1", "D1", "1.1", "U1"), "slack:T1:U1"),
        (places.of_thread("T1", "C1", "1.1", "U1"), ""),
        (places.of_thread("T1", "C1", "1.1", "U1") + " U2", "slack:T1:U2"),
        (places.of_command({"team_id": "T1", "channel_id": "C1", "user_id": "U1"}), "slack:T1:U1"),
        (places.of_click({"user": {"id": "U1", "team_id": "T1"}, "view": {"id": "V"}}).place, "slack:T1:U1"),
        ("elsewhere:T1:x", ""),
        ("", ""),
    ],
)
def test_a_place_tells_whose_it_is_alone(place, whose):
    assert owner(place) == whose


def test_the_owner_of_a_place_is_named_as_the_tips_name_people():
    assert owner(places.of_thread("T1", "D1", None, YOU.id)) == ANA.owner
