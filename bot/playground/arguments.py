"""What a Web API call was given, read strictly; and how a call is refused."""

import json
from typing import Any, Final

from bot.errors import CoachError
from bot.playground.model import Json

MOST_LISTED: Final = 1_000
"""The greatest `limit` of a listing. https://docs.slack.dev/apis/web-api/pagination, read 2026-11-21"""


class RefusedError(CoachError):
    """A call is answered with `ok: false`."""

    def __init__(self, error: str, details: list[str] | None = None) -> None:
        self.error = error
        """Slack's word for it."""
        self.details = details or []
        """One sentence for each fault, for `response_metadata.messages`."""
        super().__init__(": ".join([error, *self.details]))


class Arguments:
    """The arguments of one call; a form's strings and JSON's values read alike."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def get_text(self, name: str) -> str:
        """Get an argument that must be there.

        Raises:
            RefusedError: It is missing, or no text.
        """
        found = self.find_text(name)
        if not found:
            raise RefusedError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return found

    def find_text(self, name: str) -> str | None:
        """Find a text or number; None where there is none."""
        found = self.values.get(name)
        if found is None or found == "":
            return None
        if isinstance(found, bool | dict | list):
            raise RefusedError("invalid_arguments", [f"[ERROR] must be a string: {name}"])
        return str(found)

    def find_json(self, name: str) -> Any:  # noqa: ANN401  any JSON value; the caller checks its shape
        """Find an object or list, which forms carry as a string of JSON."""
        found = self.values.get(name)
        if not isinstance(found, str) or not found:
            return found or None
        try:
            return json.loads(found)
        except (ValueError, RecursionError):
            raise RefusedError("invalid_arguments", [f"[ERROR] must be JSON: {name}"]) from None

    def is_on(self, name: str) -> bool:
        """Tell whether a flag is set."""
        return str(self.values.get(name)).lower() in {"1", "true"}

    def page(self, items: list[Json]) -> tuple[list[Json], str]:
        """Cut out what `cursor` and `limit` ask for; also give the next cursor, empty at the end."""
        try:
            start = int(self.find_text("cursor") or 0)
            limit = int(self.find_text("limit") or 100)
        except ValueError:
            raise RefusedError("invalid_cursor") from None
        if not 1 <= limit <= MOST_LISTED or start < 0:
            raise RefusedError("invalid_limit")
        end = start + limit
        return items[start:end], str(end) if end < len(items) else ""
