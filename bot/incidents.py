"""What is kept of a failure: enough to mend it, and nothing of what people wrote."""

import logging
import secrets
import traceback

log = logging.getLogger("bot.incidents")


def report(error: BaseException, doing: str) -> str:
    """Log a failure under a new reference, and return the reference.

    An error's message may quote what someone wrote, so only its type and the places in the
    code are logged.

    Args:
        error: What was raised.
        doing: What was being done, in a few fixed words.
    """
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("incident %s while %s: %s at %s", reference, doing, type(error).__name__, places)
    return reference
