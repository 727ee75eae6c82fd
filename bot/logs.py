"""What is logged, and how: to standard error, one line each, never a word that people wrote."""

import logging
import re
import sys

_SECRET = re.compile(
    r"https?://hooks\.slack\.com/\S+|xox[a-z]-[\w.-]+|xapp-[\w-]+|xoxe\.[\w.-]+|Bearer \S+|ticket=[\w-]+",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Formatter(logging.Formatter):
    """One line a record, whatever is in it, with tokens blotted out."""

    def format(self, record: logging.LogRecord) -> str:
        """Give time, level, name and message; a traceback's text is left out (see `bot.incidents`)."""
        record.exc_info = record.exc_text = record.stack_info = None
        return _CONTROL.sub(" ", _SECRET.sub("(secret)", super().format(record)))


def set_up(level: str) -> None:
    """Log our own lines from `level` up, and those of libraries from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level.upper())
