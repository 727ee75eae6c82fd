import asyncio
from dataclasses import replace

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
UNKNOWN = replace(ANA, zone=None, is_known=False)


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


@pytest.mark.parametrize("trouble", [Slow(30), Refused("internal_error"), RateLimited(60)])
async def test_what_slack_does_not_tell_in_time_stays_unknown_until_the_next_time(slack, people, trouble):
    slack.next_answer("users.info", trouble)
    assert await people.find("T1", YOU.id) == UNKNOWN
    assert await people.find("T1", YOU.id) == ANA


@pytest.mark.parametrize(
    ("reason", "is_member"), [("missing_scope", True), ("user_not_found", False), ("user_not_visible", False)]
)
async def test_whom_slack_never_tells_of_is_no_member_unless_it_tells_of_nobody(
    slack, people, reason, is_member
):
    slack.next_answer("users.info", Refused(reason))
    assert await people.find("T1", YOU.id) == replace(UNKNOWN, may_get_tips=is_member, is_known=True)


def _user(**flags):
    return {"id": YOU.id, "tz": "Europe/Madrid", **flags}


async def test_what_slack_tells_by_itself_takes_the_place_of_what_is_remembered(slack, people):
    await people.find("T1", YOU.id)
    guest = people.learn("T1", _user(is_ultra_restricted=True))
    assert guest == replace(ANA, may_get_tips=False)
    assert await people.find("T1", YOU.id) == guest
    assert people.learn("T1", _user()) == await people.find("T1", YOU.id) == ANA
    assert len(slack.calls) == 1


async def test_of_members_who_never_wrote_to_us_nothing_is_remembered(people):
    people.learn("T1", _user())
    assert not len(people._profiles)


async def test_what_was_told_while_slack_was_asked_counts(slack, people):
    slack.next_answer("users.info", Slow(0.2))
    asking = asyncio.create_task(people.find("T1", YOU.id))
    await slack.until(lambda: slack.calls)
    guest = people.learn("T1", _user(deleted=True))
    assert await asking == await people.find("T1", YOU.id) == guest


@pytest.mark.parametrize("user", [None, [], "U1", {}, {"id": None}, {"id": 7}, {"id": ""}])
async def test_what_is_no_person_teaches_nothing(people, user):
    assert people.learn("T1", user) is None


async def test_a_zone_that_is_none_is_not_known(stand_in, session):
    body = {"text": '{"ok": true, "user": {"tz": "Mars/Olympus", "is_admin": 1, "deleted": null}}'}
    async with stand_in(body | {"content_type": "application/json"}) as slack:
        client = AsyncWebClient("xoxb-1", base_url=f"{slack.origin}/", session=session, retry_handlers=[])
        assert await People(client, lambda: 0.0).find("T1", YOU.id) == replace(ANA, zone=None)


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
