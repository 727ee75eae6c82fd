"""What Teams may send beside questions and presses: unknown, half empty, from bots, or very long."""

import copy
import json

import pytest

from bot.playground.teams.cards import texts
from bot.playground.teams.model import BOT_ACCOUNT, Scope
from bot.playground.teams.tenant import GROUP, YOU

PERSONAL = Scope.PERSONAL
MENTION = {"type": "mention", "mentioned": {"id": BOT_ACCOUNT}, "text": "<at>Coach</at>"}


def _activity(teams, kind="message", id_="an id", **more):
    return teams._sender(YOU, teams.tenant.place(PERSONAL)).activity(kind, id_, **more)


async def _headline(teams, count=1, scope=PERSONAL):
    shown = (await teams.until(lambda: teams.answers(scope)[count - 1 :]))[-1]
    return texts(shown.card).splitlines()[0]


async def _goes_on(teams):
    """That nothing was answered so far, and the next question is."""
    await teams.write("what is leadership?")
    assert await _headline(teams) == "What is leadership?"
    assert len(teams.calls) == 1


KINDS = {
    "an edit": (
        "messageUpdate",
        {"text": "what is management?", "channelData": {"eventType": "editMessage"}},
    ),
    "an edit undone": ("messageUpdate", {"channelData": {"eventType": "undeleteMessage"}}),
    "a deletion": ("messageDelete", {"channelData": {"eventType": "softDeleteMessage"}}),
    "a reaction": ("messageReaction", {"reactionsAdded": [{"type": "like"}], "replyToId": "1"}),
    "a reaction taken back": ("messageReaction", {"reactionsRemoved": [{"type": "like"}]}),
    "somebody typing": ("typing", {}),
    "a read receipt": ("event", {"name": "application/vnd.microsoft.readReceipt", "value": {"x": "1"}}),
    "a person who came": ("conversationUpdate", {"membersAdded": [{"id": "29:x"}]}),
    "a team renamed": ("conversationUpdate", {"channelData": {"eventType": "teamRenamed"}}),
    "what nobody knows yet": ("quantumUpdate", {"text": "what is management?"}),
    "nothing": ("", {}),
}


@pytest.mark.parametrize(("kind", "more"), KINDS.values(), ids=KINDS.keys())
async def test_what_needs_no_answer_gets_none(teams, quiet, kind, more):
    told = _activity(teams, kind)
    told |= more | {"channelData": {**told["channelData"], **more.get("channelData", {})}}
    reply = await teams._delivery.bring(told)
    assert (reply.status, reply.body) == (200, {})
    await _goes_on(teams)
    assert "incident" not in quiet.text


@pytest.mark.parametrize("name", ["task/fetch", "composeExtension/query", "", None, 7, []])
async def test_an_invoke_that_is_not_known_is_acknowledged(teams, name):
    reply = await teams._delivery.bring(_activity(teams, "invoke", name=name, value={"ask": "x"}))
    assert (reply.status, reply.body) == (200, {})
    await _goes_on(teams)


@pytest.mark.parametrize("account", [BOT_ACCOUNT, "28:another"])
async def test_what_bots_say_is_left_alone(teams, account):
    told = _activity(teams, text="<at>Coach</at> what is management?", entities=[MENTION])
    told["from"] = {"id": account, "name": "Bot"}
    told["conversation"] |= {"id": GROUP.id, "conversationType": "groupChat"}
    await teams._delivery.bring(told)
    await _goes_on(teams)


@pytest.mark.parametrize("value", [None, {"foo": "bar"}])
async def test_what_is_said_to_others_is_left_alone(teams, value):
    told = _activity(teams, text="what is management?", value=value)
    told["conversation"] |= {"id": GROUP.id, "conversationType": "groupChat"}
    await teams._delivery.bring(told)
    await _goes_on(teams)


