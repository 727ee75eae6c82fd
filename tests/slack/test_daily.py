"""The daily tip as people in Slack meet it."""

import json
from dataclasses import replace

import pytest

from bot.playground.disturbances import Refused
from bot.playground.workspace import COACH, COLLEAGUES, YOU
from bot.store import subscriptions, workspaces
from bot.store.records import TargetKind, WorkspaceStatus
from bot.store.watching import next_turn_in

TIP = "Your tip for today"


@pytest.fixture
def forward(clock):
    """Puts the clock to the next tip and sends what is due then; gives how many went out."""

    async def to_next_tip(slack):
        wait_ms = await next_turn_in(slack.memory.database)
        clock.forward(wait_ms / 1000 + 1)
        return await slack.memory.tips.turn()

    return to_next_tip


async def _find(slack, person=YOU.id, kind=TargetKind.PERSON):
    database = slack.memory.database
    known = await workspaces.find(database, "slack", "T0LOCAL001")
    return await subscriptions.find(database, known.id, kind, person)


def _change(slack, person, **fields):
    slack.workspace.people[person.id] = replace(person, **fields)


def _tips(slack, channel=YOU.id):
    return [m for m in slack.messages(channel) if m.user == COACH.id and TIP in m.text]


async def test_a_command_subscribes_in_the_zone_of_the_profile(kept):
    await kept.command("/lvm", "daily")
    assert "10:00, Madrid time" in kept.messages()[-1].text
    assert kept.messages()[-1].ephemeral


async def test_a_tip_comes_to_ones_own_messages_when_it_is_due(kept, forward):
    await kept.command("/lvm", "daily at 8:30")
    assert await forward(kept) == 1
    (tip,) = _tips(kept)
    assert [button["text"]["text"] for button in tip.blocks[-1]["elements"]][:2] == [
        "Tried it",
        "Later today",
    ]
    own = await _find(kept)
    assert tip.metadata["event_type"] == "daily_tip"
    assert tip.metadata["event_payload"]["key"].startswith(f"{own.id}:20")


async def test_a_second_round_sends_nothing_again(kept, forward):
    await kept.command("/lvm", "daily")
    assert await forward(kept) == 1
    assert await kept.memory.tips.turn() == 0


async def test_a_tip_goes_to_the_channel_it_was_set_up_in(kept, forward):
    await kept.command("/lvm", "daily here at 9:00")
    assert await forward(kept) == 1
    assert len(_tips(kept, "#general")) == 1
    assert not _tips(kept)


async def test_in_a_channel_an_admin_may_change_what_another_set_up_and_nobody_else(kept):
    ben, mei = COLLEAGUES
    _change(kept, mei, admin=True)
    await kept.command("/lvm", "daily here at 9:00")
    await kept.command("/lvm", "daily here off", user=ben)
    assert (await _find(kept, "C0GENERAL1", TargetKind.CHANNEL)).next_at
    await kept.command("/lvm", "daily here off", user=mei)
    assert not (await _find(kept, "C0GENERAL1", TargetKind.CHANNEL)).next_at


@pytest.mark.parametrize("flag", ["guest", "deactivated", "bot"])
async def test_guests_bots_and_the_deactivated_get_none(kept, flag):
    _change(kept, YOU, **{flag: True})
    await kept.command("/lvm", "daily", channel="#general")
    assert "members of this workspace" in kept.messages()[-1].text


async def test_without_the_profile_utc_is_taken_and_said(remember):
    async with remember(scopes=frozenset({"chat:write"})) as slack:
        await slack.command("/lvm", "daily")
        assert "10:00, UTC" in slack.messages()[-1].text


async def test_a_wish_in_plain_words_is_followed(kept, said):
    await kept.command("/lvm", "daily")
    await kept.direct_message("stop sending me tips")
    await kept.until(lambda: any("stopped" in message.text for message in said(kept, YOU.id)))
    assert not (await _find(kept)).next_at


async def test_a_question_asks_slack_for_no_profile(kept):
    await kept.command("/lvm", "difference vision")
    await kept.command("/lvm", "privacy")
    assert "users.info" not in [call.method for call in kept.calls]


async def test_a_button_of_a_tip_works_for_whose_it_is_alone(kept, forward):
    await kept.command("/lvm", "daily")
    await forward(kept)
    (tip,) = _tips(kept)
    await kept.click(tip, "Stop", user=COLLEAGUES[0])
    assert (await _find(kept)).next_at
    await kept.click(tip, "Stop")
    await kept.until(lambda: "stopped" in kept.messages(YOU.id)[-1].text)
    assert not (await _find(kept)).next_at


