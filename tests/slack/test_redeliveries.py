"""The same event at two replicas."""

import asyncio

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.errors import StoreError
from bot.redeliveries import Redeliveries
from bot.slack.bolt import Once

MESSAGE = {"type": "message"}


class Common:
    """What the replicas remember together; `away` while it cannot be reached."""

    def __init__(self):
        self.known = set()
        self.away = None

    async def claim(self, key):
        if self.away is not None:
            await self.away()
        first = key not in self.known
        self.known.add(key)
        return first


@pytest.fixture
def common():
    return Common()


@pytest.fixture
def replicas(common):
    """Two of them; brings one an event and says whether it went through."""
    both = [Once(Redeliveries("slack", lambda: 0.0, common.claim)) for _ in range(2)]

    async def bring(replica, event, event_id="Ev1"):
        through = []

        async def following():
            through.append(1)

        request = AsyncBoltRequest(body={"event_id": event_id, "event": event}, mode="socket_mode")
        answer = await both[replica].async_process(req=request, resp=BoltResponse(status=201), next=following)
        assert answer.status in {200, 201}
        return bool(through)

    return bring


@pytest.mark.parametrize("kind", ["message", "app_mention"])
async def test_a_message_is_answered_by_whom_it_reaches_first(replicas, kind):
    assert await replicas(0, {"type": kind})
    assert not await replicas(1, {"type": kind})
    assert await replicas(1, {"type": kind}, "Ev2")


async def test_what_only_changes_something_is_not_remembered_together(replicas, common):
    assert await replicas(0, {"type": "app_uninstalled"})
    assert await replicas(1, {"type": "app_uninstalled"})
    assert not common.known


async def _refuse():
    raise StoreError("It is away.", passing=True)


@pytest.mark.parametrize("away", [_refuse, asyncio.Event().wait])
async def test_while_the_common_memory_is_away_each_replica_goes_by_its_own(replicas, common, away):
    common.away = away
    assert await replicas(0, MESSAGE)
    assert not await replicas(0, MESSAGE)
