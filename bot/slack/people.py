"""Who is before us: what Slack tells of people, asked once in a while and never waited for long."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError, Refusal
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
    """What decides about somebody's tips, and whether Slack has told it."""

    zone: str | None = None
    is_admin: bool = False
    may_get_tips: bool = True
    is_known: bool = False


_UNKNOWN = Profile()
_OF_REFUSAL = {
    Refusal.TARGET_GONE: Profile(may_get_tips=False, is_known=True),
    Refusal.WORKSPACE_GONE: Profile(is_known=True),
}
"""Whom Slack does not show us is no member; without the scope nobody is ever known, and all are let in."""


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
            with_profile: Whether their zone and role are asked of Slack. What it does not give in time stays
                unknown, and `is_known` says so: who is not known is told to try again, and not let in.
        """
        profile = await self._profile(person) if with_profile else _UNKNOWN
        return _who(team, person, channel, profile)

    def learn(self, team: str, user: object) -> Who | None:
        """Take in what Slack tells of somebody by itself; only their zone and what they may is remembered.

        Args:
            team: The workspace's id.
            user: A user object, whole.

        Returns:
            Who it is now; None where it is no user object.
        """
        person = user.get("id") if isinstance(user, Mapping) else None
        if not isinstance(person, str) or not person:
            return None
        profile = _read(user)
        # Guests in any case: it may be that they are just being asked about, and the answer is from before.
        if not profile.may_get_tips or self._profiles.find(person) is not None:
            self._profiles.put(person, profile)
        return _who(team, person, "", profile)

    async def _profile(self, person: str) -> Profile:
        known = self._profiles.find(person)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(self._ask_seconds):
                answer = await call(self._client, "users.info", {"user": person}, as_form=True)
        except (DeliveryError, TimeoutError) as error:
            log.warning("a profile is not known: %s", str(error) or "Slack took too long")
            permanent = error.permanent if isinstance(error, DeliveryError) else None
            return _OF_REFUSAL[permanent] if permanent else _UNKNOWN
        return self._keep(person, _read(answer.get("user")))

    def _keep(self, person: str, asked: Profile) -> Profile:
        """Remember what was asked, unless Slack has told more lately what is so."""
        told = self._profiles.find(person)
        if told is None and asked.is_known:
            self._profiles.put(person, asked)
        return told or asked


def _who(team: str, person: str, channel: str, profile: Profile) -> Who:
    shared = channel if channel and not is_direct(channel) else None
    return Who(
        *(PLATFORM, team, person, shared, profile.zone),
        is_admin=profile.is_admin,
        may_get_tips=profile.may_get_tips,
        is_known=profile.is_known,
    )


def _read(user: object) -> Profile:
    """https://docs.slack.dev/reference/objects/user-object (from memory)."""
    if not isinstance(user, Mapping):
        return _UNKNOWN
    zone = user.get("tz")
    return Profile(
        zone=zone if isinstance(zone, str) and is_known(zone) else None,
        is_admin=_is_any(user, "is_admin", "is_owner", "is_primary_owner"),
        may_get_tips=not _is_any(
            user, "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"
        ),
        is_known=True,
    )


def _is_any(user: Mapping[str, Any], *flags: str) -> bool:
    return any(user.get(flag) is True for flag in flags)
