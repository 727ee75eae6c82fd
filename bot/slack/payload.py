"""The body of a verified request, read into a mapping."""

import json
from typing import Any
from urllib.parse import parse_qsl

from bot.errors import CoachError

MAX_FIELDS = 100
"""Form fields; a slash command has about fifteen."""

Payload = dict[str, Any]


class PayloadError(CoachError):
    """A signed body is not what Slack sends; the message holds nothing of it."""


def parse_payload(body: bytes, content_type: str) -> Payload:
    """Read JSON, a form, or a form that carries JSON in its `payload` field.

    Raises:
        PayloadError: When it is none of these, not UTF-8, or absurdly shaped.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PayloadError("the body is not UTF-8") from error
    if content_type == "application/json":
        return _parse_json(text)
    try:
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict"))
    except ValueError as error:
        raise PayloadError("the form is malformed or has too many fields") from error
    return _parse_json(form["payload"]) if "payload" in form else form


def _parse_json(text: str) -> Payload:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PayloadError("the JSON is malformed or nested too deeply") from error
    if not isinstance(value, dict):
        raise PayloadError("the JSON is not an object")
    return value
