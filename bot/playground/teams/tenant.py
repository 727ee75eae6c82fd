"""The people, places and messages of the tenant; pure, with the clock passed in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.playground.model import Clock
from bot.playground.teams.model import (
    BOT_NAME,
    TENANT_ID,
    Change,
    ChangeKind,
    Message,
    Person,
    Place,
    Role,
    Scope,
)

YOU: Final = Person("Ana Ruiz", "a0a00000-0000-4000-8000-0000000000a1")
"""The person at the keyboard."""
COLLEAGUE: Final = Person("Ben Okafor", "b0b00000-0000-4000-8000-0000000000b2", "Africa/Lagos")
GUEST: Final = Person("Gil Weber", "90900000-0000-4000-8000-0000000000c3", "Europe/Berlin", Role.GUEST)
PEOPLE: Final = (YOU, COLLEAGUE, GUEST)

TEAM_ID: Final = "19:7ea0@thread.tacv2"
CHANNEL: Final = Place("19:1ead5@thread.tacv2", Scope.CHANNEL, "Leads", team=TEAM_ID)
GROUP: Final = Place("19:c4a7@thread.v2", Scope.GROUP, "Ana, Ben, Gil and Coach")


class Tenant:
    """What everyone sees. Every change is announced once, after it was made."""

    def __init__(self, clock: Clock, announce: Callable[[Change], None]) -> None:
        self.id = TENANT_ID
        self.clock = clock
        self.people: dict[str, Person] = {person.account: person for person in PEOPLE}
        personal = [_personal(person) for person in PEOPLE]
        self.places: dict[str, Place] = {place.id: place for place in (*personal, GROUP, CHANNEL)}
        self.installed: set[str] = {_personal(YOU).id, GROUP.id, CHANNEL.id}
        """The ids of the places that the app is in."""
        self.blocked: set[str] = set()
        """The ids of the personal chats whose person takes nothing more from the app."""
        self._announce = announce
        self._messages: dict[str, Message] = {}
        self._last_id = 0

    def add(self, person: Person) -> None:
        """Let somebody more in, who has installed the app for themselves."""
        own = _personal(person)
        self.people[person.account] = person
        self.places[own.id] = own
        self.installed.add(own.id)

    def find_person(self, wanted: str) -> Person | None:
        """Find somebody by account or by their id in Entra."""
        known = (person for person in self.people.values() if wanted in {person.account, person.entra_id})
        return next(known, None)

    def place(self, scope: Scope, person: Person = YOU) -> Place:
        """Get the place of a sort; of the personal ones, that person's.

        Raises:
            LookupError: The channel was deleted.
        """
        wanted = {Scope.PERSONAL: _personal(person), Scope.GROUP: GROUP, Scope.CHANNEL: CHANNEL}[scope]
        if wanted.id not in self.places:
            raise LookupError("the channel is gone")
        return wanted

    def sees(self, person: Person, place: Place) -> bool:
        """Tell whether somebody is in a place; everyone is in those of several."""
        return place.person in {None, person}

    def lets_in(self, place: Place) -> bool:
        """Tell whether the app may write somewhere: where it is, and to the members of a team that it is in.

        https://learn.microsoft.com/microsoftteams/platform/graph-api/proactive-bots-and-messages/graph-proactive-bots-and-messages
        (read 2026-11-22)
        """
        return place.id in self.installed or (place.person is not None and CHANNEL.id in self.installed)

    def next_id(self) -> str:
        """Give an id that nothing has; later ones are greater, whatever the clock does."""
        self._last_id = max(int(self.clock() * 1000), self._last_id + 1)
        return str(self._last_id)

    def post(self, message: Message) -> Message:
        """Add a message; its id is given here, and a reply to a reply goes to the thread's root."""
        root = self.find(message.place, message.thread)
        thread = root.root if root else message.thread
        posted = replace(message, id=self.next_id(), thread=thread)
        self._messages[posted.id] = posted
        self._announce(Change(ChangeKind.MESSAGE, posted))
        return posted

    def change(self, after: Message) -> Message:
        """Put a message in the place of the one with its id."""
        self._messages[after.id] = after
        self._announce(Change(ChangeKind.MESSAGE_CHANGED, after))
        return after

    def find(self, place: str, message: str) -> Message | None:
        """Find a message of a place."""
        found = self._messages.get(message)
        return found if found and found.place == place else None

    def messages(self, place: str, viewer: Person) -> list[Message]:
        """List what somebody sees in a place, replies and private messages included, oldest first."""
        seen = (None, viewer.account)
        return [m for m in self._messages.values() if m.place == place and m.audience in seen]

    def delete_channel(self) -> None:
        """Take the channel away, with all that is in it."""
        del self.places[CHANNEL.id]
        self.installed.discard(CHANNEL.id)
        self._messages = {id_: m for id_, m in self._messages.items() if m.place != CHANNEL.id}


def _personal(person: Person) -> Place:
    return Place(f"a:1{person.entra_id.replace('-', '')}", Scope.PERSONAL, BOT_NAME, person)
