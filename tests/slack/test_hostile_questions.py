"""What nobody should write, written everywhere: a calm answer, and nothing of it comes back."""

import json
from pathlib import Path

import pytest
import yaml

from bot.blockkit.limits import INPUT_CHARACTERS
from bot.coach.question import Question
from bot.playground.workspace import YOU

MANNERS = yaml.safe_load((Path(__file__).parents[1] / "dialogs" / "manners.yaml").read_text(encoding="utf-8"))
HOSTILE = {
    "only emoji": "👍🔥👩‍💻",
    "calling everyone": "<!channel> <!here> <!everyone> @channel MARK",
    "someone's id": "<@U1> <@U0BENOKAFO|ben> MARK",
    "a link in disguise": "<https://e.example|MARK> <javascript:alert(1)|x>",
    "a group": "<!subteam^S1|@MARK>",
    "backticks": "``` `MARK` *MARK* _MARK_ ~MARK~",
    "zero-width marks": "\u200b\u200d\u2060\ufeff MARK",
    "right-to-left marks": "\u202eMARK\u202c \u2067x\u2069",
    "control characters": "\x00\x07\x1b[31m MARK \r\n \u2028",
    "placeholders": "{reference} %s ${MARK} {{MARK}}",
    "entities": "&lt;!channel&gt; &amp;lt;!here&amp;gt; MARK",
    "tags": "<script>MARK</script>",
    "half a surrogate pair": "\ud83d MARK",
    "forty thousand characters": "MARK " * 8_000,
    "a forged button": "vision-execution|full||| MARK",
}

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(params=HOSTILE)
def hostile(request, mark):
    return HOSTILE[request.param].replace("MARK", mark)


def _check(shown, mark):
    """Nothing that was shown holds anything of what was written."""
    text = json.dumps(shown, ensure_ascii=False)
    assert text
    for echo in (mark, "<!", "<@", "javascript:", "\u202e", "\u200b", "e.example"):
        assert echo not in text


def _blocks(message):
    assert message.bot
    return [message.text, *message.blocks]


async def test_a_hostile_command_gets_a_calm_answer(slack, hostile, mark):
    reply = await slack.command("/lvm", hostile.encode(errors="replace").decode())
    assert reply.status == 200
    _check(_blocks(slack.messages()[-1]), mark)


async def test_a_command_in_slacks_own_markup_gets_a_calm_answer(door, hostile, mark):
    fields = {"command": "/lvm", "text": hostile, "user_id": "U1", "channel_id": "C1", "team_id": "T1"}
    answer = await door.json(fields)
    assert answer.status == 200
    _check(json.loads(answer.text), mark)


async def test_a_hostile_mention_gets_a_calm_answer(slack, said, hostile, mark):
    root = await slack.mention(hostile)
    await slack.until(lambda: said(slack))
    (answer,) = said(slack)
    assert answer.thread_ts == root.ts
    _check(_blocks(answer), mark)


async def test_a_hostile_direct_message_gets_a_calm_answer(slack, said, hostile, mark):
    await slack.direct_message(hostile)
    await slack.until(lambda: said(slack, YOU.id))
    (answer,) = said(slack, YOU.id)
    _check(_blocks(answer), mark)


async def test_a_hostile_question_in_a_window_gets_a_calm_answer(slack, hostile, mark):
    await slack.open_home()
    home = await slack.until(lambda: slack.home)
    await slack.enter(home, "lvm:question", hostile[:INPUT_CHARACTERS])
    modal = await slack.until(lambda: slack.modal)
    _check(modal.payload, mark)
    await slack.submit(modal, {"lvm:question": hostile[:INPUT_CHARACTERS]})
    assert not slack.modal.errors
    _check(slack.modal.payload, mark)


async def test_an_empty_question_in_a_window_is_told_so_under_the_box(slack):
    await slack.open_home()
    home = await slack.until(lambda: slack.home)
    await slack.enter(home, "lvm:question", "what is leadership?")
    modal = await slack.until(lambda: slack.modal)
    await slack.submit(modal, {"lvm:question": " \t "})
    assert "no question in that" in str(slack.modal.errors)


@pytest.mark.parametrize("empty", ["", " ", "<@U0COACH001>", "<!here> <@U1>"])
async def test_nothing_said_is_answered_with_a_welcome(slack, door, said, coach, empty):
    answer = await door.json({"command": "/lvm", "text": empty, "user_id": "U1", "channel_id": "C1"})
    assert json.loads(answer.text)["blocks"][0]["text"]["text"] == coach.welcome().headline
    root = await slack.say("good morning")
    event = {"type": "app_mention", "user": "U1", "text": empty, "channel": root.channel, "ts": root.ts}
    await door.json({"type": "event_callback", "event_id": "E1", "event": event})
    await slack.until(lambda: said(slack))
    assert coach.welcome().headline in said(slack)[0].text


@pytest.mark.parametrize("name", MANNERS)
async def test_manners_are_kept_in_direct_messages(slack, said, coach, name):
    await slack.direct_message(MANNERS[name]["said"])
    await slack.until(lambda: said(slack, YOU.id))
    assert _headline(said(slack, YOU.id)[0]) in _mannerly(coach, **MANNERS[name])


@pytest.mark.parametrize("name", MANNERS)
async def test_manners_are_kept_in_commands(slack, coach, name):
    await slack.command("/lvm", MANNERS[name]["said"])
    assert _headline(slack.messages()[-1]) in _mannerly(coach, **MANNERS[name])


def _mannerly(coach, said, kind):
    """The headlines over answers of that kind; to nothing at all, the welcome is one."""
    answer = coach.answer(coach.match(Question(said)))
    assert answer.kind == kind
    nothing_said = {coach.welcome().headline} if not said.strip() else set()
    declined = {"Not my subject", "I am listening"} if kind == "decline" else set()
    return {answer.headline} | nothing_said | declined


def _headline(message):
    return message.blocks[0]["text"]["text"]
