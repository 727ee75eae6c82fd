"""What stands in inputs, and what a press on them says."""

import pytest

from bot.playground.elements import Press, action, find_press, missing_answers, state_values, with_ids
from bot.playground.workspace import YOU

OPTIONS = [
    {"text": {"type": "plain_text", "text": name.title()}, "value": name} for name in ("one", "two", "three")
]


def blocks(element, **more):
    label = {"type": "plain_text", "text": "L"}
    return [
        {"type": "input", "block_id": "b", "label": label, "element": {"action_id": "a", **element}, **more}
    ]


def held(element, typed=None):
    return state_values(blocks(element), {"b": {"a": typed}} if typed is not None else {})["b"]["a"]


@pytest.mark.parametrize(
    ("element", "typed", "expected"),
    [
        ({"type": "plain_text_input"}, None, {"value": None}),
        ({"type": "plain_text_input", "initial_value": "from the start"}, None, {"value": "from the start"}),
        ({"type": "plain_text_input", "initial_value": "from the start"}, "", {"value": None}),
        ({"type": "static_select", "options": OPTIONS}, "two", {"selected_option": OPTIONS[1]}),
        ({"type": "static_select", "options": OPTIONS}, "four", {"selected_option": None}),
        (
            {"type": "static_select", "option_groups": [{"options": OPTIONS}]},
            "three",
            {"selected_option": OPTIONS[2]},
        ),
        (
            {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
            None,
            {"selected_option": OPTIONS[0]},
        ),
        (
            {"type": "checkboxes", "options": OPTIONS},
            "one,three",
            {"selected_options": [OPTIONS[0], OPTIONS[2]]},
        ),
        ({"type": "checkboxes", "options": OPTIONS}, None, {"selected_options": []}),
        ({"type": "timepicker"}, "08:30", {"selected_time": "08:30"}),
        ({"type": "timepicker"}, "8:30", {"selected_time": None}),
        ({"type": "timepicker", "initial_time": "10:00"}, None, {"selected_time": "10:00"}),
    ],
)
def test_state_holds_what_was_typed_or_stood_there(element, typed, expected):
    assert held(element, typed) == {"type": element["type"], **expected}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Please fill this in."),
        ("ab", "Please write at least 3 characters."),
        ("abcdef", "Please write at most 5 characters."),
        ("abcd", None),
    ],
)
def test_answers_that_do_not_fit_are_named(text, fault):
    form = blocks({"type": "plain_text_input", "min_length": 3, "max_length": 5})
    values = state_values(form, {"b": {"a": text}})
    assert missing_answers(form, values).get("b") == fault


def test_an_optional_answer_may_be_missing():
    form = blocks({"type": "plain_text_input"}, optional=True)
    assert missing_answers(form, state_values(form, {})) == {}


def test_ids_that_were_left_out_are_made_and_given_ones_kept():
    button = {"type": "button", "text": {"type": "plain_text", "text": "A"}}
    given = [{"type": "actions", "elements": [button, button | {"action_id": "mine"}]}, {"type": "divider"}]
    numbers = iter("123456")
    made = with_ids(given, lambda: next(numbers))
    assert [block["block_id"] for block in made] == ["1", "3"]
    assert [element["action_id"] for element in made[0]["elements"]] == ["2", "mine"]
    assert "block_id" not in given[0]


def test_labels_come_before_action_ids():
    buttons = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": text},
            "action_id": action_id,
            "value": action_id,
        }
        for text, action_id in (("two", "one"), ("one", "two"))
    ]
    found = find_press([{"type": "actions", "block_id": "b", "elements": buttons}], "one")
    assert found.value == "two"


def test_a_value_that_is_not_offered_cannot_be_pressed():
    side = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
    feedback = {
        "type": "feedback_buttons",
        "action_id": "f",
        "positive_button": side,
        "negative_button": side,
    }
    assert action(Press({"block_id": "b"}, feedback, "never"), "1.1") is None


async def test_an_input_on_the_home_tab_can_tell_at_once(slack, client, over_http):
    heard = {}

    @over_http.action("a")
    async def entered(ack, body, action):
        heard.update(value=action["value"], state=body["view"]["state"], container=body["container"])
        await ack()

    view = {"type": "home", "blocks": blocks({"type": "plain_text_input"}, dispatch_action=True)}
    await client.views_publish(user_id=YOU.id, view=view)
    await slack.enter(slack.home, "a", "what is leadership?")
    assert heard["value"] == "what is leadership?"
    assert heard["state"]["values"]["b"]["a"]["value"] == "what is leadership?"
    assert heard["container"] == {"type": "view", "view_id": slack.home.id}


async def test_an_overflow_menu_is_pressed_by_its_option(slack, client, over_http):
    heard = []

    @over_http.action("more")
    async def more(ack, action):
        heard.append(action["selected_option"]["value"])
        await ack()

    menu = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "accessory": menu}
    await client.chat_postMessage(channel="#general", text="x", blocks=[section])
    await slack.click(slack.messages()[-1], "Two")
    assert heard == ["two"]
