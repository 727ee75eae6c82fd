"""How the Bot Connector says no."""

from collections.abc import Mapping

from aiohttp import web

from bot.errors import CoachError


class RefusedError(CoachError):
    """A call is answered with an error.

    The codes are those that people report; which one comes in which case is not documented.
    https://learn.microsoft.com/answers/questions/1513369 (read 2026-11-22)
    """

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.code = code
        self.headers = headers
        super().__init__(message)

    def response(self) -> web.Response:
        """The same as an answer."""
        body = {"error": {"code": self.code, "message": str(self)}}
        return web.json_response(body, status=self.status, headers=self.headers)
