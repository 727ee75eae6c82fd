"""How long one workspace takes by its own limits, whatever is built: arithmetic, nothing is measured here."""

from collections.abc import Sequence

from bot.store.workspaces import RATE
from bot.tips.held import MOST_RATE
from bot.tips.schedule import LATEST_MS

SLACK_CHANNEL_A_SECOND = 1.0
"""Messages to one channel, https://docs.slack.dev/apis/web-api/rate-limits, read 2026-11-21."""
TEAMS_TENANT_A_SECOND = 50.0
"""Requests of one app in one tenant, https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit,
read 2026-11-21."""
_MESSAGES = (1, 100, 1_000, 10_000, 50_000)
_RATES = (
    ("a lane's first rate", RATE),
    ("Slack in steady use", 5.0),
    ("a lane's highest rate", MOST_RATE),
    ("one Slack channel", SLACK_CHANNEL_A_SECOND),
    ("a Teams tenant", TEAMS_TENANT_A_SECOND),
)


def table() -> list[str]:
    """For some numbers of direct messages, how long they take at these rates."""
    head = ["messages", *(f"{name}, {rate:g}/s" for name, rate in _RATES)]
    rows = [[f"{count:,}", *(duration(count / rate) for _, rate in _RATES)] for count in _MESSAGES]
    return [_line(head), _line(["---:"] * len(head)), *map(_line, rows)]


def section() -> list[str]:
    """The same with what follows from it."""
    most = int(RATE * LATEST_MS / 1000)
    late = (
        f"A tip more than {duration(LATEST_MS / 1000)} late is not sent: at {RATE:g}/s that is whoever comes "
        f"after the first {most:,} of one workspace who are due at the same instant."
    )
    said = "By arithmetic, messages divided by rate; how fast the coach itself works changes nothing here."
    return ["", "## What one workspace's own limits allow", "", said, "", *table(), "", late]


def duration(seconds: float) -> str:
    """As people say it: the two largest units."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, left = divmod(round(seconds / 60), 60)
    return f"{hours} h {left} min" if left else f"{hours} h"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
