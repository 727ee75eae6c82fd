"""The daily tip in the Home tab: what happens next, and pickers for hour, days and place."""

from bot.blockkit.limits import BUTTON_TEXT_CHARACTERS, OPTION_TEXT_CHARACTERS, PLACEHOLDER_CHARACTERS
from bot.coach.answer import Answer, Step
from bot.coach.question import write_ask
from bot.slack.actions import DAILY
from bot.slack.payload import Payload
from bot.slack.rendering import Block, escape, header, plain_text, section
from bot.store.records import Subscription
from bot.tips.hours import write_hour
from bot.tips.places import CITIES
from bot.tips.saying import say_days, say_place
from bot.tips.schedule import EVERY_DAY, FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, WEEKDAYS, Pace
from bot.tips.wish import Wish, say

_DAYS = (WEEKDAYS, EVERY_DAY, MONDAY | WEDNESDAY | FRIDAY, TUESDAY | THURSDAY, MONDAY, FRIDAY)


def render_daily(said: Answer, own: Subscription | None, zone: str | None) -> list[Block]:
    """The section of the Home tab.

    Args:
        said: How things stand, or what became of what was just chosen.
        own: The person's subscription, unless it has ended.
        zone: The time zone of their profile.
    """
    blocks = [header(said.headline), section(escape(said.lead))]
    if own is not None:
        blocks.append(_row(_hour(own), _days(own), _zone(own.tz)))
    elif zone is None:  # without one no tip can be sent at any hour
        blocks.append(_row(_zone(None)))
    if said.steps:
        blocks.append(_row(*(_button(step, number) for number, step in enumerate(said.steps))))
    return [*blocks, {"type": "divider"}]


def read_words(action: Payload) -> str | None:
    """What was picked, as it may be typed behind `/lvm daily`; None where a button was pressed."""
    time, chosen = action.get("selected_time"), action.get("selected_option")
    if isinstance(time, str):
        return f"at {time}"
    value = chosen.get("value") if isinstance(chosen, dict) else None
    return value if isinstance(value, str) else None


def _row(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def _button(step: Step, number: int) -> Block:
    return {
        "type": "button",
        "action_id": f"{DAILY}:do:{number}",
        "text": plain_text(step.label, BUTTON_TEXT_CHARACTERS),
        "value": write_ask(step.ask),
    }


def _hour(own: Subscription) -> Block:
    return {
        "type": "timepicker",
        "action_id": f"{DAILY}:hour",
        "initial_time": write_hour(own.minute),
        "placeholder": plain_text("Hour", PLACEHOLDER_CHARACTERS),
    }


def _days(own: Subscription) -> Block:
    pace = Pace(own.pace)
    offered = [(days, Pace.DAILY) for days in _DAYS] + [(own.days_mask, Pace.WEEKLY)]
    if (own.days_mask, pace) not in offered:
        offered.insert(0, (own.days_mask, pace))
    options = {each: _option(say_days(*each).rstrip(","), _say_days(*each)) for each in offered}
    return _select("days", "Days", list(options.values()), options[own.days_mask, pace])


def _say_days(days: int, pace: Pace) -> str:
    """Days that are named alone bring back the pace of every day."""
    return say(Wish(days=days) if pace is Pace.DAILY else Wish(days=days, pace=pace))


def _zone(zone: str | None) -> Block:
    zones = sorted({*CITIES, "UTC", *([zone] if zone else [])})
    options = {each: _option(say_place(each), say(Wish(zone=each))) for each in zones}
    return _select("zone", "Time zone", list(options.values()), options[zone] if zone else None)


def _select(name: str, label: str, options: list[Block], initial: Block | None) -> Block:
    chosen = {"initial_option": initial} if initial else {}
    return {
        "type": "static_select",
        "action_id": f"{DAILY}:{name}",
        "placeholder": plain_text(label, PLACEHOLDER_CHARACTERS),
        "options": options,
        **chosen,
    }


def _option(label: str, words: str) -> Block:
    return {"text": plain_text(label, OPTION_TEXT_CHARACTERS), "value": words}
