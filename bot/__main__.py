"""The ways in: `lvm serve`, `try`, `chat`, `ask`, `check`, `preview`, `migrate`, `tips`.

Each imports only what it needs: `lvm ask` answers without ever loading a server.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import TextIO

from bot.coach.answer import Answer
from bot.coach.question import Question, Role
from bot.config import read_server, read_slack
from bot.errors import CoachError

Run = Callable[[argparse.Namespace], int]

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all went well, 1 for an error with a sentence on standard error."""
    options = _parser().parse_args(arguments)
    run: Run = options.run
    try:
        return run(options)
    except CoachError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (KeyboardInterrupt, BrokenPipeError):
        return FAILED
    except OSError as error:
        print(f"lvm: {error.strerror or error}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lvm", description="A coach on leading and managing.")
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser
    _command(add, "serve", _serve, "work in the Slack workspace that the settings name")
    local = _command(add, "try", _try, "open a Slack workspace on this machine, with no account")
    local.add_argument("--port", type=int, default=3100, help="where the page is (default: 3100; 0: any)")
    _command(add, "chat", _chat, "talk in this terminal")
    ask = _command(add, "ask", _ask, "answer one question, or many")
    ask.add_argument("text", nargs="*", help="the question")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.add_argument("--from", dest="source", metavar="FILE", help="one question a line; - is standard input")
    ask.add_argument("--role", choices=[role.value for role in Role], metavar="ROLE", help=", ".join(Role))
    ask.add_argument("--topic", help="the thread's topic so far, by its id")
    ask.add_argument("--why", action="store_true", help="show what decided, and how to mend the content")
    check = _command(add, "check", _check, "report every fault of the content")
    check.add_argument("folder", nargs="?", type=Path, help="a folder of your own (default: LVM_RESPONSES)")
    check.add_argument("--coverage", action="store_true", help="list every topic, written or missing")
    check.add_argument(
        "--confusions", action="store_true", help="show which topics fight over a question (takes a minute)"
    )
    _command(add, "migrate", _migrate, "bring the database to this version's tables")
    _add_tips(add("tips", help="watch over the daily tips", description="Watch over the daily tips."))
    preview = _command(add, "preview", _preview, "read a topic from all its sides")
    preview.add_argument("topic", help="its id")
    return parser


def _add_tips(parser: argparse.ArgumentParser) -> None:
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser
    status = _command(add, "status", _tips_status, "show what is due, sent, late and failed, by workspace")
    status.add_argument("--days", type=int, default=7, help="how many of the last days count (default: 7)")
    preview = _command(add, "preview", _tips_preview, "show what would be sent to somebody, and when")
    preview.add_argument("--for", dest="target", required=True, metavar="ID", help="a person or a channel")
    preview.add_argument("--days", type=int, default=14, help="how far to look (default: 14)")


def _command(
    add: Callable[..., argparse.ArgumentParser], name: str, run: Run, does: str
) -> argparse.ArgumentParser:
    parser = add(name, help=does, description=does)
    parser.set_defaults(run=run)
    return parser


def _serve(_: argparse.Namespace) -> int:
    import asyncio

    from bot.app import serve
    from bot.logs import set_up

    server, slack = read_server(), read_slack()
    set_up(server.log_level)
    asyncio.run(serve(server, slack))
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
    from bot.content.readability import AVERAGE_LEAST
    from bot.conversation import read_handbook
    from bot.terminal import checking

    handbook = read_handbook(options.folder or read_server().responses)
    lines = chain(
        checking.coverage(handbook) if options.coverage else (),
        checking.confusion_lines(handbook) if options.confusions else (),
        checking.summary(handbook),
    )
    _print(lines)
    lost = list(checking.swallowed(handbook))
    for line in lost:
        print(line, file=sys.stderr)
    return FAILED if lost or checking.average_ease(handbook) < AVERAGE_LEAST else 0


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


if __name__ == "__main__":
    sys.exit(main())
