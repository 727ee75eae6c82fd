"""The hands of the people in the tenant: what tests and the page make them do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.playground.teams.activities import Sender
from bot.playground.teams.cards import check_card, fill, find_action
from bot.playground.teams.delivery import Delivery, Reply
from bot.playground.teams.limits import CARD_TYPE, TEXT_TYPE
from bot.playground.teams.model import Json, Message, Person, Place, Scope
from bot.playground.teams.refusals import RefusedError
from bot.playground.teams.tenant import YOU, Tenant

_OK: Final = 200
_NOTHING_TYPED: Final[Mapping[str, str]] = {}


class Hands:
    """Everything a person can do or see.

    What does something waits until the app has taken it; what the app says on that may come later.
    """

    tenant: Tenant
    _delivery: Delivery

    @property
    def service_url(self) -> str:
        """Where the app is told to send to."""
        raise NotImplementedError

    async def write(self, text: str, *, user: Person = YOU) -> Message:
        """Write in one's personal chat with the app."""
        place = self.tenant.place(Scope.PERSONAL, user)
        return await self.say(Message(place.id, "", user.account, text))

    async def mention(self, text: str, thread: Message | None = None, *, user: Person = YOU) -> Message:
        """Write to the app in the channel: a new post, or a reply to what began a thread."""
        place, root = self.tenant.place(Scope.CHANNEL), thread.root if thread else ""
        return await self.say(Message(place.id, "", user.account, text, thread=root, is_mention=True))

    async def group(self, text: str, *, user: Person = YOU) -> Message:
        """Write to the app in the group chat."""
        place = self.tenant.place(Scope.GROUP)
        return await self.say(Message(place.id, "", user.account, text, is_mention=True))

    async def slash(self, text: str, scope: Scope = Scope.CHANNEL, *, user: Person = YOU) -> Message:
        """Use a command of the app's where several people are; only oneself sees it, and its answer."""
        place, sender = self.tenant.place(scope, user), user.account
        return await self.say(Message(place.id, "", sender, f"/{text}", audience=sender))

    async def say(self, written: Message) -> Message:
        """Write anything anywhere; the app is told of what is meant for it."""
        posted = self.tenant.post(written)
        place = self.tenant.places[posted.place]
        is_meant = place.person is not None or posted.is_mention or posted.audience is not None
        if is_meant and place.id in self.tenant.installed:
            sender = self._sender(self.tenant.people[posted.account], place)
            await self._delivery.bring(sender.message(posted))
        return posted

    async def press(
        self,
        message: Message,
        label: str,
        typed: Mapping[str, str] = _NOTHING_TYPED,
        *,
        user: Person = YOU,
    ) -> Reply:
        """Press a button, by what it says or by its tooltip; the answer takes the card's place for them.

        Args:
            message: Whose card it is on.
            label: What it says.
            typed: What stands in the card's fields, by their ids; of a choice, what it says.
            user: Who presses.

        Raises:
            LookupError: There is nothing like it.
        """
        card = self._current(message).card_for(user)
        if card is None:
            raise LookupError("the message has no card")
        action = find_action(card, label)
        return await self.send_press(message, action, fill(card, action, typed), user)

    async def send_press(self, message: Message, action: Json, data: Json, user: Person) -> Reply:
        """Bring a press to the app, and show its answer to who pressed."""
        current = self._current(message)
        place = self.tenant.places[current.place]
        reply = await self._delivery.bring(self._sender(user, place).press(current, action, data))
        return reply if reply.failure else self._show(message, reply, user)

    async def judge(self, message: Message, reaction: str, words: str = "", *, user: Person = YOU) -> Reply:
        """Say `like` or `dislike` of an answer.

        Raises:
            LookupError: It cannot be judged.
        """
        current = self._current(message)
        if not current.can_be_judged:
            raise LookupError("the message has no thumbs")
        self.tenant.change(replace(current, verdicts={**current.verdicts, user.account: reaction}))
        place = self.tenant.places[current.place]
        return await self._delivery.bring(self._sender(user, place).judge(current, reaction, words))

    async def install(self, scope: Scope, *, user: Person = YOU) -> None:
        """Add the app to one's personal chat, to the group chat or to the channel's team."""
        place = self.tenant.place(scope, user)
        self.tenant.installed.add(place.id)
        sender = self._sender(user, place)
        await self._delivery.bring(sender.members("membersAdded"))
        await self._delivery.bring(sender.installation("add"))

    async def upgrade(self, scope: Scope, *, user: Person = YOU) -> None:
        """Bring the app to a new version there."""
        sender = self._sender(user, self.tenant.place(scope, user))
        await self._delivery.bring(sender.installation("add-upgrade"))

    async def uninstall(self, scope: Scope, *, user: Person = YOU) -> None:
        """Remove the app there."""
        place = self.tenant.place(scope, user)
        self.tenant.installed.discard(place.id)
        sender = self._sender(user, place)
        await self._delivery.bring(sender.members("membersRemoved"))
        await self._delivery.bring(sender.installation("remove"))

    async def delete_channel(self, *, user: Person = YOU) -> None:
        """Delete the channel."""
        await self._delete("channelDeleted", user)

    async def delete_team(self, *, user: Person = YOU) -> None:
        """Delete the team that the channel belongs to."""
        await self._delete("teamDeleted", user)

    async def bring_again(self) -> Reply:
        """Bring the latest activity once more, as happens when an answer is lost on its way."""
        return await self._delivery.bring(self._delivery.journal[-1].activity)

    def messages(self, scope: Scope = Scope.CHANNEL, viewer: Person = YOU) -> list[Message]:
        """List what somebody sees in a place, replies and private messages included, oldest first."""
        return self.tenant.messages(self.tenant.place(scope, viewer).id, viewer)

    def answers(self, scope: Scope = Scope.CHANNEL, viewer: Person = YOU) -> list[Message]:
        """The same, only what the app said."""
        return [message for message in self.messages(scope, viewer) if message.is_bot]

    def thread(self, root: Message, viewer: Person = YOU) -> list[Message]:
        """List a thread of the channel, its root first."""
        return [m for m in self.tenant.messages(root.place, viewer) if m.root == root.root]

    async def _delete(self, event: str, user: Person) -> None:
        sender = self._sender(user, self.tenant.place(Scope.CHANNEL))
        self.tenant.delete_channel()
        await self._delivery.bring(sender.gone(event))

    def _show(self, message: Message, reply: Reply, user: Person) -> Reply:
        """Put the card that the app answered with in the place of the pressed one, or its sentence below."""
        said, current = reply.body, self._current(message)
        notes = {account: note for account, note in current.notes.items() if account != user.account}
        value = said.get("value")
        if said.get("statusCode") == _OK and said.get("type") == TEXT_TYPE and isinstance(value, str):
            self.tenant.change(replace(current, notes=notes | {user.account: value}))
            return reply
        if said.get("statusCode") != _OK or said.get("type") != CARD_TYPE:
            return replace(reply, failure="its answer is neither a card nor a sentence")
        try:
            card = check_card(value)
        except RefusedError as refusal:
            return replace(reply, failure=f"Teams would not show its answer: {refusal}")
        instead = {**current.cards_instead, user.account: card}
        self.tenant.change(replace(current, cards_instead=instead, notes=notes))
        return reply

    def _current(self, message: Message) -> Message:
        found = self.tenant.find(message.place, message.id)
        if found is None:
            raise LookupError("the message is not there any more")
        return found

    def _sender(self, user: Person, place: Place) -> Sender:
        return Sender(user, place, self.service_url, self.tenant.clock())
