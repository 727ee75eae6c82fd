"""Keeps other sites out: only pages of our own address may talk to the workspace, and only over loopback."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""On every response."""


class Guard:
    """Refuses what a browser was made to send by a page from elsewhere (DNS rebinding, forged requests)."""

    def __init__(self) -> None:
        self.port = 0
        """Where the workspace listens; nothing is let in before it is known."""

    def is_ours(self, host: str) -> bool:
        """Tell whether a Host header names us."""
        return bool(self.port) and host.lower() in {
            f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")
        }

    def refusal(self, request: web.Request) -> str:
        """Say why a request is refused; empty where it is not."""
        if not self.is_ours(request.headers.get("Host", "")):
            return "This address is not the workspace's own."
        if not request.path.startswith("/ui/"):
            return ""
        origin = request.headers.get("Origin")
        if origin is not None and not (
            origin.startswith("http://") and self.is_ours(origin[len("http://") :])
        ):
            return "Only the workspace's own page may ask for this."
        if request.method == "POST" and request.content_type != "application/json":
            return "Content-Type must be application/json."
        return ""

    @web.middleware
    async def middleware(self, request: web.Request, handler: Answer) -> web.StreamResponse:
        """Ask `refusal` about a request before anything else sees it."""
        refusal = self.refusal(request)
        return web.Response(status=403, text=refusal) if refusal else await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the protective headers on a response that is about to be sent."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
