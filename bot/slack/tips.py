"""The daily tip's way out: one message in Slack, with its key, so that it can be told from any other."""

from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.coach.answer import Answer
from bot.errors import ConfigError, DeliveryError, Refusal, StoreError
from bot.slack.calls import call
from bot.slack.rendering import Surface, compose_message
from bot.store.records import Delivery

EVENT_TYPE = "daily_tip"
"""How our metadata is called."""


class TipDelivery:
    """Sends tips in one workspace; whoever calls it decides when to try again.

    Args:
        client: The workspace's, without retry handlers: a post that is sent again may arrive twice.
        workspace_id: Gives the workspace's id in the database, or None while Slack has not told who we are.
    """

    def __init__(self, client: AsyncWebClient, workspace_id: Callable[[], Awaitable[int | None]]) -> None:
        self._client = client
        self._workspace_id = workspace_id

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:
        """Post a tip to its channel or person; gives the message's name, `<channel>:<ts>`.

        Raises:
            DeliveryError: It was not posted, or it is not known whether it was.
        """
        if await self._our_id() != delivery.workspace_id:
            raise DeliveryError("the token is another workspace's", permanent=Refusal.WORKSPACE_GONE)
        key = f"{delivery.key.subscription_id}:{delivery.key.due_on.isoformat()}"
        posted = await call(
            self._client,
            "chat.postMessage",
            {
                **compose_message(answer, Surface.MESSAGE),
                "channel": delivery.target_id,  # a person's id stands for their direct messages
                "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            },
        )
        return f"{posted.get('channel', '')}:{posted.get('ts', '')}"

    async def _our_id(self) -> int:
        try:
            ours = await self._workspace_id()
        except StoreError as error:
            raise DeliveryError("the database does not tell whose token it is") from error
        except ConfigError as error:
            raise DeliveryError("Slack refuses the token", permanent=Refusal.WORKSPACE_GONE) from error
        if ours is None:
            raise DeliveryError("Slack has not told yet who we are")
        return ours
