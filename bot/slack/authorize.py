"""Who we are in the workspace: asked of Slack once, then remembered."""

import asyncio

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError

_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"})


class CachedAuthorize(AsyncAuthorize):
    """Bolt's authorize for one workspace, without a call to Slack before every answer.

    Bolt asks `auth.test` within the first person's three seconds, or before each answer; see
    https://github.com/slackapi/bolt-python/issues/947 (read 2026-11-21).
    """

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        self._client = client
        self._token = token
        self._result: AuthorizeResult | None = None
        self._lock = asyncio.Lock()

    @property
    def known(self) -> bool:
        """Whether Slack has told us who we are."""
        return self._result is not None

    async def warm(self) -> bool:
        """Ask Slack now; False where Slack could not be reached.

        Raises:
            ConfigError: Slack refuses the token.
        """
        try:
            await self._get()
        except SlackApiError as error:
            reason = str(error.response.get("error", "")) if isinstance(error.response.data, dict) else ""
            if reason in _REFUSED:
                raise ConfigError(
                    f"Slack refuses SLACK_BOT_TOKEN ({reason}); copy it again from OAuth & Permissions."
                ) from error
            return False
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False
        return True

    async def __call__(self, **_context: object) -> AuthorizeResult:
        """Bolt's question before every listener."""
        return self._result or await self._get()

    async def _get(self) -> AuthorizeResult:
        async with self._lock:
            if self._result is None:
                test = await self._client.auth_test()
                self._result = AuthorizeResult.from_auth_test_response(
                    auth_test_response=test, bot_token=self._token
                )
            return self._result
