"""The dialogs of every platform, in Teams: what people read is what the conversation says, whole."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.conversation import Conversation
from bot.playground.teams.cards import texts
from bot.playground.teams.model import Person, Scope
from bot.store.threads import MemoryThreads
from bot.teams.rendering import render_message

DIALOGS = Path(__file__).parents[1] / "dialogs"
JUDGED = {"answer", "followup"}


def _read(name):
    return yaml.safe_load((DIALOGS / f"{name}.yaml").read_text(encoding="utf-8"))


THREADS, MANNERS, DAILY = _read("follow-ups"), _read("manners"), _read("daily")
STORED = {"(entries: 1)": "(entries: 2)"}
"""In Teams the way to somebody is stored beside what they wish for."""


@pytest.fixture
def beside(coach):
    """A conversation of its own, to which everything is said too."""
    return Conversation(coach, MemoryThreads(lambda: 0.0))


def _shows(message, answer):
    sent = render_message(answer, alone=message.audience is not None)
    assert message.card == sent["attachments"][0]["content"]
    assert message.summary == sent["summary"]


async def _answers(teams, scope, count):
    return (await teams.until(lambda: teams.answers(scope)[count - 1 :]))[-1]


@pytest.mark.parametrize("name", THREADS)
async def test_a_thread_goes_as_written(teams, beside, name):
    root = None
    for number, turn in enumerate(THREADS[name], 1):
        answer = await beside.ask(turn["said"], "a thread")
        root = root or await teams.mention(turn["said"])
        if number > 1:
            await teams.mention(turn["said"], root)
        message = await _answers(teams, Scope.CHANNEL, number)
        _shows(message, answer)
        assert answer.kind == turn["kind"], turn
        assert answer.topic == turn.get("topic"), turn
        assert turn.get("says", "") in " ".join(texts(message.card).split("\n")), turn


@pytest.mark.parametrize("name", MANNERS)
async def test_manners_are_kept(teams, coach, beside, name):
    said = MANNERS[name]["said"]
    answer = await beside.ask(said, "a chat") if said.strip() else coach.welcome()
    await teams.write(said)
    _shows(await _answers(teams, Scope.PERSONAL, 1), answer)
    assert answer.kind == MANNERS[name]["kind"] or not said.strip()


@pytest.mark.parametrize("name", MANNERS)
async def test_manners_are_kept_in_commands(teams, coach, beside, name):
    said = MANNERS[name]["said"]
    answer = await beside.command(said, "a command") if said.strip() else coach.welcome()
    await teams.slash(said)
    _shows(await _answers(teams, Scope.CHANNEL, 1), answer)


class Saturday:
    """21 November 2026, 08:00 in Lisbon."""

    def __init__(self):
        self.now = datetime(2026, 11, 21, 8, tzinfo=UTC).timestamp()

    def __call__(self):
        return self.now

    def milliseconds(self):
        return int(self.now * 1000)


@pytest.fixture
def clock():
    return Saturday()


@pytest.mark.parametrize("name", DAILY)
async def test_tips_and_data_go_as_written(kept, name):
    me = Person("Lia Costa", "11a00000-0000-4000-8000-0000000000d4", "Europe/Lisbon")
    kept.tenant.add(me)
    for number, turn in enumerate(DAILY[name], 1):
        await kept.write(turn["said"], user=me)
        await kept.until(lambda wanted=number: len(_read_by(kept, me)) >= wanted)
        answer = _read_by(kept, me)[-1]
        says = turn.get("says", "")
        for words, here in STORED.items():
            says = says.replace(words, here)
        assert says in " ".join(texts(answer.card).split("\n")), turn
        assert answer.can_be_judged == (turn.get("kind") in JUDGED), turn


def _read_by(teams, person):
    """What they were answered, without the boxes of a file."""
    return [m for m in teams.answers(Scope.PERSONAL, person) if "Input.Text" not in str(m.card)]
