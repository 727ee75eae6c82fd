"""How people say who they are, and the languages they ask in: fields → values."""

from bot.coach.handbook import Asker
from bot.coach.languages import SCRIPTS, Language, Spoken
from bot.content import texts
from bot.content.fields import Fields

_ABOUT_ALL = ("own", "how_to_ask")
"""The keys of languages.yaml that are no language."""


def asker(fields: Fields) -> Asker:
    """Read the words around a title."""
    return Asker(
        openings=fields.texts("openings", texts.WORD),
        between=fields.texts("between", texts.WORD),
        skipped=fields.texts("skipped", texts.WORD),
        not_before=fields.texts("not_before", texts.WORD),
        not_after=fields.texts("not_after", texts.WORD),
    )


def spoken(fields: Fields) -> Spoken:
    """Read the content's own language, and those that are told from it."""
    names = [name for name in fields if name not in _ABOUT_ALL]
    own = fields.reference("own", names)
    how_to_ask = fields.text("how_to_ask", texts.TEXT)
    others = [name for name in names if name != own] if own in names else []
    read = (_language(fields.table(name), name, speaks=name in others) for name in names)
    return Spoken(own, how_to_ask, tuple(read))


def _language(fields: Fields, name: str, *, speaks: bool) -> Language:
    speaks = speaks or "says" in fields
    return Language(
        name=name,
        words=fields.texts("words", texts.WORD, least=0 if "scripts" in fields else 1),
        scripts=fields.references("scripts", SCRIPTS, least=0),
        says=fields.text("says", texts.ONE_LINE) if speaks else "",
        asks=fields.text("asks", texts.ONE_LINE) if speaks else "",
    )
