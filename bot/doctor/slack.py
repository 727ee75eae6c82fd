"""Whether Slack knows us."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.doctor.finding import Finding, faults
from bot.errors import ConfigError
from bot.slack.authorize import NO_ANSWER, raise_if_refused


async def examine_slack(settings: SlackSettings, session: aiohttp.ClientSession) -> list[Finding]:
    """Ask Slack about each token that there is; nothing can be asked about the signing secret."""
    client = AsyncWebClient(
        token=settings.bot_token.reveal(), base_url=settings.api_url, session=session, retry_handlers=[]
    )
    found = await _ask(client, "auth.test", "SLACK_BOT_TOKEN", "OAuth & Permissions")
    if settings.app_token and not any(finding.fault for finding in found):
        # It hands out an address for a socket, and opens none.
        client.token = settings.app_token.reveal()
        found += await _ask(client, "apps.connections.open", "SLACK_APP_TOKEN", "Basic Information")
    return found


async def _ask(client: AsyncWebClient, method: str, setting: str, page: str) -> list[Finding]:
    about = f"Slack {method}"
    try:
        await client.api_call(method)
    except SlackApiError as error:
        try:
            raise_if_refused(error, setting, page)
        except ConfigError as refusal:
            return faults(about, refusal)
        status = getattr(error.response, "status_code", "an error")
        return [Finding(about, f"Slack answers {status}: see status.slack.com and try again.", fault=True)]
    except NO_ANSWER:
        says = f"Slack was not reached at {client.base_url}: see that this machine may speak to it."
        return [Finding(about, says, fault=True)]
    return [Finding(about, f"Slack takes {setting}")]
