"""Who we are in the workspace: asked of Slack once, and never waited for."""

import asyncio

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError
from bot.slack.calls import TOKEN_REFUSED

NO_ANSWER = (aiohttp.ClientError, TimeoutError, ValueError, AttributeError)
"""What slack_sdk raises where Slack is not reached, or answers what is no JSON object."""


class CachedAuthorize(AsyncAuthorize):
    """Bolt's authorize for one workspace, without a call to Slack before every answer.

    Bolt asks `auth.test` within the first person's three seconds, or before each answer; see
    https://github.com/slackapi/bolt-python/issues/947 (read 2026-11-21). Here the token alone is
    enough for Bolt: a command is answered even while Slack itself is out of our reach.
    """

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        self._client = client
        self._token = token
        self._result = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)
        self._known = False
        self._lock = asyncio.Lock()

    @property
    def known(self) -> bool:
        """Whether Slack has told us who we are."""
        return self._known

    @property
    def team(self) -> str:
        """The workspace's id; empty while Slack has not told who we are."""
        return self._result.team_id or ""

    async def warm(self) -> bool:
        """Ask Slack now; False where Slack could not be reached.

        Raises:
            ConfigError: Slack refuses the token.
        """
        if self._lock.locked():
            return False  # Someone is asking already: whoever looks at /readyz must not queue up behind.
        try:
            await self._get()
        except SlackApiError as error:
            raise_if_refused(error, "SLACK_BOT_TOKEN", "OAuth & Permissions")
            return False
        except NO_ANSWER:
            return False
        return True

    async def __call__(self, **_context: object) -> AuthorizeResult:
        """Bolt's question before every listener."""
        return self._result

    async def _get(self) -> None:
        async with self._lock:
            if not self._known:
                test = await self._client.auth_test()
                self._result = AuthorizeResult.from_auth_test_response(
                    auth_test_response=test, bot_token=self._token
                )
                self._known = True


def raise_if_refused(error: SlackApiError, setting: str, page: str) -> None:
    """Tell a refused token from everything else that can go wrong.

    Args:
        error: What Slack answered.
        setting: Where the token came from.
        page: Where in the app's settings it is found.

    Raises:
        ConfigError: Slack refuses the token.
    """
    answer = getattr(error.response, "data", None)
    reason = answer.get("error") if isinstance(answer, dict) else None
    if reason in TOKEN_REFUSED:
        raise ConfigError(f"Slack refuses {setting} ({reason}); copy it again from {page}.") from error
