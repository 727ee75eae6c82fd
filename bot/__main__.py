"""The ways in: `lvm serve`, `try`, `chat`, `ask`, `check`, `preview`, `doctor`, `migrate`, `tips`, `teams`.

Each imports only what it needs: `lvm ask` answers without ever loading a server.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import TextIO

from bot.coach.answer import Answer
from bot.coach.question import Question, Role
from bot.config import read_platforms, read_server, read_teams
from bot.errors import CoachError, ConfigError
from bot.terminal.options import build_parser

Run = Callable[[argparse.Namespace], int]

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all went well, 1 for an error with a sentence on standard error."""
    options = build_parser().parse_args(arguments)
    try:
        return _RUNS[options.command](options)
    except CoachError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, BrokenPipeError):
        return FAILED
    except OSError as error:
        print(f"lvm: {error.strerror or error}", file=sys.stderr)
        return FAILED


def _serve(_: argparse.Namespace) -> int:
    import asyncio

    from bot.app import serve
    from bot.logs import set_up

    server = read_server()
    slack, teams = read_platforms()
    set_up(server.log_level)
    asyncio.run(serve(server, slack, teams))
    return 0


def _try(options: argparse.Namespace) -> int:
    import asyncio

    from bot.logs import set_up
    from bot.trying import try_locally

    server = read_server()
    set_up("warning")
    asyncio.run(try_locally(server.responses, server.cache, options.port))
    return 0


def _chat(_: argparse.Namespace) -> int:
    from rich.console import Console

    from bot.conversation import build_conversation
    from bot.terminal.chat import chat

    server = read_server()
    chat(build_conversation(server.responses, server.cache), _typed(), Console(highlight=False))
    return 0


def _ask(options: argparse.Namespace) -> int:
    from bot.conversation import build_coach
    from bot.terminal.ask import answer_lines, read_questions

    if options.text and options.source:
        raise CoachError("Give a question or a file of questions, not both.")
    if options.why and (options.json or options.source):
        raise CoachError("--why explains one question in words: leave --json and --from out.")
    gc.disable()  # building leaves no garbage, and looking for some takes a tenth of the start
    with _open(options.source) if options.source else nullcontext() as lines:
        server = read_server()
        coach = build_coach(server.responses, server.cache)
        if options.topic is not None and options.topic not in coach.handbook.topics:
            raise CoachError(f"No topic is called {options.topic!r}; topics are named like their files.")
        role = Role(options.role) if options.role else None
        asked = Question(" ".join(options.text), role, options.topic)
        if options.json or lines is not None:
            questions = [asked] if lines is None else read_questions(lines, asked)
            for line in answer_lines(coach, questions):
                print(line)
        elif options.why:
            from rich.console import Console

            from bot.coach.why import explain
            from bot.terminal.why import print_reasons

            print_reasons(Console(highlight=False), explain(coach, asked))
        else:
            _show(coach.answer(coach.match(asked)))
    return 0


def _show(answer: Answer) -> None:
    from rich.console import Console

    from bot.terminal.rendering import print_answer

    print_answer(Console(highlight=False), answer)


def _check(options: argparse.Namespace) -> int:
    from bot.conversation import read_handbook
    from bot.terminal import checking

    handbook = read_handbook(options.folder or read_server().responses)
    lines = chain(
        checking.coverage(handbook) if options.coverage else (),
        checking.confusion_lines(handbook) if options.confusions else (),
        checking.summary(handbook),
    )
    _print(lines)
    faults = checking.find_faults(handbook)
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAILED if faults else 0


def _preview(options: argparse.Namespace) -> int:
    from rich.console import Console

    from bot.conversation import build_coach
    from bot.terminal.rendering import print_topic

    server = read_server()
    coach = build_coach(server.responses, server.cache)
    if options.topic not in coach.handbook.topics:
        raise CoachError(f"No topic is called {options.topic!r}; topics are named like their files.")
    print_topic(Console(highlight=False), coach, options.topic)
    return 0


def _migrate(_: argparse.Namespace) -> int:
    import asyncio

    from bot.store.migrate import migrate

    done = asyncio.run(migrate(_database()))
    steps = f"came from {done.before or 'nothing'} to {done.after}" if done.changed else "is up to date"
    print(f"The database {steps}.")
    return 0


def _tips_status(options: argparse.Namespace) -> int:
    from bot.terminal.tips import status

    return _print(status(_database(), options.days))


def _tips_preview(options: argparse.Namespace) -> int:
    from bot.conversation import read_handbook
    from bot.terminal.tips import preview

    handbook = read_handbook(read_server().responses)
    return _print(preview(_database(), handbook, options.target, options.days))


def _doctor(options: argparse.Namespace) -> int:
    import asyncio

    from bot.doctor import examine, write
    from bot.logs import set_up

    set_up("error")
    findings = asyncio.run(examine())
    _print(write(finding, as_json=options.json) for finding in findings)
    return FAILED if any(finding.fault for finding in findings) else 0


def _teams_package(options: argparse.Namespace) -> int:
    from bot.teams.package import fill_manifest, pack

    teams = read_teams()
    if teams is None or teams.emulator:
        raise ConfigError("A package is made for a registration: set CLIENT_ID, CLIENT_SECRET and TENANT_ID.")
    packed = pack(fill_manifest(teams.client_id, teams.pages, options.app_version))
    try:
        options.out.write_bytes(packed)
    except OSError as error:
        raise CoachError(f"{options.out} cannot be written: {error.strerror}.") from error
    print(f"{options.out} is written: upload it in Teams, under Apps → Manage your apps.")
    for name in teams.pages.examples():
        print(f"{name} is not set, so the package names a page of nobody's.", file=sys.stderr)
    return 0


def _database() -> str:
    """Where the database is."""
    address = read_server().database
    if address is None:
        raise CoachError("DATABASE_URL is -, so nothing is kept, and there is nothing to see to.")
    return address.reveal()


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    return 0


def _open(source: str) -> AbstractContextManager[TextIO]:
    """A file of questions, whatever bytes it holds."""
    try:
        file = open(0 if source == "-" else source, encoding="utf-8", errors="replace", closefd=source != "-")  # noqa: SIM115  the caller closes it
    except OSError as error:
        raise CoachError(f"{source} cannot be read: {error.strerror}.") from error
    return file


def _typed() -> Iterator[str]:
    """What is typed, line by line, until the end of input."""
    while True:
        try:
            yield input("you> ")
        except EOFError:
            return


_RUNS: Mapping[str, Run] = {
    "serve": _serve,
    "try": _try,
    "chat": _chat,
    "ask": _ask,
    "check": _check,
    "doctor": _doctor,
    "migrate": _migrate,
    "preview": _preview,
    "tips status": _tips_status,
    "tips preview": _tips_preview,
    "teams package": _teams_package,
}
"""By what is written behind `lvm`."""


if __name__ == "__main__":
    sys.exit(main())
