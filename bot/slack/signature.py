"""Slack's request signature, version 0, checked over the raw bytes."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from bot.errors import CoachError

MAX_AGE_SECONDS = 300
"""How far a request's time may lie from ours.
https://docs.slack.dev/authentication/verifying-requests-from-slack (read 2026-11-21)
"""
TIMESTAMP_HEADER = "X-Slack-Request-Timestamp"
SIGNATURE_HEADER = "X-Slack-Signature"

_TIMESTAMP = re.compile(r"[0-9]{10}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class SignatureError(CoachError):
    """A request is not shown to come from Slack, or came too late."""


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> str:
    """Check that a request was signed with the secret, within five minutes of `now`.

    Args:
        headers: The request's headers, looked up regardless of case.
        body: The bytes as they arrived.
        secret: The signing secret.
        now: Seconds since 1970.

    Returns:
        The signature, which names this request for as long as it is valid.

    Raises:
        SignatureError: In every other case; the message holds nothing of the request.
    """
    timestamp = headers.get(TIMESTAMP_HEADER, "")
    signature = headers.get(SIGNATURE_HEADER, "")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise SignatureError("the timestamp is missing or malformed")
    if abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise SignatureError("the timestamp is more than five minutes off")
    if not _SIGNATURE.fullmatch(signature):
        raise SignatureError("the signature is missing or malformed")
    signed = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    if not hmac.compare_digest(b"v0=" + signed.hexdigest().encode(), signature.encode()):
        raise SignatureError("the signature does not fit the body")
    return signature