async def test_more_on_this_opens_the_topic(kept, forward, said):
    await kept.command("/lvm", "daily")
    await forward(kept)
    before = len(said(kept, YOU.id))
    await kept.click(_tips(kept)[0], "More on this")
    await kept.until(lambda: len(said(kept, YOU.id)) > before)


async def test_a_channel_that_is_gone_pauses_its_tips(kept, forward):
    await kept.command("/lvm", "daily here at 9:00")
    kept.next_answer("chat.postMessage", Refused("channel_not_found"))
    await forward(kept)
    assert not (await _find(kept, "C0GENERAL1", TargetKind.CHANNEL)).next_at
    assert "I paused them" in kept.messages(YOU.id)[-1].text


async def test_everything_stored_comes_as_a_file_to_its_asker_alone(kept, quiet):
    await kept.command("/lvm", "daily")
    await kept.command("/lvm", "export")
    await kept.until(lambda: any(file.content for file in kept.files.known.values()))
    await kept.until(lambda: "files/" in "".join(m.text for m in kept.messages(YOU.id)))
    (file,) = kept.files.known.values()
    assert json.loads(file.content)["subscription"][0]["target_id"] == YOU.id
    assert not [message for message in kept.messages() if not message.ephemeral]
    assert "incident" not in quiet.text


async def test_whoever_is_forgotten_is_in_no_table(kept):
    await kept.command("/lvm", "daily")
    await kept.command("/lvm", "difference vision")
    await kept.command("/lvm", "forget me")
    assert await _find(kept) is None
    await kept.command("/lvm", "export")
    assert not kept.files.known


async def test_what_was_talked_about_outlives_a_restart(remember, said):
    async with remember() as slack:
        await slack.direct_message("what is management?")
        await slack.until(lambda: said(slack, YOU.id))
    async with remember() as slack:
        await slack.direct_message("shorter pls")
        await slack.until(lambda: any("management?: shorter" in m.text for m in said(slack, YOU.id)))


async def test_a_tip_outlives_a_restart(remember, forward):
    async with remember() as slack:
        await slack.command("/lvm", "daily")
    async with remember() as slack:
        assert await forward(slack) == 1
        assert len(_tips(slack)) == 1


async def _status(slack):
    return (await workspaces.find(slack.memory.database, "slack", "T0LOCAL001")).status


async def test_an_uninstalled_app_keeps_and_sends_nothing(kept):
    await kept.command("/lvm", "daily")
    await kept.uninstall()
    assert await _status(kept) is WorkspaceStatus.GONE
    assert await _find(kept) is None
    assert await kept.memory.tips.turn() == 0


async def test_a_revoked_token_stops_all_and_a_new_start_goes_on(remember, forward):
    async with remember() as slack:
        await slack.command("/lvm", "daily")
        await slack.revoke()
        assert await _status(slack) is WorkspaceStatus.STOPPED
        assert await slack.memory.tips.turn() == 0
    async with remember() as slack:
        assert await _status(slack) is WorkspaceStatus.ACTIVE
        assert await forward(slack) == 1


async def test_a_persons_own_revoked_token_is_nothing_to_us(kept, open_door):
    event = {"type": "tokens_revoked", "tokens": {"oauth": [YOU.id], "bot": []}}
    body = {"type": "event_callback", "team_id": "T0LOCAL001", "event_id": "Ev9", "event_time": 2**31}
    assert (await open_door(kept).json(body | {"event": event})).status == 200
    assert await _status(kept) is WorkspaceStatus.ACTIVE


async def test_events_of_an_earlier_installation_are_not_followed(kept, open_door):
    for number, event in enumerate(
        ({"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U"]}})
    ):
        body = {"type": "event_callback", "team_id": "T0LOCAL001", "event_id": f"Ev{number}"}
        assert (await open_door(kept).json(body | {"event": event, "event_time": 1000})).status == 200
    assert await _status(kept) is WorkspaceStatus.ACTIVE


async def test_a_refused_token_stops_the_workspace_while_it_sends(kept, forward):
    await kept.command("/lvm", "daily")
    kept.next_answer("chat.postMessage", Refused("token_revoked"))
    assert await forward(kept) == 0
    assert await _status(kept) is WorkspaceStatus.STOPPED


async def test_over_a_socket_tips_come_too(remember, forward):
    async with remember(over_socket=True) as slack:
        await slack.until(lambda: slack.connected)
        await slack.command("/lvm", "daily")
        assert await forward(slack) == 1


async def test_what_is_personal_is_whispered_in_a_channel(kept):
    await kept.mention("daily at 9:00")
    said = await kept.until(lambda: next((m for m in kept.messages() if m.user == COACH.id), None))
    assert said.ephemeral
