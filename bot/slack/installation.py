"""Our workspace in the database: found, taken up again after it was gone, stopped and erased."""

import asyncio

from bot.slack.authorize import CachedAuthorize
from bot.slack.places import PLATFORM
from bot.store import workspaces
from bot.store.database import Database
from bot.store.records import WorkspaceStatus

_ONE_SECOND_MS = 1000


class Installation:
    """The one workspace that our token is for."""

    def __init__(self, database: Database, authorize: CachedAuthorize) -> None:
        self._database = database
        self._authorize = authorize
        self._turn = asyncio.Lock()
        self._id: int | None = None

    async def workspace_id(self) -> int | None:
        """Its id in the database; None while Slack has not told who we are.

        Asked for the first time, it begins anew what was stopped or uninstalled: Slack takes our token.

        Raises:
            StoreError: The database does not answer.
            ConfigError: Slack refuses our token.
        """
        async with self._turn:
            if self._id is None and (self._authorize.known or await self._authorize.warm()):
                self._id = await self._begin(self._authorize.team)
        return self._id

    async def _begin(self, team: str) -> int:
        found = await workspaces.ensure(self._database, PLATFORM, team)
        if found.status is not WorkspaceStatus.ACTIVE:
            found = await workspaces.install(self._database, PLATFORM, team)
        return found.id

    async def uninstalled(self, team: str, event_seconds: int) -> None:
        """Stop sending and erase what is known of a workspace that let us go.

        Raises:
            StoreError: Nothing was changed: Slack is to tell us again.
        """
        await workspaces.uninstall(self._database, PLATFORM, team, at=event_seconds * _ONE_SECOND_MS)

    async def revoked(self, team: str, event_seconds: int) -> None:
        """Stop sending in a workspace whose token is void, unless it was installed anew since.

        Raises:
            StoreError: Nothing was changed: Slack is to tell us again.
        """
        found = await workspaces.find(self._database, PLATFORM, team)
        if found is not None and event_seconds >= found.installed_at // _ONE_SECOND_MS:
            await workspaces.stop(self._database, found.id, found.generation)
