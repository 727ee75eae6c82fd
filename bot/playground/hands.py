"""The hands of the people in the workspace: what tests and scripts make them do."""

from collections.abc import Mapping
from typing import Final

from bot.playground.delivery import Reply
from bot.playground.elements import Press, find_element, find_press, options
from bot.playground.model import Channel, Json, Message, Person, View
from bot.playground.pressing import Pressing, Typed
from bot.playground.speaking import Speaking
from bot.playground.workspace import COACH, YOU, Workspace

GENERAL: Final = "#general"


class Hands:
    """Everything a person can do or see, by the words on the screen.

    What does something waits for the app's first answer, so that an app which replies before it
    acknowledges has replied by then.
    """

    workspace: Workspace
    _speaking: Speaking
    _pressing: Pressing

    async def command(
        self, command: str, text: str = "", *, channel: str = GENERAL, user: Person = YOU
    ) -> Reply:
        """Run a slash command; its answer is shown, and also given as the app sent it."""
        return await self._speaking.command(command, text, self.get_channel(channel), user)

    async def say(
        self, text: str, *, channel: str = GENERAL, thread_ts: str | None = None, user: Person = YOU
    ) -> Message:
        """Write a message as it would be typed."""
        return await self._speaking.say(text, self.get_channel(channel), user, thread_ts)

    async def mention(
        self, text: str, *, channel: str = GENERAL, thread_ts: str | None = None, user: Person = YOU
    ) -> Message:
        """Write a message to the coach in a channel."""
        return await self.say(f"@{COACH.name} {text}", channel=channel, thread_ts=thread_ts, user=user)

    async def direct_message(self, text: str, *, thread_ts: str | None = None, user: Person = YOU) -> Message:
        """Write the coach a direct message."""
        return await self.say(text, channel=user.id, thread_ts=thread_ts, user=user)

    async def edit(self, message: Message, text: str) -> Message:
        """Change what a person wrote."""
        return await self._speaking.edit(message, text)

    async def delete(self, message: Message) -> None:
        """Take away what a person wrote."""
        await self._speaking.delete(message)

    async def open_home(self, user: Person = YOU) -> View | None:
        """Open the app's Home tab and give what stands there then."""
        await self._speaking.open_tab("home", user)
        return self.workspace.views.home(user.id)

    async def open_messages(self, user: Person = YOU) -> None:
        """Open the app's Messages tab."""
        await self._speaking.open_tab("messages", user)

    async def uninstall(self) -> None:
        """Remove the app from the workspace, as an admin does."""
        await self._speaking.uninstall()

    async def revoke(self) -> None:
        """Take the app's token from it."""
        await self._speaking.revoke()

    async def change_person(self, after: Person) -> None:
        """Put a person in the place of the one with the same id, as an admin does who makes them a guest."""
        await self._speaking.change_person(after)

    async def click(
        self, target: Message | View, wanted: str, *, state: Typed | None = None, user: Person = YOU
    ) -> Reply:
        """Press what `wanted` stands on, or what has it as its action_id.

        Raises:
            LookupError: There is nothing like it, or the message or view is gone.
        """
        current = self._current(target)
        press = find_press(current.blocks, wanted)
        if press is None:
            raise LookupError(f"there is nothing to press that says {wanted!r}")
        return await self._pressing.press(current, press, state or {}, user)

    async def select(
        self, target: Message | View, action_id: str, option: str, *, user: Person = YOU
    ) -> Reply:
        """Choose from a menu, by what the option says or by its value."""
        block, element = self._element(target, action_id)
        values = {known["text"]["text"]: known["value"] for known in options(element)}
        press = Press(block, element, values.get(option, option))
        return await self._pressing.press(self._current(target), press, {}, user)

    async def enter(self, target: Message | View, action_id: str, text: str, *, user: Person = YOU) -> Reply:
        """Type into an input that tells the app at once, and press Enter."""
        press = Press(*self._element(target, action_id), text)
        typed = {press.block["block_id"]: {action_id: text}}
        return await self._pressing.press(self._current(target), press, typed, user)

    async def submit(self, view: View, answers: Mapping[str, str], *, user: Person = YOU) -> Reply:
        """Send a modal's form with an answer to each action_id: a text, or an option's value."""
        typed: dict[str, dict[str, str]] = {}
        for action_id, text in answers.items():
            typed.setdefault(self._element(view, action_id)[0]["block_id"], {})[action_id] = text
        current = self.workspace.views.find(view.id)
        if current is None:
            raise LookupError("the view is not there any more")
        return await self._pressing.submit(current, typed, user)

    async def close(self, view: View, *, user: Person = YOU) -> None:
        """Close a modal without sending it."""
        await self._pressing.close(view, user)

    @property
    def home(self) -> View | None:
        """Your Home tab."""
        return self.workspace.views.home(YOU.id)

    @property
    def modal(self) -> View | None:
        """The modal before you."""
        return self.workspace.views.modal(YOU.id)

    def messages(self, channel: str = GENERAL, viewer: Person = YOU) -> list[Message]:
        """List what somebody sees in a channel, replies and ephemeral messages included, oldest first."""
        return self.workspace.messages(self.get_channel(channel).id, viewer.id)

    def thread(self, channel: str, ts: str, viewer: Person = YOU) -> list[Message]:
        """List a thread, its root first."""
        return self.workspace.thread(self.get_channel(channel).id, ts, viewer.id)

    def get_channel(self, channel: str) -> Channel:
        """Get a channel by id or `#name`, or a person's direct messages by the person's id.

        Raises:
            LookupError: There is none.
        """
        found = self.workspace.find_channel(channel)
        if found is None:
            raise LookupError(f"there is no channel {channel}")
        return found

    def _current(self, target: Message | View) -> Message | View:
        current: Message | View | None
        if isinstance(target, View):
            current = self.workspace.views.find(target.id)
        else:
            current = self.workspace.find(target.channel, target.ts)
        if current is None:
            raise LookupError("the message or view is not there any more")
        return current

    def _element(self, target: Message | View, action_id: str) -> tuple[Json, Json]:
        found = find_element(self._current(target).blocks, None, action_id)
        if found is None:
            raise LookupError(f"there is no element {action_id}")
        return found
