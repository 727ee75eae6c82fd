"""Buttons, menus, forms and later answers, over both transports."""

import pytest

from bot.playground.workspace import YOU


async def posted(slack, client, *elements):
    answer = await client.chat_postMessage(
        channel="#general", text="pick", blocks=[{"type": "actions", "elements": list(elements)}]
    )
    return slack.workspace.find(answer["channel"], answer["ts"])


async def test_a_click_carries_its_place_and_value(make, slack, client, connected):
    seen = {}

    @connected.action("ask")
    async def ask(ack, body):
        seen.update(body)
        await ack()

    message = await posted(slack, client, make.button("Example", "ask", "vision:example"))
    reply = await slack.click(message, "Example")
    assert reply.failure == ""
    assert seen["actions"][0]["value"] == "vision:example"
    assert seen["container"]["message_ts"] == seen["message"]["ts"] == message.ts
    assert seen["channel"] == {"id": "C0GENERAL1", "name": "general"}
    assert seen["user"]["id"] == YOU.id


@pytest.mark.usefixtures("over_http")
async def test_a_click_in_an_ephemeral_message_comes_without_the_message(make, slack, client):
    answer = await client.chat_postEphemeral(
        channel="C0GENERAL1",
        user=YOU.id,
        text="t",
        blocks=[{"type": "actions", "elements": [make.button("A", "a")]}],
    )
    await slack.click(slack.workspace.find("C0GENERAL1", answer["message_ts"]), "A")
    payload = slack.deliveries[-1].envelope.payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_a_menu_gives_the_chosen_option(slack, client, connected):
    seen = []

    @connected.action("role")
    async def role(ack, body, action):
        seen.append((action["selected_option"]["value"], body["state"]["values"]))
        await ack()

    options = [{"text": {"type": "plain_text", "text": t}, "value": t.lower()} for t in ("New", "Old")]
    message = await posted(slack, client, {"type": "static_select", "action_id": "role", "options": options})
    await slack.select(message, "role", "New")
    await slack.click(message, "Old")
    assert [value for value, _ in seen] == ["new", "old"]
    with pytest.raises(LookupError):
        await slack.select(message, "role", "never offered")


@pytest.mark.usefixtures("over_http")
async def test_feedback_buttons_give_their_side(slack, client):
    sides = {
        f"{name}_button": {"text": {"type": "plain_text", "text": name}, "value": name}
        for name in ("positive", "negative")
    }
    row = {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "fb", **sides}]}
    await client.chat_postMessage(channel="#general", text="t", blocks=[row])
    await slack.click(slack.messages()[-1], "negative")
    assert slack.deliveries[-1].envelope.payload["actions"][0]["value"] == "negative"


async def open_form(make, slack, client, app, **more):
    @app.action("form")
    async def form(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=make.modal(**more))

    await slack.click(await posted(slack, client, make.button("Form", "form")), "Form")
    return await slack.until(lambda: slack.modal)


async def test_a_form_is_opened_sent_and_closed(make, slack, client, connected):
    seen = {}

    @connected.view("form")
    async def sent(ack, view):
        seen.update(view)
        await ack()

    view = await open_form(make, slack, client, connected, private_metadata="kept")
    await slack.submit(view, {"words": "a & b"})
    assert seen["state"]["values"] == {"b": {"words": {"type": "plain_text_input", "value": "a & b"}}}
    assert seen["private_metadata"] == "kept"
    assert slack.modal is None


async def test_errors_stay_beside_their_input(make, slack, client, connected):
    @connected.view("form")
    async def sent(ack):
        await ack(response_action="errors", errors={"b": "too vague"})

    view = await open_form(make, slack, client, connected)
    await slack.submit(view, {"words": "x"})
    assert slack.modal.errors == {"b": "too vague"}


async def test_an_empty_form_is_not_sent(make, slack, client, over_http):
    view = await open_form(make, slack, client, over_http)
    before = len(slack.deliveries)
    reply = await slack.submit(view, {})
    assert reply.failure == "incomplete"
    assert slack.modal.errors == {"b": "Please fill this in."}
    assert len(slack.deliveries) == before


ANSWERS = {"update": ["title2"], "push": ["title2", "title"], "clear": []}


@pytest.mark.parametrize("action", ANSWERS)
async def test_the_answer_to_a_form_moves_the_views(make, slack, client, over_http, action):
    @over_http.view("form")
    async def sent(ack):
        view = make.modal(title={"type": "plain_text", "text": "title2"}, callback_id="second")
        await ack(response_action=action, **({} if action == "clear" else {"view": view}))

    await slack.submit(await open_form(make, slack, client, over_http), {"words": "x"})
    seen = []
    while slack.modal:
        seen.append(slack.modal.title)
        await slack.close(slack.modal)
    assert seen == ANSWERS[action]


async def test_closing_is_told_where_the_view_asks_for_it(make, slack, client, over_http):
    view = await open_form(make, slack, client, over_http, notify_on_close=True)
    await slack.close(view)
    assert slack.deliveries[-1].envelope.payload["type"] == "view_closed"


async def test_a_later_answer_replaces_and_deletes_the_message(make, slack, client, connected):
    @connected.action("go")
    async def go(ack, respond):
        await ack()
        await respond("changed", replace_original=True)

    @connected.action("gone")
    async def gone(ack, respond):
        await ack()
        await respond(delete_original=True)

    message = await posted(slack, client, make.button("Go", "go"), make.button("Gone", "gone"))
    other = await posted(slack, client, make.button("Gone", "gone"))
    await slack.click(message, "Go")
    await slack.click(other, "Gone")
    await slack.until(lambda: [m.text for m in slack.messages()] == ["changed"])


async def test_an_ephemeral_answer_can_be_replaced_later(make, slack, fetch, over_http):
    @over_http.command("/lvm")
    async def lvm(ack):
        await ack(text="first", blocks=[{"type": "actions", "elements": [make.button("More", "more")]}])

    await slack.command("/lvm")
    (first,) = slack.messages()
    await slack.click(first, "More")
    url = slack.deliveries[-1].envelope.payload["response_url"]
    await fetch("POST", url, json={"text": "second", "replace_original": True})
    (second,) = slack.messages()
    assert (second.text, second.ephemeral, second.ts) == ("second", True, first.ts)
