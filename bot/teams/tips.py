"""The daily tip's way out: one message in Teams; in a channel it begins a thread of its own."""

from bot.coach.answer import Answer
from bot.errors import DeliveryError, Refusal, StoreError
from bot.store.records import Delivery, TargetKind
from bot.teams.activity import Place, Scope
from bot.teams.connector import Connector
from bot.teams.installation import Installation
from bot.teams.rendering import render_message


class TipDelivery:
    """Sends tips in every tenant; whoever calls it decides when to try again.

    Args:
        connector: Sends them.
        installation: Knows the way to everybody.
    """

    def __init__(self, connector: Connector, installation: Installation) -> None:
        self._connector = connector
        self._installation = installation

    async def workspaces(self) -> None:
        """All of them: one bot serves every tenant."""

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:
        """Post a tip to its channel or person, once; gives the message's name in Teams.

        Raises:
            DeliveryError: It was not posted, or it is not known whether it was.
        """
        try:
            way = await self._installation.find(delivery.workspace_id, delivery.target_id)
        except StoreError as error:
            raise DeliveryError("the database does not tell where to send it") from error
        if way is None:
            raise DeliveryError("there is no way to them", permanent=Refusal.TARGET_GONE)
        scope = Scope.PERSONAL if delivery.target_kind is TargetKind.PERSON else Scope.CHANNEL
        place = Place("", way.conversation, scope, way.service_url)
        return await self._connector.post(place, render_message(answer))