@pytest.mark.parametrize("text", [None, "", [], 7, "<p></p>", "\u200b"])
async def test_a_message_with_nothing_to_read_is_welcomed_or_asked_back(teams, text):
    picture = {"contentType": "image/png", "contentUrl": "https://example.com/x.png"}
    await teams._delivery.bring(_activity(teams, text=text, attachments=[picture]))
    assert await _headline(teams) in {"Leading or managing?", "I am listening"}


@pytest.mark.parametrize("value", ["x", {}, {"foo": "bar"}, [], None, 7])
async def test_words_beside_what_is_no_button_of_ours_are_read(teams, value):
    await teams._delivery.bring(_activity(teams, text="what is management?", value=value))
    assert await _headline(teams) == "What is management?"


@pytest.mark.parametrize("piece", ["what is leadership? ", "что такое лидерство? ", "領導", "🔥"])
async def test_the_longest_message_of_teams_is_read(teams, piece):
    units = len(piece.encode("utf-16-le")) // 2
    text = piece * (100 * 1024 // 2 // units)
    html = {"contentType": "text/html", "content": text}
    body = _activity(teams, text=text, attachments=[html])
    headers = {"Authorization": f"Bearer {teams._signing.sign(body['serviceUrl'])}"}
    raw = json.dumps(body, ensure_ascii=False).encode()
    async with teams._delivery.session.post(teams._delivery.address, data=raw, headers=headers) as response:
        assert response.status == 200
    assert await _headline(teams)


async def test_without_an_id_nothing_is_taken_for_a_repetition(teams):
    for _ in range(2):
        await teams._delivery.bring(_activity(teams, id_="", text="what is management?"))
    assert await _headline(teams, 2) == "What is management?"


TITLES = {
    "difference": "Differences",
    "define": "The basics",
    "ask": "I am listening",
    "topics": "What I can talk about",
    "tip": "A tip for today",
    "Daily": "Your daily tip",
    "help": "What I can do",
    "privacy": "What I keep about you",
    "export": "What I keep about you",
    "forget": "What I keep about you",
}


@pytest.mark.parametrize(("title", "headline"), TITLES.items())
async def test_a_command_of_the_menu_does_the_same_with_and_without_its_slash(kept, title, headline):
    assert {each.title for each in kept.commands} == {each.casefold() for each in TITLES}
    await kept.write(title)
    await kept.group(title)
    await kept.slash(title)
    for scope in Scope:
        assert await _headline(kept, scope=scope) == headline


AT_A_PART = 3
"""Odd values that each part is tried with, one after the other of all."""
ODD = (None, 7, True, [], {}, [{}], "", "x" * 600, "\ud800", "\0", {"a": {"b": []}})


def _paths(part, path=()):
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from _paths(inner, (*path, key))


def _put(activity, path, odd):
    changed = copy.deepcopy(activity)
    part = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = odd
    return changed


@pytest.mark.parametrize("what", ["message", "press", "judge", "added"])
async def test_whatever_any_part_of_an_activity_is_nothing_breaks(kept, quiet, what):
    await kept.write("difference vision")
    await _headline(kept)
    sender, answer = kept._sender(YOU, kept.tenant.place(PERSONAL)), kept.answers(PERSONAL)[0]
    usual = {
        "message": kept.deliveries[-1].activity,
        "press": sender.press(answer, {"verb": "lvm"}, {"ask": "vision-execution|example|||"}),
        "judge": sender.judge(answer, "like", ""),
        "added": sender.installation("add"),
    }[what]
    for turn, path in enumerate(path for path in _paths(usual) if path != ("serviceUrl",)):
        for number in range(turn * AT_A_PART, (turn + 1) * AT_A_PART):
            odd = ODD[number % len(ODD)]
            told = {**usual, "id": f"{path} {number}"}
            assert (await kept._delivery.bring(_put(told, path, odd))).status in {200, 401}, (path, odd)
    assert "incident" not in quiet.text
