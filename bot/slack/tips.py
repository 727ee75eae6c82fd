"""The daily tip's way out: one message in Slack, with its key, so that it can be told from any other."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.coach.answer import Answer
from bot.errors import ConfigError, DeliveryError, StoreError
from bot.slack.calls import call
from bot.slack.rendering import Surface, render_message
from bot.store.records import Delivery

EVENT_TYPE = "daily_tip"
"""How our metadata is called."""
ASK_EVERY_SECONDS = 30.0
"""How often Slack is asked who we are, while it has not said."""


class TipDelivery:
    """Sends tips in one workspace; whoever calls it decides when to try again.

    Args:
        client: The workspace's, without retry handlers: a post that is sent again may arrive twice.
        workspace_id: Gives the workspace's id in the database, or None while Slack has not told who we are.
    """

    def __init__(self, client: AsyncWebClient, workspace_id: Callable[[], Awaitable[int | None]]) -> None:
        self._client = client
        self._workspace_id = workspace_id
        self._known: int | None = None
        self._ask_at = 0.0

    async def workspaces(self) -> tuple[int, ...]:
        """The one that the token is for; none while it is not known, which is asked now and then."""
        now = asyncio.get_running_loop().time()
        if self._known is None and now >= self._ask_at:
            self._ask_at = now + ASK_EVERY_SECONDS
            with suppress(StoreError, ConfigError):
                self._known = await self._workspace_id()
        return () if self._known is None else (self._known,)

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:
        """Post a tip to its channel or person; gives the message's name, `<channel>:<ts>`.

        Raises:
            DeliveryError: It was not posted, or it is not known whether it was.
        """
        if delivery.workspace_id not in await self.workspaces():
            raise DeliveryError("the token is not this workspace's")  # who has its token may send it
        key = f"{delivery.key.subscription_id}:{delivery.key.due_on.isoformat()}"
        posted = await call(
            self._client,
            "chat.postMessage",
            {
                **render_message(replace(answer, is_personal=True), Surface.MESSAGE),
                "channel": delivery.target_id,  # a person's id stands for their direct messages
                "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            },
        )
        return f"{posted.get('channel', '')}:{posted.get('ts', '')}"
