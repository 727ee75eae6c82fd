"""What is decided about tips → the database: all of it, or none and a sentence that says so."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.coach.answer import Answer, Step
from bot.coach.daily_texts import DailyText
from bot.errors import CoachError, StoreError
from bot.store import subscriptions, workspaces
from bot.store.database import Database
from bot.store.records import Subscription
from bot.tips.granting import Grant, may_change
from bot.tips.standing import Standing
from bot.tips.telling import Telling
from bot.tips.who import Who

_ATTEMPTS = 4
"""Somebody else, or the planner, may have been faster; more than a few times in a row nobody is."""

Look = Callable[[], Awaitable[Standing | None]]
"""Finds out how things stand at this moment; None where there is nothing any more."""
Decide = Callable[[Standing], Grant]


class KeepError(CoachError):
    """A change was not kept; with `unsure` it may have been."""

    def __init__(self, reason: str, *, unsure: bool = False) -> None:
        self.unsure = unsure
        super().__init__(reason)


@contextmanager
def changing() -> Iterator[None]:
    """Around what writes, so that it is told from what only reads.

    Raises:
        KeepError: The database did not do it.
    """
    try:
        yield
    except StoreError as error:
        raise KeepError(str(error), unsure=error.outcome_unknown) from error


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps what somebody wishes."""

    database: Database
    who: Who
    telling: Telling
    again: Step | None = None
    """Says the wish once more."""

    async def follow(self, look: Look, decide: Decide) -> Answer:
        """Decide by how things stand, keep it, and say what happens next; anew where someone was faster.

        Raises:
            StoreError: How things stand cannot be read; nothing is changed.
            KeepError: It was not kept, or perhaps was.
        """
        for _ in range(_ATTEMPTS):
            standing = await look()
            if standing is None:
                return self.telling.say(DailyText.OLD_BUTTON)
            granted = decide(standing)
            if granted.wanted is None:
                return self._tell(standing, granted)
            with changing():
                stored = await self._put(granted.wanted)
            if stored is not None:
                return self._tell(replace(standing, known=stored), granted)
        raise KeepError("others change these tips all the time")

    def _tell(self, standing: Standing, granted: Grant) -> Answer:
        after = [self.telling.trial(standing)] if granted.text in _WITH_TRIAL else []
        if granted.zone_guessed and not self.telling.discreet:
            after.append(self.telling.texts[DailyText.ZONE_GUESSED])
        live = standing.live
        if not self.who.has_chat and live is not None and live.target_id == self.who.person and live.next_at:
            after.append(self.telling.texts[DailyText.NO_CHAT])
        if granted.taken_over:
            after.append(self.telling.texts[DailyText.TAKEN_OVER])
        elif live is not None and not live.set_up_by:
            after.append(self.telling.texts[DailyText.NOBODYS])
        said = [granted.text] if granted.text else []
        answer = self.telling.tell(standing, *said, after=after)
        if granted.text is DailyText.NOT_KNOWN and self.again is not None:
            return replace(answer, steps=(self.again,))
        theirs = granted.text is not DailyText.GUEST and (live is None or may_change(self.who, live))
        return answer if theirs else replace(answer, steps=())

    async def _put(self, wanted: Subscription) -> Subscription | None:
        if not wanted.workspace_id:
            workspace = await workspaces.ensure(self.database, self.who.platform, self.who.workspace)
            wanted = replace(wanted, workspace_id=workspace.id)
        return await subscriptions.put(self.database, wanted)


_WITH_TRIAL = frozenset(
    {DailyText.SIGNED_UP, DailyText.SIGNED_UP_HERE, DailyText.SHOWN, DailyText.RESUMED, None}
)
"""What is said about a trial as well; None says only what happens next, as with a pause."""
