"""`lvm try`: the coach, and Slack and Teams around it, on this machine, in one process."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import yaml

from bot.app import Side, running, slack_side
from bot.coach.coach import Coach
from bot.config import ENVIRONMENT, Secret, ServerSettings, SlackSettings
from bot.conversation import Conversation, build_coach, content_folders
from bot.errors import ConfigError, StoreError
from bot.memory import Memory, remembering
from bot.playground.emulator import Emulator
from bot.playground.model import Command, Jump
from bot.playground.no_teams import no_teams
from bot.playground.teams.model import CLIENT_ID, TENANT_ID, Scope
from bot.playground.teams.model import Command as TeamsCommand
from bot.playground.workspace import YOU
from bot.signals import reload, until_stopped
from bot.slack.gate import PATH
from bot.store import sweeping
from bot.store.watching import Resting, find_resting, next_turn_in

MORNING = 8
"""An hour before anybody's tips, unless they chose another."""
AFTERWARDS_SECONDS = 1.0
"""How far behind a tip's own instant the clock is put."""
NO_TIPS = "Nobody gets tips here. Type /lvm daily first."
STOPPED = "The coach was removed here, so it sends no tips. Start it again with make run."
ASKED = "The two weeks are over. No tip comes before the question how to go on is answered."
PAUSED = "The tips are paused. Type /lvm daily resume first."
WATCH_SECONDS = 1.0
"""How soon a saved file is noticed."""

MANIFEST = Path(__file__).parent / "slack" / "manifest.yaml"
TEAMS_MANIFEST = Path(__file__).parent / "teams" / "manifest" / "manifest.json"
NO_PACKAGE = "Teams needs one more package: pip install 'lvm-coach[teams]'. Then start anew."

if TYPE_CHECKING:
    from bot.playground.teams.emulator import TeamsEmulator


async def try_locally(responses: Path | None, cache: Path | None, port: int) -> None:
    """Open the workspace until it is stopped; SIGHUP reloads the content.

    Args:
        responses: The owner's folder, laid over the shipped content.
        cache: Where to keep what was worked out from the content.
        port: Where the page is; 0 for any free port.

    Raises:
        ContentError: The content has faults.
    """
    coach = build_coach(responses, cache)
    clock = Clock()
    async with both(port, clock) as (slack, teams), coaching(slack, coach, clock, teams) as conversation:
        print(f"\n  The coach is ready: {slack.origin} (in Teams: {slack.origin}/teams)", flush=True)
        print("\n  Ctrl+C stops it.\n", flush=True)
        watching = asyncio.create_task(_reload_on_save(conversation, responses))
        await until_stopped(conversation, responses)
        watching.cancel()


class Clock:
    """This machine's time, which can be put forward: for the workspace, the database and the coach alike."""

    def __init__(self) -> None:
        self._ahead_seconds = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead_seconds

    def milliseconds(self) -> int:
        """The same in milliseconds."""
        return int(self() * 1000)

    def forward(self, seconds: float) -> None:
        """Put it forward; never back."""
        self._ahead_seconds += max(0.0, seconds)


@asynccontextmanager
async def coaching(
    slack: Emulator, coach: Coach, clock: Clock, teams: "TeamsEmulator | None" = None
) -> AsyncIterator[Conversation]:
    """Put the coach to work on both platforms, with a database of its own that goes when this ends."""
    settings = SlackSettings(
        bot_token=Secret(slack.bot_token), signing_secret=Secret(slack.signing_secret), api_url=slack.api_url
    )
    with TemporaryDirectory(prefix="lvm-") as folder:
        address = f"sqlite:///{folder}/lvm.db"
        async with remembering(coach, address, token_bytes(), clock.milliseconds) as (conversation, memory):
            sides = [slack_side(settings, conversation, memory, clock)]
            sides += [emulated_side(teams, conversation, memory, clock)] if teams else []
            async with running(ServerSettings(port=0), sides, memory) as request_url:
                emulators: list[Emulator | TeamsEmulator] = [slack, *([teams] if teams else [])]
                for emulator in emulators:
                    emulator.jumps.update(_jumps(emulators, clock, memory))
                await slack.connect(request_url + PATH)
                if teams:
                    await _move_in(teams, request_url)
                yield conversation


