"""One call of Slack's Web API, and what it means where it fails."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DeliveryError, Refusal

Arguments = Mapping[str, Any]

_RATE_LIMITED = 429
_OK = 200
_TOO_FAST = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack may have carried it out before it failed."""
_TARGET_GONE = frozenset(
    {
        *("channel_not_found", "is_archived", "not_in_channel", "user_not_found", "users_not_found"),
        *("user_disabled", "user_not_visible", "cannot_dm_bot", "messages_tab_disabled", "restricted_action"),
        "channel_type_not_supported",
    }
)
TOKEN_REFUSED = frozenset(
    {
        *("token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive"),
        "not_allowed_token_type",
    }
)
"""What Slack says to a token that is none of its own, or no more."""
_WORKSPACE_GONE = TOKEN_REFUSED | {"team_access_not_granted", "missing_scope", "no_permission"}
"""Refusals that every message would meet until somebody installs or allows us again.

https://docs.slack.dev/reference/methods/chat.postMessage#errors (from memory)
"""


class NotReachedError(DeliveryError):
    """No connection came about, so the call was certainly not carried out."""


async def call(
    client: AsyncWebClient, method: str, arguments: Arguments, *, as_form: bool = False
) -> dict[str, Any]:
    """Make a call, once; `client` must have no retry handlers.

    Args:
        client: Where, and with which token.
        method: The method's name.
        arguments: What it takes; None is left out.
        as_form: For the methods that read no JSON.

    Raises:
        DeliveryError: It was not carried out, or it is not known whether it was.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    body: dict[str, Any] = {"data": _form(given)} if as_form else {"json": given}
    try:
        response = await client.api_call(method, **body)
    except SlackApiError as error:
        raise _refusal(method, error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise NotReachedError(f"{method}: Slack was not reached") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryError(f"{method}: the connection broke off", outcome_unknown=True) from error
    except (ValueError, AttributeError) as error:
        # What slack_sdk raises for a body that is no JSON object.
        raise DeliveryError(f"{method}: no answer of Slack's came back", outcome_unknown=True) from error
    return response.data if isinstance(response.data, dict) else {}


def _form(arguments: Arguments) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}


def _refusal(method: str, error: SlackApiError) -> DeliveryError:
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    answer = getattr(response, "data", None)
    reason = answer.get("error") if isinstance(answer, dict) else None
    if status == _RATE_LIMITED or reason in _TOO_FAST:
        wait = _seconds(response.headers.get("Retry-After", ""))
        return DeliveryError(f"{method}: too fast", retry_after_seconds=wait)
    if isinstance(reason, str) and status == _OK:
        return DeliveryError(
            f"{method}: {reason}", outcome_unknown=reason in _UNSURE, permanent=_permanent(reason)
        )
    # Whatever else came back, it is not known what was done before it.
    return DeliveryError(f"{method}: Slack answered {status}", outcome_unknown=True)


def _permanent(reason: str) -> Refusal | None:
    if reason in _WORKSPACE_GONE:
        return Refusal.WORKSPACE_GONE
    return Refusal.TARGET_GONE if reason in _TARGET_GONE else None


def _seconds(retry_after: str) -> float:
    """As Slack says it; a second where it says nothing that can be read."""
    try:
        seconds = float(retry_after)
    except ValueError:
        return 1.0
    return seconds if 0 <= seconds < float("inf") else 1.0
