"""What the Bot Connector refuses, as far as it is documented."""

from typing import Final

MESSAGE_BYTES: Final = 100 * 1024
"""A whole message, counted in UTF-16.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages (read 2026-11-22)
"""
CARD_VERSION: Final = (1, 5)
"""The newest version of a card that Teams shows from bots.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
(read 2026-11-22)
"""
CARD_TYPE: Final = "application/vnd.microsoft.card.adaptive"
TEXT_TYPE: Final = "application/vnd.microsoft.activity.message"
"""What a button may be answered with beside a card: a sentence to show.
https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model (read 2026-11-22)
"""
SENDS: Final = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
"""In so many seconds a bot may send so many messages to one thread.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (read 2026-11-22)
"""
ANSWER_SECONDS: Final = 15.0
"""How long Teams waits for an app's answer (from memory)."""
