import logging
import sys

from bot.logs import Formatter


def _line(message, *args, exc_info=None):
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, args, exc_info)
    return Formatter("%(levelname)s %(message)s").format(record)


def test_a_forged_line_stays_one_line():
    assert _line("name: %s", "x\nERROR y\x1b[31m\u2028z") == "ERROR name: x ERROR y [31m z"


def test_tokens_are_blotted_out():
    assert _line("a xoxb-12-ab b xapp-1-A c Bearer abc") == "ERROR a (secret) b (secret) c (secret)"


def test_a_traceback_is_left_out_because_it_may_quote_someone():
    try:
        int("what someone wrote")
    except ValueError:
        assert _line("failed", exc_info=sys.exc_info()) == "ERROR failed"
