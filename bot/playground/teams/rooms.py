"""What the Bot Connector does in conversations: an app's messages posted, people looked up, chats opened."""

from dataclasses import replace
from typing import Final

from bot.playground.teams.cards import check_size, read_card
from bot.playground.teams.model import BOT_ACCOUNT, Json, Message, Person, Place, Scope
from bot.playground.teams.refusals import RefusedError
from bot.playground.teams.tenant import Tenant

THREAD: Final = ";messageid="
"""Stands in a conversation's id before the message that a thread begins with."""


class Rooms:
    """Carries out what an app asks for, or refuses it as Teams does.

    Every method raises RefusedError.

    Args:
        tenant: Where.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def send(self, conversation: str, body: Json, *, is_targeted: bool) -> Message:
        """Post a message."""
        place, thread = self._find(conversation)
        self._check_writable(place)
        audience = self._audience(place, body) if is_targeted else None
        return self._tenant.post(replace(_message(place, body), thread=thread, audience=audience))

    def change(self, conversation: str, message: str, body: Json) -> Message:
        """Put other words in the place of a message of the app's own."""
        place, _ = self._find(conversation)
        self._check_writable(place)
        before = self._tenant.find(place.id, message)
        if before is None or not before.is_bot:
            raise RefusedError(404, "ActivityNotFoundInConversation", "There is no such message of yours.")
        after = _message(place, body)
        return self._tenant.change(
            replace(before, text=after.text, card=after.card, summary=after.summary, edited=True)
        )

    def open(self, body: Json) -> Place:
        """Give somebody's personal chat with the app."""
        wanted = _only_member(body.get("members"))
        if body.get("isGroup") is True or not wanted:
            raise RefusedError(400, "BadSyntax", "The emulator opens personal chats only, of one member.")
        if _at(body, "bot", "id") != BOT_ACCOUNT:
            raise RefusedError(400, "BadArgument", "bot.id is not the app's.")
        tenants = {body.get("tenantId"), _at(body, "channelData", "tenant", "id")}
        if tenants - {None} != {self._tenant.id}:
            raise RefusedError(400, "BadArgument", "The tenant is not the one that we are in.")
        place = self._tenant.place(Scope.PERSONAL, self._person(wanted))
        if not self._tenant.lets_in(place):
            raise RefusedError(403, "ForbiddenOperationException", "They have not installed the app.")
        return place

    def member(self, conversation: str, wanted: str) -> Json:
        """Tell of somebody in a conversation."""
        place, _ = self._find(conversation)
        if not self._tenant.lets_in(place):
            raise _not_in_roster()
        person = self._person(wanted)
        if not self._tenant.sees(person, place):
            raise RefusedError(404, "MemberNotFoundInConversation", "They are not in this conversation.")
        return {
            "id": person.account,
            "name": person.name,
            "aadObjectId": person.entra_id,
            "tenantId": self._tenant.id,
            "userRole": person.role.value,
        }

    def _find(self, conversation: str) -> tuple[Place, str]:
        name, _, thread = conversation.partition(THREAD)
        place = self._tenant.places.get(name)
        if place is None:
            raise RefusedError(404, "ConversationNotFound", "There is no such conversation.")
        if thread and (place.scope is not Scope.CHANNEL or self._tenant.find(name, thread) is None):
            raise RefusedError(404, "ConversationNotFound", "There is no such thread.")
        return place, thread

    def _check_writable(self, place: Place) -> None:
        if place.id in self._tenant.blocked:
            raise RefusedError(403, "MessageWritesBlocked", "They have blocked the app.")
        if not self._tenant.lets_in(place):
            raise _not_in_roster()

    def _audience(self, place: Place, body: Json) -> str:
        if place.scope is Scope.PERSONAL:
            raise RefusedError(400, "BadArgument", "No message of a personal chat can be targeted.")
        person = self._person(str(_at(body, "recipient", "id")))
        return person.account

    def _person(self, wanted: str) -> Person:
        person = self._tenant.find_person(wanted)
        if person is None:
            raise RefusedError(404, "MemberNotFound", "There is nobody of that id.")
        return person


def _message(place: Place, body: Json) -> Message:
    check_size(body)
    if body.get("type") != "message":
        raise RefusedError(400, "BadSyntax", "The emulator takes activities of type message only.")
    text, summary = body.get("text", ""), body.get("summary", "")
    if not isinstance(text, str) or not isinstance(summary, str):
        raise RefusedError(400, "BadSyntax", "text and summary must be strings.")
    card = read_card(body)
    if not text.strip() and card is None:
        raise RefusedError(400, "BadSyntax", "The message is empty.")
    loop = _at(body, "channelData", "feedbackLoop", "type")
    if loop not in {None, "default", "custom"}:
        raise RefusedError(400, "BadArgument", "feedbackLoop.type must be default or custom.")
    return Message(place.id, "", BOT_ACCOUNT, text, card, summary, can_be_judged=loop is not None)


def _not_in_roster() -> RefusedError:
    return RefusedError(403, "BotNotInConversationRoster", "The app is not in this conversation.")


def _only_member(members: object) -> str:
    """Who alone is listed; empty where it is nobody, or several."""
    if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
        return ""
    wanted = members[0].get("id")
    return wanted if isinstance(wanted, str) else ""


def _at(body: Json, *names: str) -> object:
    """What stands at a path; None where there is nothing."""
    found: object = body
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found
