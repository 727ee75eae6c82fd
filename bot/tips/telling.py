"""A subscription → what people read of it: how it is, and always what happens next and when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.coach.answer import Answer, Step
from bot.coach.daily_texts import DailyText
from bot.coach.match import MatchKind
from bot.coach.question import Ask
from bot.store.records import Key, Subscription, TargetKind
from bot.tips.card import LABELS, TOOL, write_item
from bot.tips.card import Act as Press
from bot.tips.pace import slower
from bot.tips.saying import say_day, say_misread, say_next, say_summary
from bot.tips.schedule import Pace, local_day
from bot.tips.standing import Standing, due_of, is_paused, schedule_of
from bot.tips.wish import Act, Misread, Wish, say

WISH = "wish"
"""Stands before what a button has to say in place of whoever presses it: "wish:at 08:30"."""
SAID = "said"
"""The same as if it were said in the channel, so that it is asked whose tips are meant."""
_HERE = "_here"
_ALONE = frozenset(
    {
        *(DailyText.GUEST, DailyText.NO_CHANNEL, DailyText.ENDED, DailyText.ENDED_HERE, DailyText.NOT_SURE),
        *(DailyText.NOT_KNOWN, DailyText.STOPPED),
    }
)
"""Texts that say themselves what happens next."""
_SIGN_UP, _RESUME, _WEEK, _OFF = "Send a daily tip", "Go on", "Pause for a week", "Stop"
_CHANNELS, _OWN, _MORE = "This channel's tips", "My own tips", "As often as before"


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells how things stand, in the words of the content.

    Args:
        texts: What is said about the daily tip.
        discreet: Whether others read it, so that nobody's hour and place are told.
    """

    texts: Mapping[DailyText, str]
    discreet: bool = False

    def tell(self, standing: Standing, *said: DailyText | str, after: Iterable[str] = ()) -> Answer:
        """Say what became of a wish, and what happens next.

        Args:
            standing: How things stand now.
            said: What to say first: a text of the content, or a sentence.
            after: Sentences for the end.
        """
        live = standing.live
        summary = say_summary(schedule_of(live), Pace(live.pace), discreet=self.discreet) if live else ""
        opening = [
            self.texts[each].replace("{summary}", summary) if isinstance(each, DailyText) else each
            for each in said
        ]
        outlook = "" if _ALONE.intersection(said) else self.outlook(standing)
        lead = " ".join(filter(None, (*opening, outlook, *after)))
        return Answer(MatchKind.TOOL, self.headline(standing.kind), lead, steps=tuple(_steps(standing)))

    def ask_back(self, misread: Misread, mark: str = WISH) -> Answer:
        """Ask what was meant, with the nearest that can be meant as buttons.

        Args:
            misread: What was not clear.
            mark: What stands before the wishes that the buttons carry.
        """
        lead = f"{say_misread(misread)} {self.texts[DailyText.UNCLEAR]}"
        choices = zip(misread.nearest, misread.wishes, strict=True)
        here = any(wish.here for wish in misread.wishes)
        kind = TargetKind.CHANNEL if here else TargetKind.PERSON
        steps = tuple(wish_step(label, wish, mark) for label, wish in choices)
        return Answer(MatchKind.TOOL, self.headline(kind), lead, steps=steps)

    def ask_which(self, heard: Wish | Misread) -> Answer:
        """Ask whether somebody means the tips of the channel or their own."""
        if isinstance(heard, Misread):
            return self.ask_back(heard, SAID)
        theirs, own = wish_step(_CHANNELS, replace(heard, here=True)), wish_step(_OWN, heard)
        return self.say(DailyText.WHICH, steps=(theirs, own))

    def nothing(self, kind: TargetKind) -> Answer:
        """Say that no tips come, and ask what it is about."""
        lead = self._text(DailyText.NOTHING_TO_STOP, kind)
        return Answer(MatchKind.TOOL, self.headline(kind), lead)

    def open(self, answer: Answer) -> Answer:
        """The same with a door for whoever spoke of something else than tips."""
        return replace(answer, lead=f"{answer.lead} {self.texts[DailyText.MEANT_ELSE]}")

    def reply(self, standing: Standing, text: DailyText) -> Answer:
        """Go on from an answer to the question whether once a week is right."""
        if text is not DailyText.HOW_ELSE:
            return self.tell(standing, text)
        steps = (wish_step(_MORE, Wish(pace=Pace.DAILY)), wish_step(_OFF, Wish(Act.OFF)))
        return self.say(text, steps=steps)

    def say(self, text: DailyText, *, steps: tuple[Step, ...] = ()) -> Answer:
        """Say one thing that stands by itself."""
        return Answer(MatchKind.TOOL, self.texts[DailyText.HEADLINE], self.texts[text], steps=steps)

    def headline(self, kind: TargetKind) -> str:
        """Name whose tips are spoken of."""
        return self._text(DailyText.HEADLINE, kind)

    def outlook(self, standing: Standing) -> str:
        """What happens next, and when."""
        live = standing.live
        due = due_of(live) if live else None
        if standing.is_stopped:
            return self.texts[DailyText.STOPPED]
        if live is None:
            return self._text(DailyText.ENDED if standing.known else DailyText.NONE, standing.kind)
        if live.asked:
            return self._text(DailyText.ASKED, standing.kind)
        if due is None:
            return self._text(DailyText.PAUSED, standing.kind)
        if live.until_on is not None and due.due_on > live.until_on:
            there = local_day(live.tz, due.at)
            said = [self._text(DailyText.ASKS_NEXT, standing.kind).replace("{day}", say_day(there))]
        else:
            said = [say_next(schedule_of(live), due, discreet=self.discreet)]
        if is_paused(live, standing.now) and live.paused_until:
            day = say_day(live.paused_until)
            said.insert(0, self._text(DailyText.PAUSED_UNTIL, standing.kind).replace("{day}", day))
        return " ".join(said)

    def trial(self, standing: Standing) -> str:
        """Until when the trial lasts; nothing where there is none to come to its end."""
        live = standing.live
        due = due_of(live) if live else None
        if live is None or due is None or live.asked or live.until_on is None:
            return ""
        if due.due_on > live.until_on or standing.is_stopped:
            return ""
        return self.texts[DailyText.TRIAL].replace("{day}", say_day(live.until_on))

    def _text(self, text: DailyText, kind: TargetKind) -> str:
        return self.texts[DailyText(text + _HERE) if kind is TargetKind.CHANNEL else text]


