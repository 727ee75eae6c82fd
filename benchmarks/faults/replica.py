"""A replica that sends tips for every workspace: `python -m benchmarks.faults.replica NAME DATABASE API`.

All of it is the coach's own, but that one token serves all workspaces. At SIGTERM it ends as `lvm serve`
does, and prints its counters as one line of JSON.
"""

import asyncio
import json
import signal
import sys
from dataclasses import dataclass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot import content
from bot.coach.answer import Answer
from bot.slack.tips import TipDelivery
from bot.slack.workspace import CALL_SECONDS
from bot.store.database import Database
from bot.store.records import Delivery
from bot.tips.engine import Tips


@dataclass(frozen=True, slots=True)
class EveryWorkspace:
    """Our one token is taken for each workspace's own."""

    client: AsyncWebClient

    async def workspaces(self) -> None:
        """All of them."""

    async def deliver(self, delivery: Delivery, answer: Answer) -> str:
        """Post a tip; see `TipDelivery`."""

        async def workspace_id() -> int:
            return delivery.workspace_id

        return await TipDelivery(self.client, workspace_id).deliver(delivery, answer)


async def run(name: str, address: str, api: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    handbook = content.load([content.shipped_folder()])
    connections = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
    async with (
        aiohttp.ClientSession(connector=connections, timeout=timeout) as session,
        Database(address) as db,
    ):
        client = AsyncWebClient(token="xoxb-faults", base_url=api, session=session, retry_handlers=[])  # noqa: S106  no secret
        tips = Tips(db, lambda: handbook, {"slack": EveryWorkspace(client)}, owner=name)
        async with tips:
            await stop.wait()
    counts = tips.counts
    kept = {"sent": counts.sent, "unknown": counts.unknown, "dropped": counts.dropped}
    print(json.dumps(kept | {"troubles": counts.troubles, "lane_waits": counts.lane_waits}))


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
