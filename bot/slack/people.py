"""Who is before us: what Slack tells of people, asked once in a while and never waited for long."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.slack.calls import call
from bot.slack.places import PLATFORM, is_direct
from bot.store.expiring import Clock, Expiring
from bot.tips.schedule import is_known
from bot.tips.who import Who

PROFILE_SECONDS = 600.0
"""How long somebody's zone and role are taken to stay the same."""
PROFILES = 20_000
"""Remembered at most, about 5 MiB."""
ASK_SECONDS = 1.5
"""A command has to be answered within three seconds, and this comes before its answer.
https://docs.slack.dev/interactivity/implementing-slash-commands (from memory)
"""

log = logging.getLogger("bot.slack")


@dataclass(frozen=True, slots=True)
class Profile:
    """What decides about somebody's tips; of someone we cannot ask about we know nothing."""

    zone: str | None = None
    is_admin: bool = False
    may_get_tips: bool = True


class People:
    """People and their profiles, remembered for some minutes.

    Args:
        client: Asks Slack.
        clock: Seconds that only go up.
        ask_seconds: How long an answer is waited for.
    """

    def __init__(self, client: AsyncWebClient, clock: Clock, ask_seconds: float = ASK_SECONDS) -> None:
        self._client = client
        self._ask_seconds = ask_seconds
        self._profiles: Expiring[Profile] = Expiring(
            lifetime_seconds=PROFILE_SECONDS, limit=PROFILES, clock=clock
        )

    async def find(self, team: str, person: str, channel: str = "", *, with_profile: bool = True) -> Who:
        """Say who somebody is.

        Args:
            team: Their workspace's id.
            person: Their id.
            channel: Where they are; empty in a tab or window of their own.
            with_profile: Whether their zone and role are asked of Slack; what it does not give in time stays
                unknown.
        """
        profile = await self._profile(person) if with_profile else Profile()
        shared = channel if channel and not is_direct(channel) else None
        return Who(PLATFORM, team, person, shared, profile.zone, profile.is_admin, profile.may_get_tips)

    async def _profile(self, person: str) -> Profile:
        known = self._profiles.find(person)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(self._ask_seconds):
                answer = await call(self._client, "users.info", {"user": person}, as_form=True)
        except (DeliveryError, TimeoutError) as error:
            log.warning("a profile is not known: %s", error or "Slack took too long")
            return Profile()
        profile = _read(answer.get("user"))
        self._profiles.put(person, profile)
        return profile


def _read(user: object) -> Profile:
    """https://docs.slack.dev/reference/objects/user-object (from memory)."""
    if not isinstance(user, Mapping):
        return Profile()
    zone = user.get("tz")
    return Profile(
        zone=zone if isinstance(zone, str) and is_known(zone) else None,
        is_admin=_is_any(user, "is_admin", "is_owner", "is_primary_owner"),
        may_get_tips=not _is_any(
            user, "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"
        ),
    )


def _is_any(user: Mapping[str, Any], *flags: str) -> bool:
    return any(user.get(flag) is True for flag in flags)
