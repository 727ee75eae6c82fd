"""What is stored about somebody: told to them, given to them, erased."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.coach.answer import Answer, Document, Part, Step
from bot.coach.daily_texts import DailyText
from bot.coach.handbook import Handbook
from bot.coach.question import Ask
from bot.coach.tools import show_tool
from bot.store import people, workspaces
from bot.store.database import Database
from bot.store.kept_threads import DatabaseThreads
from bot.store.records import TargetKind
from bot.tips.card import TOOL
from bot.tips.in_words import Rows, in_words
from bot.tips.keeping import changing
from bot.tips.telling import Telling
from bot.tips.who import Who

FORGET, SURE = "forget", "forget-me"
"""What a button carries that asks whether to erase, and one that does."""
FILE = "what-the-coach-stores-about-you.json"
_HEADLINE, _NOW = "privacy", "At this moment"
_ASK, _DO = Step("Forget me", Ask(tool=TOOL, item=FORGET)), Step("Erase all of it", Ask(tool=TOOL, item=SURE))


@dataclass(frozen=True, slots=True)
class OwnData:
    """One person's data; every reading raises StoreError, and nothing is changed then."""

    database: Database
    threads: DatabaseThreads
    who: Who
    handbook: Handbook

    async def tell(self) -> Answer:
        """Say what is stored of anybody, and of them at this moment, table by table with counts."""
        rows = await self.read()
        tool = show_tool(self.handbook.tools[_HEADLINE])
        if not _count(rows):
            return replace(tool, parts=(Part(_NOW, self._texts[DailyText.STORED_NOTHING]),))
        lines = "\n".join(f"• {line}" for line in self._lines(rows))
        part = Part(_NOW, f"{self._texts[DailyText.STORED]}\n{lines}")
        return replace(tool, parts=(part,), steps=(_ASK, *tool.steps))

    def tell_uncounted(self, again: Step) -> Answer:
        """Say what is stored of anybody; what there is of them cannot be read."""
        tool = show_tool(self.handbook.tools[_HEADLINE])
        part = Part(_NOW, self._texts[DailyText.NOT_COUNTED])
        return replace(tool, parts=(part,), steps=(again, *tool.steps))

    def headed(self, answer: Answer) -> Answer:
        """The same under the headline of what is stored."""
        return replace(answer, headline=self.handbook.tools[_HEADLINE].headline)

    async def read(self) -> Rows:
        """Everything that is stored about them, by table, as it is stored."""
        await self.threads.write()
        found = await workspaces.find(self.database, self.who.platform, self.who.workspace)
        owner = self.threads.key_of(self.who.owner)
        of = found.id if found else 0
        return await people.export(self.database, of, self.who.person, thread_owner=owner)

    async def give(self) -> Answer:
        """Give it to them as a file."""
        rows = await self.read()
        if not _count(rows):
            return self._say(DailyText.NOTHING_TO_EXPORT)
        text = json.dumps(in_words(rows), indent=2, ensure_ascii=False)
        return replace(self._counted(DailyText.EXPORTED, _count(rows)), document=Document(FILE, text))

    async def ask(self) -> Answer:
        """Ask whether to erase it."""
        count = _count(await self.read())
        if not count:
            return self._say(DailyText.NOTHING_TO_FORGET)
        return replace(self._counted(DailyText.FORGET_SURE, count), steps=(_DO,))

    async def forget(self) -> Answer:
        """Erase it, in every table, at once.

        Raises:
            KeepError: Nothing was erased, or perhaps all.
        """
        rows = await self.read()
        found = await workspaces.find(self.database, self.who.platform, self.who.workspace)
        owner = self.threads.key_of(self.who.owner)
        await self.threads.forget(self.who.owner)
        with changing():
            of = found.id if found else 0
            await people.forget(self.database, of, self.who.person, thread_owner=owner)
        if not _count(rows):
            return self._say(DailyText.NOTHING_TO_FORGET)
        answer = self._counted(DailyText.FORGOTTEN, _count(rows))
        if self._channels(rows):
            return replace(answer, lead=f"{answer.lead} {self._texts[DailyText.FORGOTTEN_CHANNELS]}")
        return answer

    @property
    def _texts(self) -> Mapping[DailyText, str]:
        return self.handbook.daily

    def _say(self, text: DailyText) -> Answer:
        return self.headed(Telling(self._texts).say(text))

    def _counted(self, text: DailyText, count: int) -> Answer:
        said = self._say(text)
        return replace(said, lead=said.lead.replace("{count}", str(count)))

    def _lines(self, rows: Rows) -> Iterator[str]:
        """A line for each table that has something of them."""
        channels = self._channels(rows)
        counts = {
            DailyText.STORED_SUBSCRIPTION: len(rows["subscription"]) - channels,
            DailyText.STORED_CHANNELS: channels,
            DailyText.STORED_DELIVERY: len(rows["delivery"]),
            DailyText.STORED_TIP_SEEN: len(rows["tip_seen"]),
            DailyText.STORED_PERSON: len(rows["person"]),
            DailyText.STORED_REFERENCE: len(rows["reference"]),
            DailyText.STORED_THREAD: len(rows["thread"]),
        }
        for text, count in counts.items():
            if count:
                yield self._texts[text].replace("{count}", str(count))

    def _channels(self, rows: Rows) -> int:
        return sum(row["target_kind"] == TargetKind.CHANNEL for row in rows["subscription"])


def _count(rows: Rows) -> int:
    return sum(map(len, rows.values()))
