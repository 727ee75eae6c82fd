"""The names of our buttons and menus; what they carry is written by `write_ask`."""

PREFIX = "lvm"
STEP = f"{PREFIX}:step"
"""A button of an answer; a number follows, because action ids are unique in a message."""
MENU = f"{PREFIX}:menu"
"""A menu of an answer; a number follows."""
SHARE = f"{PREFIX}:share"
QUESTION = f"{PREFIX}:question"
"""The question box, in the Home tab and in a modal."""
ANSWER_VIEW = f"{PREFIX}:answer"
"""The modal that shows an answer."""

DAILY = f"{PREFIX}:daily"
"""A picker or button of the daily tip in the Home tab; its name follows. It carries words as typed behind
`/lvm daily`."""
