"""Cards as Teams gets them, noted down in golden/; renewed with `pytest tests/teams --renew-golden`."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft6Validator

from bot.coach.answer import Answer, Document, Menu, Part, Step
from bot.coach.handbook import Side, Tip
from bot.coach.match import MatchKind
from bot.coach.question import Ask, Aspect
from bot.coach.topics import Sides
from bot.store.records import Key
from bot.teams.rendering import beside_it, in_its_place, notice, render_card, render_document, render_message
from bot.tips.card import show_tip

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SCHEMA = json.loads((HERE / "schema" / "adaptive-card-1.5.json").read_text(encoding="utf-8"))
MAPS, ROADS = Step("Maps", Ask("maps")), Step("Roads", Ask("roads", Aspect.WHY))
TIP = Tip("one", "Look up once.", "It helps.", "Look up.", "When lost, I will.", "maps", Side.LEADING, "?")
SHOWN = {
    "answer": render_message(
        Answer(
            MatchKind.ANSWER,
            "Maps vs. roads",
            "A map says where it is worth going; a road gets you there.",
            topic="maps",
            sides=Sides("Draw the map with them.", "Mend the road.", "Ask of each road where it leads."),
            parts=(Part("Try this", "When I draw a map, I will also mend one road."),),
            steps=(MAPS, ROADS),
            menus=(Menu("Related", (MAPS, ROADS)),),
        )
    ),
    "choices": render_message(
        Answer(
            MatchKind.CHOICES,
            "Let me ask back",
            "Do you mean one of these?",
            steps=(Step("How much of my week for maps, how much for roads?", Ask("maps")), ROADS),
        )
    ),
    "referral": render_message(
        Answer(MatchKind.REFER, "This is beyond me", "I am sorry.", points=("A doctor", "A friend"))
    ),
    "tip": render_message(show_tip(TIP, Key(17, date(2026, 11, 23)))),
    "markup": render_message(
        Answer(
            MatchKind.TOOL,
            "**Bold** & <b>",
            "[x](y)\n- {{DATE(2026-11-23T08:00:00Z)}}",
            parts=(Part("*", "_"),),
        )
    ),
    "file": render_message(
        Answer(MatchKind.TOOL, "Your data", "Here.", document=Document("data.json", "{}"))
    ),
    "file-part": render_document(Document("data.json", "{}"))[0],
    "notice": notice("Something broke. Reference: 1a2b."),
    "beside-a-card": beside_it("Something broke. Reference: 1a2b."),
    "in-place-of-a-private-card": in_its_place(
        render_card(
            Answer(MatchKind.ANSWER, "Maps", "Go.", steps=(MAPS,), menus=(Menu("Related", (ROADS,)),)),
            alone=True,
        )
    ),
}
"""Messages by the name of their file."""


@pytest.mark.parametrize("name", SHOWN)
def test_a_message_is_sent_as_before(name, request):
    written = json.dumps(SHOWN[name], indent=2, ensure_ascii=False) + "\n"
    file = GOLDEN / f"{name}.json"
    if request.config.getoption("--renew-golden", default=False):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8"), "renew with: pytest tests/teams --renew-golden"


def test_every_golden_file_is_held_to():
    assert {file.stem for file in GOLDEN.iterdir()} == set(SHOWN)


@pytest.mark.parametrize("name", sorted(SHOWN.keys() - {"notice", "beside-a-card"}))
def test_every_golden_card_follows_the_schema(name):
    shown = SHOWN[name]
    card = shown["attachments"][0]["content"] if "attachments" in shown else shown["value"]
    Draft6Validator(SCHEMA).validate(card)
