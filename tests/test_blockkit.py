"""The limits of Block Kit: at each one all is well, one beyond it is a fault."""

import pytest

from bot.blockkit import Surface, faults, limits, too_long, view_faults

MODAL_TITLE = {"type": "plain_text", "text": "Title"}


def plain(length):
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length):
    return {"type": "mrkdwn", "text": "x" * length}


def button(number=0, **more):
    return {"type": "button", "text": plain(3), "action_id": f"a{number}", **more}


def option(number=0, text=3):
    return {"text": plain(text), "value": f"v{number}"}


def select(**more):
    return {"type": "static_select", "action_id": "s", "options": [option()], **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def section(**more):
    return {"type": "section", "text": mrkdwn(3), **more}


def text_input(**more):
    return {"type": "plain_text_input", "action_id": "t", **more}


def form(element=None, **more):
    return {"type": "input", "label": plain(3), "element": element or text_input(), **more}


def image(address=20, alt=3):
    return {"type": "image", "image_url": "https://a/".ljust(address, "x"), "alt_text": "x" * alt}


def overflow(count):
    return {"type": "overflow", "action_id": "o", "options": [option(n) for n in range(count)]}


def choices(kind, count):
    return {"type": kind, "action_id": "r", "options": [option(n) for n in range(count)]}


def feedback(count):
    side = {"text": plain(3), "value": "v"}
    parts = [
        {"type": "feedback_buttons", "action_id": f"f{n}", "positive_button": side, "negative_button": side}
        for n in range(count)
    ]
    return {"type": "context_actions", "elements": parts}


def confirm(**lengths):
    texts = {"title": 3, "text": 3, "confirm": 3, "deny": 3} | lengths
    return actions(button(confirm={name: plain(length) for name, length in texts.items()}))


def time_picker(**more):
    return {"type": "timepicker", "action_id": "t", "initial_time": "08:30", **more}


def link(length):
    return actions(button(url="https://a/".ljust(length, "x")))


def groups(count):
    return {
        "type": "static_select",
        "action_id": "s",
        "option_groups": [{"label": plain(3), "options": [option(n)]} for n in range(count)],
    }


LIMITS = {
    "block_id": (255, lambda n: [section(block_id="x" * n)]),
    "action_id": (255, lambda n: [actions(button() | {"action_id": "x" * n})]),
    "section text": (3000, lambda n: [section(text=mrkdwn(n))]),
    "fields": (10, lambda n: [section(fields=[mrkdwn(3)] * n)]),
    "field": (2000, lambda n: [section(fields=[mrkdwn(n)])]),
    "header": (150, lambda n: [{"type": "header", "text": plain(n)}]),
    "context": (10, lambda n: [{"type": "context", "elements": [mrkdwn(3)] * n}]),
    "actions": (25, lambda n: [actions(*map(button, range(n)))]),
    "context_actions": (5, lambda n: [feedback(n)]),
    "button text": (75, lambda n: [actions(button(text=plain(n)))]),
    "button value": (2000, lambda n: [actions(button(value="x" * n))]),
    "button url": (3000, lambda n: [link(n)]),
    "button label": (75, lambda n: [actions(button(accessibility_label="x" * n))]),
    "option text": (75, lambda n: [actions(select(options=[option(text=n)]))]),
    "option value": (150, lambda n: [actions(select(options=[option() | {"value": "x" * n}]))]),
    "option description": (75, lambda n: [actions(select(options=[option() | {"description": plain(n)}]))]),
    "options": (100, lambda n: [actions(select(options=[option(k) for k in range(n)]))]),
    "option groups": (100, lambda n: [actions(groups(n))]),
    "overflow": (5, lambda n: [actions(overflow(n))]),
    "time picker": (150, lambda n: [actions(time_picker(placeholder=plain(n)))]),
    "radio buttons": (10, lambda n: [actions(choices("radio_buttons", n))]),
    "checkboxes": (10, lambda n: [actions(choices("checkboxes", n))]),
    "placeholder": (150, lambda n: [actions(select(placeholder=plain(n)))]),
    "input label": (2000, lambda n: [form(label=plain(n))]),
    "input hint": (2000, lambda n: [form(hint=plain(n))]),
    "input max_length": (3000, lambda n: [form(text_input(max_length=n))]),
    "image url": (3000, lambda n: [image(address=n)]),
    "image alt": (2000, lambda n: [image(alt=n)]),
    "confirm title": (100, lambda n: [confirm(title=n)]),
    "confirm text": (300, lambda n: [confirm(text=n)]),
    "confirm button": (30, lambda n: [confirm(confirm=n)]),
    "deny button": (30, lambda n: [confirm(deny=n)]),
    "markdown": (12_000, lambda n: [{"type": "markdown", "text": "x" * n}]),
    "markdown together": (
        12_000,
        lambda n: [{"type": "markdown", "text": "x" * k} for k in (6000, n - 6000)],
    ),
    "message blocks": (50, lambda n: [{"type": "divider"}] * n),
}


@pytest.mark.parametrize("name", LIMITS)
def test_the_limit_itself_is_allowed_and_one_more_is_not(name):
    most, build = LIMITS[name]
    assert faults(build(most), Surface.MESSAGE) == []
    assert faults(build(most + 1), Surface.MESSAGE) != []


@pytest.mark.parametrize("surface", [Surface.MODAL, Surface.HOME])
def test_views_take_a_hundred_blocks(surface):
    assert faults([{"type": "divider"}] * 100, surface) == []
    assert faults([{"type": "divider"}] * 101, surface) == ["/blocks: 101 items, at most 100 are allowed"]


@pytest.mark.parametrize(
    ("blocks", "fault"),
    [
        ([{"type": "nothing"}], "/blocks/0: type must be one of section, header"),
        ([{"type": ["section"]}], "/blocks/0: type must be one of"),
        ([7], "/blocks/0: must be an object"),
        ({}, "/blocks: must be a list"),
        ([{"type": "header", "text": mrkdwn(3)}], "/blocks/0/text: type must be one of plain_text"),
        ([actions(button(text=mrkdwn(3)))], "/blocks/0/elements/0/text: type must be one of plain_text"),
        ([section(text=mrkdwn(0))], "/blocks/0/text/text: must not be empty"),
        ([{"type": "section"}], "/blocks/0: needs text or fields"),
        ([section(colour="red")], "/blocks/0: colour is not a field of this"),
        ([actions(text_input())], "/blocks/0/elements/0: type must be one of button"),
        ([actions(image())], "/blocks/0/elements/0: type must be one of button"),
        ([{"type": "context", "elements": [button()]}], "/blocks/0/elements/0: type must be one of image"),
        ([form(button())], "/blocks/0/element: type must be one of plain_text_input"),
        ([actions()], "/blocks/0/elements: 0 items, at least 1 are needed"),
        ([actions(overflow(1))], "/blocks/0/elements/0/options: 1 items, at least 2 are needed"),
        ([actions(button(style="blue"))], "/blocks/0/elements/0/style: must be one of primary, danger"),
        ([actions(button(url="no address"))], "/blocks/0/elements/0/url: is not written as it must be"),
        ([image() | {"image_url": "data:x"}], "/blocks/0/image_url: is not written as it must be"),
        ([actions(select(initial_option=option(9)))], "/blocks/0/elements/0/initial_option: is not among"),
        (
            [actions(select() | groups(1))],
            "/blocks/0/elements/0: needs exactly one of options, option_groups",
        ),
        ([actions(button(), button())], "/blocks: the action_id a0 stands 2 times"),
        ([actions(button()), section(accessory=button())], "/blocks: the action_id a0 stands 2 times"),
        ([section(block_id="b"), section(block_id="b")], "/blocks: the block_id b stands 2 times"),
        ([form(optional="yes")], "/blocks/0/optional: must be true or false"),
        ([form(text_input(max_length=True))], "/blocks/0/element/max_length: must be a whole number"),
    ],
)
def test_each_kind_of_fault_is_named_with_its_place(blocks, fault):
    (found,) = faults(blocks, Surface.MESSAGE)
    assert found.startswith(fault)


def test_blocks_of_every_kind_are_taken():
    words = {"type": "text", "text": "hello", "style": {"bold": True}}
    parts = [{"type": "rich_text_section", "elements": [words, {"type": "user", "user_id": "U1"}]}]
    parts.append({"type": "rich_text_list", "style": "bullet", "elements": parts[:1]})
    blocks = [
        {"type": "header", "text": plain(3) | {"emoji": True}},
        section(accessory=button(1, value="v", style="primary"), expand=True),
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn(3), plain(3), image()]},
        actions(button(2), select(initial_option=option()), overflow(2)),
        form(),
        image(),
        {"type": "rich_text", "elements": parts},
        {"type": "markdown", "text": "**hi**"},
        feedback(1),
    ]
    assert faults(blocks, Surface.MESSAGE) == []


