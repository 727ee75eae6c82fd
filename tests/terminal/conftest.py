from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from bot.conversation import Conversation
from bot.store.threads import MemoryThreads


@pytest.fixture
def conversation(coach):
    return Conversation(coach, MemoryThreads(lambda: 0.0))


@pytest.fixture
def console():
    """A terminal that keeps what it shows; `console.file.getvalue()` gives it."""
    return Console(file=StringIO(), width=88, highlight=False)


@pytest.fixture(scope="session")
def small_handbook(handbook):
    """A few topics of the shipped content, so that fitting them several times is quick."""
    few = dict(list(handbook.topics.items())[:4])
    return replace(handbook, topics=few)