def emulated_side(
    teams: "TeamsEmulator",
    conversation: Conversation,
    memory: Memory | None = None,
    now: Callable[[], float] = time.time,
) -> Side:
    """The coach in the emulator's tenant: it checks all that it checks in Microsoft's, with other keys."""
    from bot.teams.access import Access, Authority  # noqa: PLC0415  only where Teams is wanted
    from bot.teams.bot import Bot  # noqa: PLC0415  likewise

    authority = Authority(
        metadata_url=teams.metadata_url,
        login_url=teams.login_url,
        hosts=frozenset({teams.host}),
        scheme="http",
    )
    access = Access(
        client_id=CLIENT_ID, client_secret=teams.client_secret, tenant=TENANT_ID, authority=authority
    )
    return Bot(conversation, access, memory.daily if memory else None, now)


async def _move_in(teams: "TeamsEmulator", coach_address: str) -> None:
    """Add the coach everywhere, which then says welcome."""
    from bot.teams.gate import PATH as TEAMS_PATH  # noqa: PLC0415  only where Teams is wanted

    teams.connect(coach_address + TEAMS_PATH)
    for scope in Scope:
        await teams.install(scope)


def _jumps(emulators: "Iterable[Emulator | TeamsEmulator]", clock: Clock, memory: Memory) -> dict[str, Jump]:
    """What puts the clock forward, by what the page calls it; the planner then sends what is due."""

    async def jump(seconds: float) -> str:
        clock.forward(seconds)
        for emulator in emulators:
            emulator.tell_time()
        try:
            await sweeping.wake_overlooked(memory.database)
            await memory.tips.turn()
            await sweeping.prune(memory.database)  # hourly by this machine's time else
        except StoreError as error:
            return str(error)
        return ""

    async def to_next_tip() -> str:
        wait_ms = await next_turn_in(memory.database)
        resting = await find_resting(memory.database)
        return _why_none(resting) if wait_ms is None else await jump(wait_ms / 1000 + AFTERWARDS_SECONDS)

    async def to_tomorrow() -> str:
        here = datetime.fromtimestamp(clock(), ZoneInfo(YOU.zone))
        tomorrow = (here + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
        return await jump(tomorrow.timestamp() - clock())

    return {"Next tip": to_next_tip, f"Tomorrow {MORNING}:00": to_tomorrow}


def _why_none(resting: Resting) -> str:
    """Why there is no next tip to go to."""
    why = {STOPPED: resting.stopped, ASKED: resting.asked, PAUSED: resting.paused, NO_TIPS: True}
    return next(said for said, is_so in why.items() if is_so)


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
async def both(
    port: int, clock: Clock, environment: Mapping[str, str] = ENVIRONMENT
) -> "AsyncIterator[tuple[Emulator, TeamsEmulator | None]]":
    """Open both platforms at one address; without what Teams needs, its page says what that is."""
    teams, why = _make_teams(clock, environment)
    beside = teams.routes() if teams else no_teams(why)
    emulator = Emulator(commands=manifest_commands(), port=port, clock=clock, beside=beside)
    async with AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(emulator)
        except (OSError, OverflowError) as error:
            raise ConfigError(f"Port {port} cannot be had; try another: lvm try --port 0") from error
        if teams:
            await stack.enter_async_context(teams.at(slack.origin))
        yield slack, teams


def _make_teams(clock: Clock, environment: Mapping[str, str]) -> "tuple[TeamsEmulator | None, str]":
    """The emulator of Teams; or None, and why."""
    try:
        from bot.playground.teams.emulator import TeamsEmulator  # noqa: PLC0415  needs the extra [teams]
    except ImportError:
        return None, NO_PACKAGE
    try:
        commands = teams_commands()
        return TeamsEmulator(environment=environment, clock=clock, commands=commands, is_throttled=True), ""
    except ConfigError as error:
        return None, str(error)


def manifest_commands() -> tuple[Command, ...]:
    """The slash commands that the app's manifest declares."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return tuple(
        Command(each["command"], each["description"], each["usage_hint"], each["should_escape"])
        for each in manifest["features"]["slash_commands"]
    )


def teams_commands() -> tuple[TeamsCommand, ...]:
    """The commands that the app's manifest for Teams declares behind the slash."""
    (bot,) = json.loads(TEAMS_MANIFEST.read_text(encoding="utf-8"))["bots"]
    lists = [each["commands"] for each in bot["commandLists"] if "slash" in each["triggers"]]
    return tuple(TeamsCommand(each["title"], each["description"]) for each in chain.from_iterable(lists))
