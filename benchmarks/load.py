"""A light HTTP client: requests are signed beforehand, so that only the server is measured."""

import asyncio
import hashlib
import hmac
import json
import time
from itertools import count
from urllib.parse import urlencode

SECRET = b"bench"
_serial = count()


def signed_command(text: str) -> bytes:
    """One `/lvm` command as bytes on the wire; no two are alike, as in life."""
    body = urlencode(
        {
            "command": "/lvm",
            "text": text,
            "team_id": "T1",
            "team_domain": "bench",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": "U1",
            "user_name": "ana",
            "response_url": "https://hooks.slack.com/commands/T1/2/3",
            "trigger_id": f"{next(_serial)}.bench",
            "api_app_id": "A1",
            "is_enterprise_install": "false",
        }
    ).encode()
    now = str(int(time.time()))
    signature = hmac.new(SECRET, b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def pressed_button(service_url: str, tenant: str) -> bytes:
    """The same question in Teams, as a button that is answered within the request; no two are alike."""
    body = json.dumps(
        {
            "type": "invoke",
            "id": f"f:{next(_serial)}",
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Execute", "data": {"ask": "vision-execution|full|||"}}},
            "serviceUrl": service_url,
            "channelId": "msteams",
            "from": {"id": "29:ana", "aadObjectId": "ana"},
            "recipient": {"id": "28:bench"},
            "conversation": {"id": "a:bench", "conversationType": "personal", "tenantId": tenant},
            "channelData": {"tenant": {"id": tenant}},
        }
    ).encode()
    head = (
        "POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def measure(port: int, requests: list[bytes], connections: int) -> tuple[float, list[float]]:
    """Send all requests over some connections at once: (requests a second, seconds each, sorted)."""
    waiting = iter(requests)
    taken: list[float] = []

    async def worker() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            begun = time.perf_counter()
            writer.write(request)
            await _read_response(reader)
            taken.append(time.perf_counter() - begun)
        writer.close()
        await writer.wait_closed()

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    return len(requests) / (time.perf_counter() - begun), sorted(taken)


async def _read_response(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    status = head.split(b" ", 2)[1]
    if status != b"200":
        raise RuntimeError(f"the server answered {status.decode()}")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
