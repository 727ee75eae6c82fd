"""`lvm chat`: the same conversation as on the platforms, line by line."""

import asyncio
from collections.abc import Iterable

from rich.console import Console

from bot.coach.answer import Answer
from bot.conversation import Conversation
from bot.terminal.rendering import print_answer, steps_of

PLACE = "terminal"
COMMAND = "/lvm"
GOODBYE = frozenset({"quit", "exit", "bye", ":q"})


def chat(conversation: Conversation, lines: Iterable[str], console: Console) -> None:
    """Answer line by line until the lines end or say goodbye.

    A number presses what the last answer numbered; a line with a slash is a command; everything
    else is a question.
    """
    answer = conversation.coach.welcome()
    print_answer(console, answer)
    with asyncio.Runner() as runner:
        for line in lines:
            if line.strip().casefold() in GOODBYE:
                break
            answer = runner.run(_reply(conversation, line.strip(), answer))
            print_answer(console, answer)


async def _reply(conversation: Conversation, line: str, before: Answer) -> Answer:
    steps = steps_of(before)
    if line in (numbers := [str(number) for number in range(1, len(steps) + 1)]):
        return await conversation.press(steps[numbers.index(line)].ask, PLACE)
    if line.startswith("/"):
        return await conversation.command(line.removeprefix(COMMAND).removeprefix("/"), PLACE)
    return await conversation.ask(line, PLACE)
