"""Uninstalled and revoked, where the database is away meanwhile."""

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.background import Background
from bot.errors import StoreError
from bot.redeliveries import Redeliveries
from bot.slack.authorize import CachedAuthorize
from bot.slack.bolt import build_bolt
from bot.slack.delivery import Delivery
from bot.slack.listeners import Keeping, Listeners
from bot.slack.people import People


class Away:
    """An installation whose database is away the first time."""

    def __init__(self):
        self.told = []

    async def uninstalled(self, team, at):
        self.told.append((team, at))
        if len(self.told) == 1:
            raise StoreError("It is away.", passing=True)

    revoked = uninstalled


@pytest.fixture
def away():
    return Away()


@pytest.fixture
def bolt(conversation, session, away):
    client = AsyncWebClient("xoxb-1", session=session, retry_handlers=[])
    keeping = Keeping(away, People(client, lambda: 0.0), None)
    listeners = Listeners(conversation, Delivery(client, session), Background(), keeping)
    return build_bolt(
        client, CachedAuthorize(client, "xoxb-1"), listeners, Redeliveries("slack", lambda: 0.0)
    )


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}]
)
async def test_an_event_that_could_not_be_kept_is_asked_for_again(bolt, away, event):
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event_time": 17, "event": event}
    answers = [
        (await bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))).status for _ in range(3)
    ]
    assert answers == [503, 200, 200]
    assert away.told == [("T1", 17)] * 2
