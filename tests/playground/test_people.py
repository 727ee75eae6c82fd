"""What the app is told when an admin changes somebody."""

from dataclasses import replace

import yaml

from bot.playground.emulator import SUBSCRIBED
from bot.playground.workspace import COLLEAGUES
from bot.trying import MANIFEST

BEN = COLLEAGUES[0]


async def test_the_app_is_told_of_whoever_is_changed(slack, connected):
    told = []

    @connected.event("user_change")
    async def changed(event):
        told.append(event)

    await slack.change_person(replace(BEN, guest=True))
    await slack.until(lambda: told)
    (event,) = told
    assert (event["user"]["id"], event["user"]["is_restricted"], event["user"]["deleted"]) == (
        BEN.id,
        True,
        False,
    )
    assert event["cache_ts"] == int(float(event["event_ts"]))


async def test_users_info_says_the_same(slack, client):
    await slack.change_person(replace(BEN, guest=True))
    told = slack.deliveries[-1].envelope.payload["event"]["user"]
    asked = (await client.users_info(user=BEN.id))["user"]
    assert told | {"updated": 0} == asked | {"updated": 0}


async def test_of_who_is_deactivated_little_is_told(slack, client):
    await slack.change_person(replace(BEN, deactivated=True))
    asked = (await client.users_info(user=BEN.id))["user"]
    assert asked["deleted"]
    assert not {"tz", "is_admin", "is_restricted"} & {*asked}


def test_the_workspace_tells_what_the_manifest_subscribes_to():
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert {*manifest["settings"]["event_subscriptions"]["bot_events"]} == SUBSCRIBED