@pytest.mark.parametrize("hour", ["8:30", "24:00", "08:60", "", "08:30:00", None])
def test_an_hour_that_is_none_is_named(hour):
    assert faults([actions(time_picker(initial_time=hour))], Surface.HOME)


@pytest.mark.parametrize("block", [{"type": "markdown", "text": "x"}, feedback(1)])
@pytest.mark.parametrize("surface", [Surface.MODAL, Surface.HOME])
def test_some_blocks_are_for_messages_only(block, surface):
    assert faults([block], Surface.MESSAGE) == []
    assert len(faults([block], surface)) == 1


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_a_modals_words_are_short(name):
    def view(length):
        return {"type": "modal", "title": MODAL_TITLE, "blocks": []} | {name: plain(length)}

    assert view_faults(view(24)) == []
    assert view_faults(view(25)) == [f"/{name}/text: 25 characters, at most 24 are allowed"]


@pytest.mark.parametrize(
    ("name", "most"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)]
)
def test_a_views_own_fields_are_limited(name, most):
    def view(length):
        return {"type": "home", "blocks": [], name: "x" * length}

    assert view_faults(view(most)) == []
    assert len(view_faults(view(most + 1))) == 1


def test_a_modal_with_an_input_needs_submit():
    view = {"type": "modal", "title": MODAL_TITLE, "blocks": [form()]}
    assert view_faults(view) == ["/submit: is needed, since the blocks hold an input"]
    assert view_faults(view | {"submit": plain(4)}) == []
    assert view_faults({"type": "home", "blocks": [form(dispatch_action=True)]}) == []


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (None, "/: must be an object"),
        ({"type": "modal", "blocks": []}, ": title is missing"),
        ({"type": "home", "blocks": [], "title": MODAL_TITLE}, ": title is not a field of this"),
        ({"type": "home"}, "/blocks: must be a list"),
        ({"type": "sheet", "blocks": []}, ": type must be one of home, modal"),
    ],
)
def test_malformed_views_are_named(view, fault):
    assert view_faults(view) == [fault]


def test_many_fine_blocks_can_be_too_much_together():
    frame = len('[{"type":"markdown","text":""}]')
    fitting = [{"type": "markdown", "text": "x" * (limits.MESSAGE_BLOCKS_CHARACTERS - frame)}]
    assert not too_long(fitting)
    assert too_long([{"type": "markdown", "text": fitting[0]["text"] + "x"}])
