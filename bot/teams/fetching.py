"""Questions to Microsoft's own servers: small answers, no redirects, and one at a time where many ask."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import aiohttp

from bot.errors import CoachError

MAX_BYTES = 256 * 1024
"""Of one answer. Microsoft's longest, the signing keys with their certificates, stays well under it."""
FETCH_SECONDS = 5.0
"""How long one answer may take; Teams waits about fifteen seconds for ours (from memory)."""

OK = 200
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity"}

Outcome = TypeVar("Outcome")


class FetchError(CoachError):
    """No answer that can be read came back; the message holds nothing of question or answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer."""

    status: int
    body: Mapping[str, Any] = field(repr=False)
    retry_after: str = ""
    """The header of that name."""


async def fetch(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    form: Mapping[str, str] | None = None,
    seconds: float = FETCH_SECONDS,
) -> Fetched:
    """Ask once.

    Raises:
        FetchError: No JSON object of at most `MAX_BYTES` came back in time.
    """
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with session.request(
            method, url, data=form, headers=_HEADERS, timeout=timeout, allow_redirects=False
        ) as response:
            raw = await _read_at_most(MAX_BYTES, response)
    except TimeoutError as error:
        raise FetchError("no answer came in time") from error
    except (aiohttp.ClientError, OSError) as error:
        raise FetchError(f"the connection failed ({type(error).__name__})") from error
    return Fetched(response.status, _parse(raw, response.status), response.headers.get("Retry-After", ""))


async def _read_at_most(limit: int, response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise FetchError(f"the answer is larger than {limit // 1024} kB")
    return bytes(body)


def _parse(raw: bytes, status: int) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise FetchError(f"the answer, {status}, is no JSON") from error
    if not isinstance(body, dict):
        raise FetchError(f"the answer, {status}, is no JSON object")
    return body


class Shared(Generic[Outcome]):
    """Work that runs once at a time; whoever asks meanwhile gets the outcome of that run.

    Args:
        work: The work. It goes on where those who asked for it went away.
    """

    def __init__(self, work: Callable[[], Awaitable[Outcome]]) -> None:
        self._work = work
        self._task: asyncio.Task[Outcome] | None = None

    @property
    def is_running(self) -> bool:
        """Whether asking now would begin nothing new."""
        return self._task is not None and not self._task.done()

    async def __call__(self) -> Outcome:
        """Begin the work, or join in; raises what it raises."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(_look_at)
        return await asyncio.shield(self._task)

    async def _run(self) -> Outcome:
        return await self._work()


def _look_at(task: "asyncio.Task[Any]") -> None:
    """Spare the log an error that nobody waits for any longer; those who wait get it nevertheless."""
    if not task.cancelled():
        task.exception()
