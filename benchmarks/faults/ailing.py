"""Tips go out from a file that takes nothing now and then, while somebody wants things from it."""

import asyncio
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass

from benchmarks.faults.coach import PATIENCE_SECONDS
from benchmarks.faults.outcome import broken
from benchmarks.faults.pair import Tally, start_pair, stop
from benchmarks.faults.stand import Account, Stand, standing
from benchmarks.faults.visitor import Meanwhile, Visitor, visiting

MUST_HOLD = (
    "0 lost, 0 twice, 0 in doubt; who wants something kept reads that it was not, and the operator why; "
    f"questions are answered as ever; all within {PATIENCE_SECONDS:.0f} s; the file is whole"
)
_DELAY_SECONDS = 0.15
_PATIENCE_SECONDS = 600.0

Spell = Callable[[], AbstractAsyncContextManager[None]]
"""As long as it lasts, the file takes nothing."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """What it has."""

    spell: Spell
    sentence: str
    """What the operator is to read."""
    seconds: float
    """How long a spell is."""
    times: int
    """How many, if the tips last so long."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What was seen."""

    ailment: Ailment
    usual: str
    """What is said to a question at other times."""
    spells: Sequence[Meanwhile]
    finished: bool
    healed_after: float
    """Seconds from the end of the last spell until all tips were accounted for."""
    after: str | None
    """Why nothing could be stored at the end; None where it could."""
    tally: Tally
    account: Account
    logged: int
    """Lines of the senders' logs that tell the sentence."""
    integrity: str

    def broken(self) -> list[str]:
        """What did not hold."""
        account, sentence = self.account, self.ailment.sentence
        answers = [said for spell in self.spells for said in spell.answers]
        changes = [said for spell in self.spells for said in spell.changes]
        return broken(
            all_accounted_for=self.finished,
            all_spells_came=len(self.spells) == self.ailment.times,
            senders_met_it=self.tally.troubles > 0,
            none_lost=account.lost == 0,
            none_twice=account.twice == account.more == 0,
            none_in_doubt=account.in_doubt == 0,
            it_says_so=all(spell.sentences == {sentence} for spell in self.spells),
            it_tells_who_wants_something_kept=all(spell.refused for spell in self.spells),
            it_tells_the_operator=all(spell.logged for spell in self.spells),
            questions_are_answered=all(said.words == self.usual for said in answers),
            questions_are_answered_in_time=max(said.seconds for said in answers) <= PATIENCE_SECONDS,
            changes_are_answered_in_time=max(said.seconds for said in changes) <= PATIENCE_SECONDS,
            it_heals=self.after is None,
            the_file_is_whole=self.integrity == "ok",
        )

    def figures(self) -> dict[str, object]:
        """What is worth reading of it."""
        account = self.account
        answers = [said.seconds for spell in self.spells for said in spell.answers]
        changes = [said.seconds for spell in self.spells for said in spell.changes]
        return {
            "lost": account.lost,
            "twice": account.twice + account.more,
            "in doubt": account.in_doubt,
            "in doubt for a while": self.tally.unknown,
            "sent by each": " + ".join(f"{sent:,}" for sent in self.tally.sent),
            "said": " / ".join(sorted({why for spell in self.spells for why in spell.sentences})),
            "changes refused": f"{sum(spell.refused for spell in self.spells)} of {len(changes)}, "
            f"slowest {max(changes):.1f} s",
            "questions answered": f"{len(answers)}, slowest {max(answers):.2f} s",
            "rounds that failed": self.tally.troubles,
            "lines about it in the senders' logs": self.logged,
            "all sent": f"{self.healed_after:.0f} s after it",
            "integrity_check": self.integrity,
        }


async def ail(address: str, ailment: Ailment, *, people: int, workspaces: int) -> Trial:
    """Let tips go out meanwhile, and count at the end."""
    with tempfile.TemporaryFile() as log:
        async with (
            standing(address, workspaces=workspaces, people=people) as stand,
            visiting(address) as visitor,
        ):
            stand.slack.delay = _DELAY_SECONDS
            usual = await visitor.ask()
            replicas = await start_pair(stand, log.fileno())
            spells = await _spells(stand, visitor, ailment)
            begun = time.monotonic()
            finished = await stand.until_done(_PATIENCE_SECONDS)
            healed_after = time.monotonic() - begun
            tally, account, after = await stop(replicas), await stand.account(), await visitor.store()
        os.lseek(log.fileno(), 0, os.SEEK_SET)
        logged = sum(ailment.sentence in line for line in log.read().decode().splitlines())
    integrity = _check(address)
    return Trial(
        ailment, usual.words, spells, finished, healed_after, after, tally, account, logged, integrity
    )


async def _spells(stand: Stand, visitor: Visitor, ailment: Ailment) -> list[Meanwhile]:
    """The spells come when a part of the tips has arrived, then another, and so on."""
    seen: list[Meanwhile] = []
    for number in range(ailment.times):
        part = stand.crowd.people * (number + 1) // (ailment.times + 2)
        while len(stand.slack.arrived) < part and await stand.undone():  # noqa: ASYNC110  nothing tells when
            await asyncio.sleep(0.05)
        if not await stand.undone():
            break
        async with ailment.spell():
            watching = asyncio.create_task(Meanwhile.of(visitor, ailment.seconds, ailment.sentence))
            await asyncio.sleep(ailment.seconds)
        seen.append(await watching)
    return seen


def _check(address: str) -> str:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as file:
        return " ".join(str(row[0]) for row in file.execute("PRAGMA integrity_check"))
