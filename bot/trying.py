"""`lvm try`: the coach and a Slack workspace around it, on this machine, in one process."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import chain
from pathlib import Path

import yaml

from bot.app import reload, running, until_stopped
from bot.config import Secret, ServerSettings, SlackSettings
from bot.conversation import Conversation, build_conversation, content_folders
from bot.errors import ConfigError
from bot.playground.emulator import Emulator
from bot.playground.model import Command
from bot.slack.gate import PATH

WATCH_SECONDS = 1.0
"""How soon a saved file is noticed."""

MANIFEST = Path(__file__).parent / "slack" / "manifest.yaml"


async def try_locally(responses: Path | None, cache: Path | None, port: int) -> None:
    """Open the workspace until it is stopped; SIGHUP reloads the content.

    Args:
        responses: The owner's folder, laid over the shipped content.
        cache: Where to keep what was worked out from the content.
        port: Where the page is; 0 for any free port.

    Raises:
        ContentError: The content has faults.
    """
    conversation = build_conversation(responses, cache)
    async with _open(Emulator(commands=manifest_commands(), port=port), port) as slack:
        settings = SlackSettings(
            bot_token=Secret(slack.bot_token),
            signing_secret=Secret(slack.signing_secret),
            api_url=slack.api_url,
        )
        async with running(ServerSettings(port=0), settings, conversation) as address:
            await slack.connect(address + PATH)
            print(f"\n  The coach is ready: {slack.origin}\n\n  Ctrl+C stops it.\n", flush=True)
            watching = asyncio.create_task(_reload_on_save(conversation, responses))
            await until_stopped(conversation, responses)
            watching.cancel()


async def _reload_on_save(conversation: Conversation, responses: Path | None) -> None:
    """Take up the content whenever one of its files changes; faults are printed and change nothing."""
    folders = content_folders(responses)
    seen = _fingerprint(folders)
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        found = _fingerprint(folders)
        if found != seen:
            seen = found
            done = await reload(conversation, responses)
            print("  The content was reloaded." if done else "  The content stays as it was.", flush=True)


def _fingerprint(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Every file's path, time and size, which is enough to see that one was saved."""
    return tuple(chain.from_iterable(_stamps(folder) for folder in folders))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for file in sorted(folder.rglob("*.yaml")):
        # Editors keep files of their own beside ours, and some of those point nowhere.
        with suppress(OSError):
            found = file.stat()
            yield str(file), found.st_mtime_ns, found.st_size


@asynccontextmanager
async def _open(emulator: Emulator, port: int) -> AsyncIterator[Emulator]:
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(emulator)
        except (OSError, OverflowError) as error:
            raise ConfigError(f"Port {port} cannot be had; try another: lvm try --port 0") from error
        yield slack


def manifest_commands() -> tuple[Command, ...]:
    """The slash commands that the app's manifest declares."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return tuple(
        Command(each["command"], each["description"], each["usage_hint"], each["should_escape"])
        for each in manifest["features"]["slash_commands"]
    )
