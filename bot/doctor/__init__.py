"""`lvm doctor`: looks at everything that a start depends on, and says of each fault what mends it."""

from bot.doctor.examining import examine
from bot.doctor.finding import Finding, write

__all__ = ["Finding", "examine", "write"]
