"""Tenants of Teams with the coach at work in them."""

import json
from contextlib import asynccontextmanager
from pathlib import Path

from jsonschema import Draft6Validator

from bot.app import running
from bot.coach.coach import Coach
from bot.config import ServerSettings
from bot.memory import remembering
from bot.playground.teams.emulator import TeamsEmulator
from bot.teams.gate import PATH
from bot.trying import emulated_side, teams_commands
from tests.teams.stand import MARK

SCHEMA = json.loads((Path(__file__).parent / "schema" / "adaptive-card-1.5.json").read_text(encoding="utf-8"))


def sent_cards(teams):
    """Every card that the coach sent, and every one that it answered a button with."""
    sent = [each for call in teams.calls for each in call.body.get("attachments", [])]
    answered = [each.reply.body.get("value") for each in teams.deliveries]
    return [each["content"] for each in sent] + [card for card in answered if isinstance(card, dict)]


@asynccontextmanager
async def tenant(conversation, *, memory=None, prepare=lambda _: None, **options):
    """A tenant of Teams with the coach at work in it; `prepare` sees it before the coach comes."""
    async with TeamsEmulator(environment={}, commands=teams_commands(), **options) as teams:
        prepare(teams)
        side = emulated_side(teams, conversation, memory, teams.clock)
        async with running(ServerSettings(port=0), [side], memory) as address:
            teams.connect(address + PATH)
            teams.memory = memory
            yield teams
        for card in sent_cards(teams):
            Draft6Validator(SCHEMA).validate(card)


@asynccontextmanager
async def remembered(coach, address, clock, **options):
    """The coach in a tenant, with a database at this address."""
    async with (
        remembering(coach, address, b"a key", clock.milliseconds) as (conversation, memory),
        tenant(conversation, memory=memory, clock=clock, **options) as teams,
    ):
        yield teams


class BrokenCoach(Coach):
    """Fails on every question about breaking, and on every button."""

    def press(self, *_, **__):
        raise RuntimeError(MARK)

    def match(self, question):
        if "break" in question.text:
            raise RuntimeError(question.text)
        return super().match(question)
