"""The bodies of requests from outside: read to their end, or given up in time."""

import asyncio

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import CoachError


class BodyError(CoachError):
    """A body cannot be read to its end; the message holds nothing of it."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(reason)


async def read_body(request: web.Request, limit: int, seconds: float) -> bytes:
    """The body; refused as soon as it is known to be too large or too slow.

    Args:
        request: Whose.
        limit: Bytes at most.
        seconds: How long it may take to come in.

    Raises:
        BodyError: It is too large, too slow or broken.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _read_at_most(limit, request)
    except TimeoutError as error:
        raise BodyError(408, "the body did not come in time") from error
    except (HttpProcessingError, web.RequestPayloadError, ConnectionError) as error:
        raise BodyError(400, "the body broke off or is badly encoded") from error


async def _read_at_most(limit: int, request: web.Request) -> bytes:
    body = bytearray()
    if (request.content_length or 0) <= limit:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > limit:
                break
        else:
            return bytes(body)
    raise BodyError(413, f"the body is larger than {limit // 1024} kB")
