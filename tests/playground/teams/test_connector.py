"""What the emulator's Bot Connector takes from an app, and what it refuses as the real one does."""

import pytest

from bot.playground.teams.disturbances import RESET, Call
from bot.playground.teams.emulator import TeamsEmulator
from bot.playground.teams.limits import SENDS
from bot.playground.teams.model import TENANT_ID, Scope
from bot.playground.teams.tenant import COLLEAGUE, GUEST, YOU
from bot.playground.teams.throttle import Throttle

HELLO = {"type": "message", "text": "hello"}


async def test_a_message_is_posted_and_named(teams, call, activities):
    sent = await call("POST", activities(), HELLO)
    (message,) = teams.answers(Scope.PERSONAL)
    assert (sent.status, sent.body) == (201, {"id": message.id})


async def test_a_message_goes_to_the_thread_that_its_address_names(teams, call, activities):
    root = await teams.mention("hello?")
    there = activities(Scope.CHANNEL).replace("/activities", f";messageid={root.id}/activities")
    await call("POST", there, HELLO)
    await call("POST", activities(Scope.CHANNEL), HELLO)
    assert [message.thread for message in teams.answers()] == [root.id, ""]


@pytest.mark.parametrize("id_", ["19:none@thread.tacv2", "19:1ead5@thread.tacv2;messageid=1", "x"])
async def test_what_is_not_there_cannot_be_written_to(call, id_):
    refused = await call("POST", f"/{id_}/activities", HELLO)
    assert (refused.status, refused.error) == (404, "ConversationNotFound")


async def test_who_blocked_the_app_takes_nothing_from_it(teams, call, activities):
    teams.tenant.blocked.add(teams.tenant.place(Scope.PERSONAL).id)
    refused = await call("POST", activities(), HELLO)
    assert (refused.status, refused.error) == (403, "MessageWritesBlocked")


async def test_where_it_was_removed_the_app_cannot_write(teams, call, activities):
    await teams.uninstall(Scope.GROUP)
    refused = await call("POST", activities(Scope.GROUP), HELLO)
    assert (refused.status, refused.error) == (403, "BotNotInConversationRoster")


@pytest.mark.parametrize("character", ["x", "é", "学"])
async def test_a_message_has_at_most_100_kilobytes_in_utf_16(call, activities, character):
    assert (await call("POST", activities(), HELLO | {"text": character * 51_000})).status == 201
    refused = await call("POST", activities(), HELLO | {"text": character * 51_200})
    assert (refused.status, refused.error) == (413, "MessageSizeTooBig")


@pytest.mark.parametrize("version", ["1.0", "1.5"])
async def test_cards_up_to_version_1_5_are_shown(teams, call, activities, card, version):
    assert (await call("POST", activities(), card(version=version))).status == 201
    assert teams.answers(Scope.PERSONAL)[0].card["version"] == version


@pytest.mark.parametrize(
    "changed",
    [{"version": "1.6"}, {"version": "2.0"}, {"version": None}, {"type": "Card"}, {"body": "x"}],
)
async def test_what_is_no_card_for_teams_is_refused(teams, call, activities, card, changed):
    assert (await call("POST", activities(), card(**changed))).status == 400
    assert not teams.answers(Scope.PERSONAL)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"type": "typing"},
        {"type": "message"},
        {"type": "message", "text": " "},
        {"type": "message", "text": 7},
        {"type": "message", "attachments": "x"},
        {"type": "message", "attachments": [{}]},
        HELLO | {"channelData": {"feedbackLoop": {"type": "x"}}},
    ],
)
async def test_what_is_no_message_is_refused(call, activities, body):
    assert (await call("POST", activities(), body)).status == 400


async def test_a_targeted_message_is_seen_by_one_alone(teams, call, activities):
    to_ben = HELLO | {"recipient": {"id": COLLEAGUE.account}}
    assert (await call("POST", f"{activities(Scope.CHANNEL)}?isTargetedActivity=true", to_ben)).status == 201
    assert not teams.answers(Scope.CHANNEL, YOU)
    assert teams.answers(Scope.CHANNEL, COLLEAGUE)
    assert (await call("POST", f"{activities()}?isTargetedActivity=true", to_ben)).status == 400


async def test_a_message_of_its_own_can_be_changed(teams, call, activities):
    sent = await call("POST", activities(), HELLO)
    own = await teams.write("mine")
    changed = await call("PUT", f"{activities()}/{sent.body['id']}", HELLO | {"text": "better"})
    assert changed.status == 200
    assert [(m.text, m.edited) for m in teams.answers(Scope.PERSONAL)] == [("better", True)]
    assert (await call("PUT", f"{activities()}/{own.id}", HELLO)).error == "ActivityNotFoundInConversation"


async def test_members_are_told_of_with_what_they_are(teams, call):
    group = teams.tenant.place(Scope.GROUP).id
    roles = [(await call("GET", f"/{group}/members/{p.account}")).body["userRole"] for p in (YOU, GUEST)]
    assert roles == ["user", "guest"]
    assert (await call("GET", f"/{group}/members/29:nobody")).status == 404
    own = teams.tenant.place(Scope.PERSONAL).id
    assert (await call("GET", f"/{own}/members/{COLLEAGUE.account}")).status == 404


async def test_a_chat_is_opened_with_one_person_of_this_tenant(teams, call, bot):
    wanted = {"bot": {"id": bot}, "members": [{"id": YOU.account}], "tenantId": TENANT_ID}
    opened = await call("POST", "", wanted)
    assert opened.body == {"id": teams.tenant.place(Scope.PERSONAL).id}
    for wrong in ({"bot": {"id": "28:x"}}, {"members": []}, {"tenantId": "x"}, {"isGroup": True}):
        assert (await call("POST", "", wanted | wrong)).status == 400


async def test_an_address_that_teams_left_is_of_no_use(teams, call, activities, session, token):
    before = teams.service_url
    teams.move("amer")
    assert (await call("POST", activities(), HELLO)).status == 201
    left = f"{before}v3/conversations{activities()}"
    async with session.post(left, json=HELLO, headers={"Authorization": f"Bearer {token}"}) as response:
        assert response.status == 404


async def test_answers_are_given_as_ordered_one_after_the_other(teams, call, activities):
    teams.next_answer(429, {"Retry-After": "3"})
    teams.next_answer(502, accepted=True)
    first, second = [await call("POST", activities(), HELLO) for _ in range(2)]
    assert (first.status, first.headers["Retry-After"], second.status) == (429, "3", 502)
    assert len(teams.answers(Scope.PERSONAL)) == 1
    assert [(each.call, each.status) for each in teams.calls] == [(Call.SEND, 429), (Call.SEND, 502)]
    assert RESET not in {each.status for each in teams.calls}


async def test_one_too_many_is_told_when_to_come_again():
    async with TeamsEmulator(environment={}, is_throttled=True, clock=lambda: 1_000_000.5) as teams:
        place = teams.tenant.place(Scope.PERSONAL).id
        assert [teams._connector._throttle.count(place) for _ in range(8)] == [0.0] * 7 + [1.0]


@pytest.mark.parametrize(("seconds", "most"), SENDS)
def test_each_documented_window_is_kept(seconds, most):
    now = 1_000_000.0
    throttle = Throttle(lambda: now)
    apart = seconds / most
    waits = []
    for _ in range(most * 2):
        waits.append(throttle.count("a thread"))
        now += apart * 0.9
    assert sum(wait == 0.0 for wait in waits) < len(waits)
    assert all(wait <= seconds for wait in waits)
