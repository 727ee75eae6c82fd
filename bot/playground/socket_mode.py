"""Socket Mode: the app connects to us, and everything travels over its WebSocket."""

import asyncio
import itertools
import json
import secrets
from typing import Final

from aiohttp import WSMsgType, web

from bot.playground.delivery import Envelope, Kind, Reply, Transport
from bot.playground.feed import Feed
from bot.playground.model import APP_ID, Change, Json

CONNECTIONS: Final = 10
"""An app may hold so many at a time. https://docs.slack.dev/apis/events-api/using-socket-mode, 2026-11-21"""


class SocketMode:
    """Holds the app's connections; as a transport, each envelope goes to one of them, in turn."""

    def __init__(self, feed: Feed[Change], transports: list[Transport], seconds: float) -> None:
        self.host = ""
        """Where the workspace listens, such as `ws://127.0.0.1:8080`."""
        self.connections: list[web.WebSocketResponse] = []
        self._feed = feed
        self._transports = transports
        self._seconds = seconds
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    def open(self) -> Json:
        """Give an address that is good for one connection (apps.connections.open)."""
        ticket = secrets.token_urlsafe(24)
        self._tickets.add(ticket)
        return {"url": f"{self.host}/link/?ticket={ticket}"}

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self.connections) >= CONNECTIONS:
            return web.Response(status=403, text="This address was used, or too many connections are open.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._join(socket)
        try:
            await socket.send_json(
                {
                    "type": "hello",
                    "num_connections": len(self.connections),
                    "connection_info": {"app_id": APP_ID},
                    "debug_info": {"host": "local", "approximate_connection_time": 18060},
                }
            )
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self._leave(socket)
        return socket

    async def carry(self, envelope: Envelope) -> Reply:
        """Send an envelope over one connection and wait for its acknowledgement."""
        socket = self.connections[0]
        self.connections.append(self.connections.pop(0))
        envelope_id = f"envelope-{next(self._numbers)}"
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            async with asyncio.timeout(self._seconds):
                await socket.send_json(_envelope_json(envelope, envelope_id))
                payload = await answer
        except TimeoutError:
            return Reply(failure="http_timeout")
        except ConnectionError:
            return Reply(failure="connection_failed")
        finally:
            del self._waiting[envelope_id]
        return Reply(200, json.dumps(payload) if payload else "", json=True)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to connect anew, as Slack does every few hours, and end the connections."""
        for socket in list(self.connections):
            self._leave(socket)
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
            await socket.close()

    async def close(self) -> None:
        """End the connections."""
        for socket in list(self.connections):
            await socket.close()

    def _join(self, socket: web.WebSocketResponse) -> None:
        self.connections.append(socket)
        if self not in self._transports:
            self._transports.append(self)
        self._feed.stir()

    def _leave(self, socket: web.WebSocketResponse) -> None:
        if socket in self.connections:
            self.connections.remove(socket)
        if not self.connections and self in self._transports:
            self._transports.remove(self)
        self._feed.stir()

    def _take(self, text: str) -> None:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        answer = self._waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if answer is not None and not answer.done():
            payload = said.get("payload")
            answer.set_result(payload if isinstance(payload, dict) else {})


def _envelope_json(envelope: Envelope, envelope_id: str) -> Json:
    said: Json = {
        "envelope_id": envelope_id,
        "type": envelope.kind.value,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.kind is not Kind.EVENT,
    }
    if envelope.kind is Kind.EVENT:
        reason = "timeout" if envelope.retry_reason == "http_timeout" else envelope.retry_reason
        said |= {"retry_attempt": envelope.retry_number, "retry_reason": reason}
    return said
