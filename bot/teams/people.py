"""Who is before us in Teams, as far as it decides about their tips."""

import asyncio
import logging
from collections.abc import Callable

from bot.errors import DeliveryError
from bot.store.expiring import Expiring
from bot.teams.activity import Activity, Scope
from bot.teams.connector import Connector
from bot.teams.places import PLATFORM
from bot.tips.who import Who

PROFILE_SECONDS = 600.0
"""How long somebody is taken to stay a guest, or none."""
PROFILES = 20_000
ASK_SECONDS = 5.0
"""Teams waits about fifteen for an answer to a button (from memory)."""
_MEMBER = "user"
"""What Teams calls who is neither guest nor anonymous.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context (from memory)
"""

log = logging.getLogger("bot.teams")


class People:
    """People, remembered for some minutes. Of whom Teams will never tell we take that they are no guests.

    Args:
        connector: Asks Teams.
        clock: Seconds that only go up.
        ask_seconds: How long an answer is waited for.
    """

    def __init__(
        self, connector: Connector, clock: Callable[[], float], ask_seconds: float = ASK_SECONDS
    ) -> None:
        self._connector = connector
        self._ask_seconds = ask_seconds
        self._members: Expiring[bool] = Expiring(
            lifetime_seconds=PROFILE_SECONDS, limit=PROFILES, clock=clock
        )

    async def find(self, activity: Activity, *, with_profile: bool) -> Who:
        """Say who did something.

        Args:
            activity: What they did.
            with_profile: Whether Teams is asked if they are guests. Admins it does not tell us.
        """
        where = activity.place
        channel = None if where.scope is Scope.PERSONAL else where.conversation
        is_member = await self._is_member(activity) if with_profile else True
        return Who(
            PLATFORM,
            where.tenant,
            activity.person,
            channel,
            activity.zone,
            is_admin=False,
            may_get_tips=is_member is not False,
            is_known=is_member is not None,
        )

    async def _is_member(self, activity: Activity) -> bool | None:
        """None where Teams does not say so in time, and may another time."""
        key = f"{activity.place.tenant} {activity.person}"
        known = self._members.find(key)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(self._ask_seconds):
                told = await self._connector.member(activity.place, activity.account)
        except (DeliveryError, TimeoutError) as error:
            log.warning("it is not known who is a guest: %s", error or "Teams took too long")
            never = isinstance(error, DeliveryError) and error.permanent is not None
            return True if never else None
        is_member = bool(told.get("userRole", _MEMBER) == _MEMBER)
        self._members.put(key, is_member)
        return is_member
