"""What nobody should write, written everywhere in Teams: a calm answer, and nothing of it comes back."""

import json

import pytest

from bot.playground.teams.cards import texts
from bot.playground.teams.model import Scope

HOSTILE = {
    "only emoji": "👍🔥👩‍💻",
    "a mention of somebody": "<at>Ben</at> <at id='0'>MARK</at>",
    "a link in disguise": "[MARK](https://e.example) <https://e.example|MARK>",
    "a script": "<script>MARK</script> javascript:alert(1)",
    "backticks": "``` `MARK` *MARK* _MARK_ ~MARK~",
    "a date": "{{DATE(2026-11-23T08:00:00Z, LONG)}} MARK",
    "zero-width marks": "\u200b\u200d\u2060\ufeff MARK",
    "right-to-left marks": "\u202eMARK\u202c \u2067x\u2069",
    "control characters": "\x00\x07\x1b[31m MARK \r\n \u2028",
    "placeholders": "{reference} %s ${MARK} {{MARK}}",
    "entities": "&lt;b&gt; &amp;amp; MARK",
    "half a surrogate pair": "\ud83d MARK",
    "forty thousand characters": "MARK " * 8_000,
    "a forged button": "vision-execution|full||| MARK",
}
ECHOES = ("javascript:", "\u202e", "\u200b", "e.example", "DATE(", "<at")

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture(params=HOSTILE)
def hostile(request, mark):
    return HOSTILE[request.param].replace("MARK", mark)


@pytest.mark.parametrize(
    ("way", "scope"),
    [
        ("write", Scope.PERSONAL),
        ("mention", Scope.CHANNEL),
        ("slash", Scope.CHANNEL),
        ("group", Scope.GROUP),
    ],
)
async def test_it_gets_a_calm_answer(teams, hostile, mark, way, scope):
    await getattr(teams, way)(hostile)
    (answer,) = await teams.until(lambda: teams.answers(scope))
    shown = json.dumps([answer.card, answer.summary, answer.text], ensure_ascii=False)
    assert texts(answer.card)
    assert not [echo for echo in (mark, *ECHOES) if echo in shown]


@pytest.mark.parametrize(
    "data", [{}, {"ask": "x"}, {"ask": 7}, {"ask": {}}, {"menu": "ask"}, {"ask": "|" * 99}]
)
async def test_a_forged_button_gets_a_calm_answer(teams, data):
    await teams.write("vision vs execution")
    (answer,) = await teams.until(lambda: teams.answers(Scope.PERSONAL))
    person = teams.tenant.people[teams.messages(Scope.PERSONAL)[0].account]
    reply = await teams.send_press(answer, {"verb": "lvm"}, data, person)
    assert not reply.failure
    assert texts(teams.answers(Scope.PERSONAL)[0].card_for(person))
