"""Where we are installed, in the database: tenants, and the ways to people and channels there."""

import asyncio

from bot.errors import DeliveryError
from bot.store import references, workspaces
from bot.store.database import Database
from bot.store.records import Workspace, WorkspaceStatus
from bot.store.references import Reference
from bot.teams.activity import Activity, Place, Scope
from bot.teams.connector import Connector
from bot.teams.places import PLATFORM

OPEN_SECONDS = 5.0
"""How long it is waited for that Teams opens a chat: somebody waits for our answer."""


class Installation:
    """All tenants that we are installed in.

    Args:
        database: Where.
        connector: Opens the chats that we are not in yet.
    """

    def __init__(self, database: Database, connector: Connector) -> None:
        self._database = database
        self._connector = connector

    async def begin(self, activity: Activity) -> None:
        """Work in this tenant, and know the way to where we were added.

        Raises:
            StoreError: Nothing was changed.
        """
        of = await self._tenant(activity.place)
        if of.status is not WorkspaceStatus.ACTIVE:
            of = await workspaces.install(self._database, PLATFORM, activity.place.tenant)
        await self._keep(_way_to_place(of, activity))

    async def keep_way(self, activity: Activity) -> bool:
        """Know the way to somebody who may want tips, and to where they are.

        Returns:
            Whether we can write to them alone: not where they are yet to add us for themselves.

        Raises:
            StoreError: Nothing was changed.
        """
        of = await self._tenant(activity.place)
        await self._keep(_way_to_place(of, activity))
        if activity.place.scope is Scope.PERSONAL or await self.find(of.id, activity.person):
            return True
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                chat = await self._connector.open_chat(activity.place, activity.bot, activity.account)
        except (DeliveryError, TimeoutError):
            return False  # A channel's tips need no more.
        await self._keep(Reference(of.id, activity.person, chat, activity.place.service_url))
        return True

    async def find(self, workspace_id: int, target_id: str) -> Reference | None:
        """The way to whom a tip goes; None where it is not known.

        Raises:
            StoreError: The database does not tell.
        """
        return await references.find(self._database, workspace_id, target_id)

    async def forget_channel(self, place: Place) -> None:
        """Erase a channel or group that we are in no more."""
        await references.forget_channel(self._database, (await self._tenant(place)).id, place.conversation)

    async def forget_team(self, place: Place) -> None:
        """Erase all channels of a team that we are in no more."""
        await references.forget_team(self._database, (await self._tenant(place)).id, place.team)

    async def _tenant(self, place: Place) -> Workspace:
        return await workspaces.ensure(self._database, PLATFORM, place.tenant)

    async def _keep(self, wanted: Reference) -> None:
        if await self.find(wanted.workspace_id, wanted.target_id) != wanted:
            await references.keep(self._database, wanted)


def _way_to_place(of: Workspace, activity: Activity) -> Reference:
    where = activity.place
    target = activity.person if where.scope is Scope.PERSONAL else where.conversation
    return Reference(of.id, target, where.conversation, where.service_url, where.team)
