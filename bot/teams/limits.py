"""The limits that Teams sets on messages and cards, each with where and when it was read, and our own."""

from typing import Final

MESSAGE_BYTES: Final = 100 * 1024
"""A whole message, counted in UTF-16; beyond it Teams answers 413.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages, read 2026-11-22
"""
CARD_BYTES: Final = 24 * 1024
"""A card of ours as JSON in UTF-8: below all that Teams ever allowed (28 KB, 40 KB, now 100).

UTF-16 takes at most twice the bytes of UTF-8, so this is less than half a message.
"""
SCHEMA_VERSION: Final = "1.5"
"""The newest that Teams shows from bots, read 2026-11-22.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""
ACTIONS: Final = 6
"""Buttons that are shown of one ActionSet; a card may have several.

https://github.com/MicrosoftDocs/bot-docs/issues/2161 and
https://github.com/microsoft/AdaptiveCards/issues/877, read 2026-11-22
"""
ROW_CHARACTERS: Final = 39
"""A row of buttons of ours, with `PADDING_CHARACTERS` for each: what fits across a card of 320 pixels.

Phones put one ActionSet on one line, whatever is seen of it, and no client wraps a button's text:
https://github.com/microsoft/AdaptiveCards/issues/4758 and 6880, read 2026-11-22
"""
PADDING_CHARACTERS: Final = 4
"""A button's edges and the gap to the next, in characters."""
BUTTONS: Final = 12
"""Buttons on a card of ours; the other steps go into a menu."""
LABEL_CHARACTERS: Final = 75
"""On a button or a choice of ours, see `Step.label`; Teams names no limit."""
SUMMARY_CHARACTERS: Final = 300
"""In a notification of ours; Teams names no limit, and shows about two lines."""
SPOKEN_CHARACTERS: Final = 700
"""Of a card of ours that are read aloud: its headline, and a lead of 60 words."""
