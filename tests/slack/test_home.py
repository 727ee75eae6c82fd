"""The section of the daily tip in the Home tab."""

import pytest

from bot import blockkit
from bot.blockkit import Surface
from bot.coach.answer import Answer
from bot.coach.match import MatchKind
from bot.playground.workspace import COLLEAGUES, YOU
from bot.slack.daily import render_daily
from bot.store.records import Subscription, TargetKind
from bot.tips.schedule import EVERY_DAY, WEDNESDAY, WEEKDAYS, Pace
from bot.tips.wish import say
from bot.tips.wishes import parse_wish

SHOWN = Answer(MatchKind.TOOL, "Your daily tip", "As it stands.")


async def _home(slack, words, before=None):
    return await slack.until(
        lambda: slack.home if slack.home is not before and words in str(slack.home) else None
    )


async def _opened(slack):
    await slack.open_home()
    return await _home(slack, "Your daily tip")


async def test_who_gets_none_may_begin_with_one_press(kept):
    home = await _opened(kept)
    await kept.click(home, "Send a daily tip")
    home = await _home(kept, "Next tip", home)
    assert "10:00, Madrid time" in str(home)
    assert "initial_time': '10:00'" in str(home)


async def test_hour_days_and_place_are_picked(kept):
    await kept.command("/lvm", "daily")
    home = await _opened(kept)
    await kept.select(home, "lvm:daily:hour", "08:30")
    home = await _home(kept, "08:30, Madrid time", home)
    await kept.select(home, "lvm:daily:days", "Tuesdays and Thursdays")
    home = await _home(kept, "Tuesdays and Thursdays at 08:30", home)
    await kept.select(home, "lvm:daily:zone", "Lisbon time")
    await _home(kept, "08:30, Lisbon time", home)


async def test_a_pause_and_an_end_are_a_press_away(kept):
    await kept.command("/lvm", "daily")
    home = await _opened(kept)
    await kept.click(home, "Pause for a week")
    home = await _home(kept, "paused until", home)
    await kept.click(home, "Go on")
    home = await _home(kept, "Less often", home)
    await kept.click(home, "Stop")
    home = await _home(kept, "stopped", home)
    assert "timepicker" not in str(home)


async def test_another_cannot_change_it_with_a_forged_button(kept, open_door):
    await kept.command("/lvm", "daily")
    await kept.click(await _opened(kept), "Pause for a week")
    paused = await _home(kept, "paused until")
    (stop,) = [e for b in paused.blocks for e in b.get("elements", []) if "Stop" in str(e.get("text"))]
    view = {"id": "V1", "type": "home", "team_id": "T0LOCAL001"}
    user = {"id": COLLEAGUES[0].id, "team_id": "T0LOCAL001"}
    body = {"type": "block_actions", "user": user, "team": {"id": "T0LOCAL001"}, "view": view}
    await open_door(kept).interaction(body | {"actions": [stop], "trigger_id": "1.1"})
    await kept.until(lambda: kept.workspace.views.home(COLLEAGUES[0].id))
    await kept.command("/lvm", "daily show")
    assert "paused until" in kept.messages()[-1].text


async def test_without_a_zone_in_the_profile_one_is_asked_for(remember):
    async with remember(scopes=frozenset({"chat:write"})) as slack:
        home = await _opened(slack)
        await slack.select(home, "lvm:daily:zone", "in Europe/Lisbon")
        await _home(slack, "10:00, Lisbon time", home)


async def test_without_a_database_there_is_no_such_section(slack):
    await slack.open_home()
    home = await slack.until(lambda: slack.home)
    assert "Your daily tip" not in str(home)


@pytest.mark.parametrize("pace", list(Pace))
@pytest.mark.parametrize("days", [WEEKDAYS, EVERY_DAY, WEDNESDAY, WEEKDAYS & ~WEDNESDAY])
@pytest.mark.parametrize("zone", ["Europe/Lisbon", "UTC", "Antarctica/Troll", "Gone/Nowhere"])
def test_every_schedule_is_shown_as_it_is_and_every_choice_can_be_typed(zone, days, pace):
    own = Subscription(1, TargetKind.PERSON, YOU.id, zone, 510, days, YOU.id, pace=pace)
    blocks = render_daily(SHOWN, own, None)
    assert not blockkit.faults(blocks, Surface.HOME)
    pickers = blocks[2]["elements"]
    assert pickers[1]["initial_option"] in pickers[1]["options"]
    for option in [option for picker in pickers[1:] for option in picker["options"]]:
        if "Gone" not in option["value"]:
            assert say(parse_wish(option["value"])) == option["value"]
