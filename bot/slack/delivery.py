"""What the app sends to Slack, and what becomes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError
from bot.slack.calls import NotReachedError, call

Message = Mapping[str, Any]
Sleep = Callable[[float], Awaitable[None]]

MAX_TRIES = 3
"""For calls that Slack certainly did not carry out."""
MAX_WAIT_SECONDS = 30.0
"""A longer Retry-After is not waited for: nobody waits for an answer that long."""
RESPONSE_SECONDS = 5.0
"""How long a response URL may take."""
SLACK_API_URL = "https://slack.com/api/"
SLACK_RESPONSE_HOST = "hooks.slack.com"

_OK = 200


class Delivery:
    """Calls Slack's Web API and response URLs over one pooled HTTP session.

    A call is repeated only where it certainly was not carried out: no connection came about,
    or Slack said "too fast". Where that is uncertain the error says so and nothing is sent twice.
    """

    def __init__(
        self, client: AsyncWebClient, session: aiohttp.ClientSession, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._client = client
        self._session = session
        self._sleep = sleep

    async def post(self, channel: str, message: Message, thread: str | None = None) -> None:
        """Post in a channel or a direct message, in a thread where one is given."""
        place = {"channel": channel} | ({"thread_ts": thread} if thread else {})
        await self._call("chat.postMessage", {**message, **place})

    async def whisper(self, channel: str, user: str, message: Message, thread: str | None = None) -> None:
        """Post in a channel for one person alone, in a thread where one is given."""
        place = {"channel": channel, "user": user} | ({"thread_ts": thread} if thread else {})
        await self._call("chat.postEphemeral", {**message, **place})

    async def publish_home(self, user: str, view: Message) -> None:
        """Show someone's Home tab."""
        await self._call("views.publish", {"user_id": user, "view": view})

    async def open_modal(self, trigger: str, view: Message) -> None:
        """Open a modal; the trigger is good for three seconds."""
        await self._call("views.open", {"trigger_id": trigger, "view": view})

    async def update_modal(self, view_id: str, view: Message) -> None:
        """Show something else in an open modal."""
        await self._call("views.update", {"view_id": view_id, "view": view})

    async def suggest(self, channel: str, title: str, prompts: list[dict[str, str]]) -> None:
        """Offer prompts in the Messages tab."""
        arguments = {"channel_id": channel, "title": title, "prompts": prompts}
        await self._call("assistant.threads.setSuggestedPrompts", arguments)

    async def respond(self, url: str, message: Message) -> None:
        """Post through a response URL, which is good for five messages in thirty minutes.

        Raises:
            DeliveryError: Also where the address is not Slack's; nothing is sent there.
        """
        if not may_respond_to(url, self._client.base_url):
            raise DeliveryError("the response address is not Slack's")
        timeout = aiohttp.ClientTimeout(total=RESPONSE_SECONDS)
        try:
            async with self._session.post(
                url, json=message, timeout=timeout, allow_redirects=False
            ) as response:
                status = response.status
        except aiohttp.ClientConnectorError as error:
            raise DeliveryError("the response address was not reached") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DeliveryError("the response address broke off", outcome_unknown=True) from error
        if status != _OK:
            raise DeliveryError(f"the response address answered {status}")

    async def share_file(self, user: str, name: str, content: bytes, comment: str) -> None:
        """Put a file into someone's direct messages with the coach.

        Raises:
            DeliveryError: It did not get there, or it is not known whether it did.
        """
        size = {"filename": name, "length": len(content)}
        begun = await self._call("files.getUploadURLExternal", size, as_form=True)
        await self._upload(str(begun.get("upload_url", "")), content)
        files = [{"id": str(begun.get("file_id", "")), "title": name}]
        shared = {"files": files, "channels": user, "initial_comment": comment}
        await self._call("files.completeUploadExternal", shared, as_form=True)

    async def _upload(self, url: str, content: bytes) -> None:
        """Bring a file where Slack asked for it; until the upload is completed nobody sees it."""
        try:
            async with self._session.post(url, data=content, allow_redirects=False) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise DeliveryError("the file could not be brought to Slack") from error
        if status != _OK:
            raise DeliveryError(f"the address for the file answered {status}")

    async def _call(self, method: str, arguments: Message, *, as_form: bool = False) -> dict[str, Any]:
        for tries_left in reversed(range(MAX_TRIES)):
            try:
                return await call(self._client, method, arguments, as_form=as_form)
            except NotReachedError:
                wait_seconds = 1.0
            except DeliveryError as error:
                if error.retry_after_seconds is None:
                    raise
                wait_seconds = error.retry_after_seconds
            if not tries_left or wait_seconds > MAX_WAIT_SECONDS:
                break
            await self._sleep(wait_seconds)
        raise DeliveryError(f"{method}: Slack could not be reached or asked for a pause")


def may_respond_to(url: str, api_url: str) -> bool:
    """Whether a response URL is Slack's, or of the host that stands in for Slack."""
    try:
        target, api = urlsplit(url), urlsplit(api_url)
        if "@" in target.netloc:
            return False
        if api.hostname == urlsplit(SLACK_API_URL).hostname:
            return (target.scheme, target.hostname, target.port or 443) == ("https", SLACK_RESPONSE_HOST, 443)
    except ValueError:
        return False
    return target.scheme == api.scheme and target.hostname == api.hostname
