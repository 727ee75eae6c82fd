"""The limits that Slack sets on messages and views, each with where and when it was read.

`[ref]` is https://docs.slack.dev/reference/block-kit/, read 2026-11-21; `[sdk]` is the model of slack_sdk
3.47, whose constants agree with it, read the same day. Lengths are in characters.
"""

from enum import StrEnum
from typing import Final


class Surface(StrEnum):
    """Where blocks are shown; what is allowed depends on it."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


BLOCKS_MOST: Final = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}
"""Blocks on one surface. [ref] blocks"""
MESSAGE_BLOCKS_CHARACTERS: Final = 13_200
"""All blocks of a message as compact JSON; beyond it Slack answers `msg_blocks_too_long`.

Undocumented: 13,172 to 13,297 were seen, https://github.com/slackapi/bolt-js/issues/2509, read 2026-11-21.
What Slack counts is not known, so the strictest reading is taken.
"""
MESSAGE_TEXT_CHARACTERS: Final = 40_000
"""A message's `text`; longer ones are cut.

https://docs.slack.dev/reference/methods/chat.postMessage, read 2026-11-21
"""
MARKDOWN_CHARACTERS: Final = 12_000
"""All markdown blocks of one message together. [ref] blocks/markdown-block, [sdk]"""

ID_CHARACTERS: Final = 255
"""A `block_id` or an `action_id`. [ref] blocks, [sdk]"""
TEXT_CHARACTERS: Final = 3_000
"""A text object, where nothing narrower is said; a section's text. [ref] blocks/section-block, [sdk]"""
SECTION_FIELDS: Final = 10
"""[ref] blocks/section-block, [sdk]"""
FIELD_CHARACTERS: Final = 2_000
"""One field of a section. [ref] blocks/section-block"""
HEADER_CHARACTERS: Final = 150
"""[ref] blocks/header-block, [sdk]"""
CONTEXT_ELEMENTS: Final = 10
"""[ref] blocks/context-block, [sdk]"""
ACTIONS_ELEMENTS: Final = 25
"""[ref] blocks/actions-block, [sdk]"""
CONTEXT_ACTIONS_ELEMENTS: Final = 5
"""[ref] blocks/context-actions-block, [sdk]"""
LABEL_CHARACTERS: Final = 2_000
"""An input's label, its hint, and an image's title. [ref] blocks/input-block, blocks/image-block, [sdk]"""
URL_CHARACTERS: Final = 3_000
"""A button's or an image's address. [ref] block-elements/button-element, [sdk]"""
ALT_CHARACTERS: Final = 2_000
"""An image's description. [ref] blocks/image-block, [sdk]"""

BUTTON_TEXT_CHARACTERS: Final = 75
"""A button's label and its accessibility label. [ref] block-elements/button-element, [sdk]"""
BUTTON_VALUE_CHARACTERS: Final = 2_000
"""[ref] block-elements/button-element, [sdk]"""
BUTTON_PROMPT_CHARACTERS: Final = 4_000
"""A button's `agent_prompt`. [sdk]"""
PLACEHOLDER_CHARACTERS: Final = 150
"""[ref] block-elements, [sdk]"""
INPUT_CHARACTERS: Final = 3_000
"""What a plain_text_input may be told to accept. [ref] block-elements/plain-text-input-element"""
OPTION_TEXT_CHARACTERS: Final = 75
"""An option's label and description, a group's label. [ref] composition-objects/option-object, [sdk]"""
OPTION_VALUE_CHARACTERS: Final = 150
"""[ref] composition-objects/option-object, [sdk]"""
OPTIONS: Final = 100
"""Options of a select or a group; groups of a select. [ref] block-elements/select-menu-element, [sdk]"""
OVERFLOW_LEAST: Final = 2
"""[ref] block-elements/overflow-menu-element, [sdk]"""
OVERFLOW_MOST: Final = 5
"""[ref] block-elements/overflow-menu-element, [sdk]"""
CHOICES: Final = 10
"""Options of radio buttons or checkboxes. [ref] block-elements/radio-button-group-element"""

CONFIRM_TITLE_CHARACTERS: Final = 100
"""[ref] composition-objects/confirmation-dialog-object, [sdk]"""
CONFIRM_TEXT_CHARACTERS: Final = 300
"""[ref] composition-objects/confirmation-dialog-object, [sdk]"""
CONFIRM_BUTTON_CHARACTERS: Final = 30
"""[ref] composition-objects/confirmation-dialog-object, [sdk]"""

VIEW_TITLE_CHARACTERS: Final = 24
"""A modal's title, submit and close. https://docs.slack.dev/reference/views/modal-views, 2026-11-21; [sdk]"""
VIEW_METADATA_CHARACTERS: Final = 3_000
"""`private_metadata`. https://docs.slack.dev/reference/views, 2026-11-21; [sdk]"""
VIEW_STACK: Final = 3
"""Modals upon one another. https://docs.slack.dev/surfaces/modals, 2026-11-21"""
