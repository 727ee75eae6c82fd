"""The Home tab: shown when it is opened, and anew when something in it was changed."""

from bot.coach.answer import Answer
from bot.coach.question import read_ask
from bot.conversation import Conversation
from bot.errors import StoreError
from bot.slack.daily import read_words, render_daily
from bot.slack.delivery import Delivery
from bot.slack.payload import Payload
from bot.slack.people import People
from bot.slack.rendering import Block
from bot.slack.views import render_home
from bot.tips.daily import Daily
from bot.tips.who import Who
from bot.tips.wish import Act


class Home:
    """Everyone's Home tab.

    Args:
        conversation: What the coach is and knows.
        delivery: The way to Slack.
        people: Who is before us; like `daily` None where there is no database.
        daily: Their tips.
    """

    def __init__(
        self, conversation: Conversation, delivery: Delivery, people: People | None, daily: Daily | None
    ) -> None:
        self._conversation = conversation
        self._delivery = delivery
        self._people = people
        self._daily = daily

    async def publish(self, team: str, user: str, action: Payload | None = None) -> None:
        """Show somebody their Home tab, once what they picked or pressed in it is carried out."""
        coach = self._conversation.coach
        privacy = coach.handbook.tools["privacy"].text
        section: list[Block] = []
        if self._daily is not None and self._people is not None:
            who = await self._people.find(team, user)
            section = await _section(self._daily, who, action)
        view = render_home(coach.welcome(), coach.browse(), privacy, section)
        await self._delivery.publish_home(user, view)


async def _section(daily: Daily, who: Who, action: Payload | None) -> list[Block]:
    said = await _carry_out(daily, who, action)
    try:
        own = await daily.find(who)
    except StoreError:
        own = None  # what was said tells so
    return render_daily(said, own, who.zone)


async def _carry_out(daily: Daily, who: Who, action: Payload | None) -> Answer:
    if action is None:
        return await daily.command(Act.SHOW, who)
    words = read_words(action)
    if words is not None:
        return await daily.command(words, who)
    value = action.get("value")
    ask = read_ask(value if isinstance(value, str) else "")
    return await daily.press(ask.item or "", who)
