"""`lvm try`: the coach and a Slack workspace around it, on this machine, in one process."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import yaml

from bot.app import running, until_stopped
from bot.config import Secret, ServerSettings, SlackSettings
from bot.conversation import build_conversation
from bot.errors import ConfigError
from bot.playground.emulator import Emulator
from bot.playground.model import Command
from bot.slack.gate import PATH

MANIFEST = Path(__file__).parent / "slack" / "manifest.yaml"


async def try_locally(responses: Path | None, port: int) -> None:
    """Open the workspace until it is stopped; SIGHUP reloads the content.

    Args:
        responses: The owner's folder, laid over the shipped content.
        port: Where the page is; 0 for any free port.

    Raises:
        ContentError: The content has faults.
    """
    conversation = build_conversation(responses)
    async with _open(Emulator(commands=manifest_commands(), port=port), port) as slack:
        settings = SlackSettings(
            bot_token=Secret(slack.bot_token),
            signing_secret=Secret(slack.signing_secret),
            api_url=slack.api_url,
        )
        async with running(ServerSettings(port=0), settings, conversation) as address:
            await slack.connect(address + PATH)
            print(f"\n  The coach is ready: {slack.origin}\n\n  Ctrl+C stops it.\n", flush=True)
            await until_stopped(conversation, responses)


@asynccontextmanager
async def _open(emulator: Emulator, port: int) -> AsyncIterator[Emulator]:
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(emulator)
        except OSError as error:
            raise ConfigError(f"Port {port} is taken ({error.strerror}); try: lvm try --port 0") from error
        yield slack


def manifest_commands() -> tuple[Command, ...]:
    """The slash commands that the app's manifest declares."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return tuple(
        Command(each["command"], each["description"], each["usage_hint"], each["should_escape"])
        for each in manifest["features"]["slash_commands"]
    )
