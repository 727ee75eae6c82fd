"""While it serves: reloads the content when told to, and hears when to stop."""

import asyncio
import gc
import logging
import signal
from pathlib import Path

from bot import incidents
from bot.conversation import Conversation, build_coach
from bot.errors import ContentError

log = logging.getLogger("bot.app")

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def reload(conversation: Conversation, responses: Path | None) -> bool:
    """Swap in the content as it is now, whole; on any fault keep what there was."""
    try:
        conversation.coach = await asyncio.to_thread(build_coach, responses)
    except ContentError as error:
        for fault in error.faults:
            log.error("%s", fault)  # noqa: TRY400  faults are no surprise
        log.error("the content stays as it was: %d faults", len(error.faults))  # noqa: TRY400  likewise
        return False
    except Exception as error:  # noqa: BLE001  whatever it was, the old content goes on serving
        incidents.report(error, "reloading the content")
        return False
    log.info("new content %s", conversation.coach.handbook.digest)
    return True


def set_aside() -> None:
    """Let Python's collector pass over what is there now, as it is there to stay.

    Going through it holds everything up for 60 ms, again and again, and finds nothing.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


async def until_stopped(conversation: Conversation, responses: Path | None) -> None:
    """Wait for SIGTERM or SIGINT, reloading on each SIGHUP before it."""
    await listen_to_signals(conversation, responses).wait()


def listen_to_signals(conversation: Conversation, responses: Path | None) -> asyncio.Event:
    """Reload on each SIGHUP from now on, one after the other; the event is set by SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    turn = asyncio.Lock()
    reloads: set[asyncio.Task[None]] = set()

    async def reload_in_turn() -> None:
        async with turn:
            await reload(conversation, responses)
            set_aside()

    def start_reload() -> None:
        task = asyncio.create_task(reload_in_turn())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    loop.add_signal_handler(signal.SIGHUP, start_reload)
    return stop
