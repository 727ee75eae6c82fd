"""Messages that mean something only where nothing else is said: "stop", "make it stop"."""

from collections.abc import Mapping

from bot.coach.commands import TIPS_OFF
from bot.coach.handbook import Handbook
from bot.coach.match import Match, MatchKind
from bot.coach.phrases import Phrase
from bot.coach.wording import without_small_talk, words

ALONE = "="
"""Stands before a sign that is none among other words."""


def whole(handbook: Handbook) -> Mapping[Phrase, Match]:
    """Give what such messages mean, by their words without small talk.

    They teach nothing: among other words the same ones are said of meetings, of gossip, and in need.
    """
    stop = handbook.tools.get(TIPS_OFF)
    found = {
        text: Match(MatchKind.TOOL, tool=TIPS_OFF, score=1.0) for text in (stop.phrasings if stop else ())
    }
    for referral in handbook.referrals.values():
        refers = Match(MatchKind.REFER, referral=referral.id, score=1.0)
        found |= {sign: refers for sign in referral.signs if sign.startswith(ALONE)}
    return {without_small_talk(words(text)): match for text, match in found.items()}