def wish_step(label: str, wish: Wish, mark: str = WISH) -> Step:
    """A button that says a wish."""
    return Step(label, Ask(tool=TOOL, item=f"{mark}:{say(wish)}"))


def _steps(standing: Standing) -> Iterable[Step]:
    """What may be done next, at the press of a button."""
    live, here = standing.live, standing.kind is TargetKind.CHANNEL
    if live is None:
        return [] if standing.is_stopped else [wish_step(_SIGN_UP, Wish(here=here))]
    if live.asked:
        return _go_on_steps(live, standing)
    if is_paused(live, standing.now):
        return [wish_step(_RESUME, Wish(Act.RESUME, here=here)), wish_step(_OFF, Wish(Act.OFF, here=here))]
    pace = Pace(live.pace)
    fewer = [wish_step(LABELS[Press.LESS], Wish(Act.LESS, here=here))]
    return [
        wish_step(_WEEK, Wish(Act.PAUSE, pause_days=7, here=here)),
        *(fewer if slower(pace, live.days_mask) != pace else []),
        wish_step(_OFF, Wish(Act.OFF, here=here)),
    ]


def _go_on_steps(live: Subscription, standing: Standing) -> Iterable[Step]:
    key = Key(live.id, local_day(live.tz, standing.now))
    for act in (Press.GO_ON_DAILY, Press.GO_ON_WEEKLY, Press.STOP):
        yield Step(LABELS[act], Ask(tool=TOOL, item=write_item(act, key)))
