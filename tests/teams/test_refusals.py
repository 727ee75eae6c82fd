"""What the Bot Connector does not take, seen from the whole coach: nobody gets it twice, and it goes on."""

import pytest

from bot.playground.teams.cards import labels, texts
from bot.playground.teams.disturbances import RESET, Call
from bot.playground.teams.model import Scope

PERSONAL = Scope.PERSONAL


async def _headlines(teams, count):
    shown = await teams.until(lambda: teams.answers(PERSONAL)[count - 1 :] and teams.answers(PERSONAL))
    return [texts(message.card).splitlines()[0] for message in shown]


@pytest.mark.parametrize("status", [412, 429])
async def test_too_fast_is_answered_once_after_the_pause(teams, quiet, status):
    teams.next_answer(status, {"Retry-After": "0"})
    await teams.write("what is leadership?")
    await teams.until(lambda: len(teams.calls) == 2)
    assert await _headlines(teams, 1) == ["What is leadership?"]
    assert "incident" not in quiet.text


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500, RESET])
async def test_what_is_not_taken_is_given_up_and_the_next_is_answered(teams, quiet, status):
    teams.next_answer(status)
    await teams.write("what is leadership?")
    await teams.until(lambda: teams.calls)
    await teams.write("what is management?")
    assert await _headlines(teams, 1) == ["What is management?"]
    assert len(teams.calls) == 2
    assert "answering a message in Teams failed" in quiet.text
    assert "incident" not in quiet.text


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_a_button_needs_no_call_so_it_works_for_who_blocked_us_too(teams, status):
    await teams.write("what is leadership?")
    await _headlines(teams, 1)
    (answer,) = teams.answers(PERSONAL)
    teams.next_answer(status)
    reply = await teams.press(answer, labels(answer.card)[0])
    assert (reply.status, reply.failure) == (200, "")
    assert len(teams.calls) == 1


@pytest.mark.parametrize(
    ("call", "status", "said"),
    [
        *((Call.OPEN, status, "Agreed") for status in (403, 404, 429, 500, RESET)),
        *((Call.MEMBER, status, "Agreed") for status in (403, 404, RESET)),
        *((Call.MEMBER, status, "try again in a minute") for status in (429, 500)),
    ],
)
async def test_what_teams_does_not_tell_keeps_nobody_from_an_answer(kept, quiet, call, status, said):
    kept.next_answer(status, call=call)
    await kept.slash("daily")
    answer = (await kept.until(kept.answers))[0]
    assert said in texts(answer.card)
    assert "incident" not in quiet.text
