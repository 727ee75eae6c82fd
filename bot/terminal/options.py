"""What can be written behind `lvm`: every command with its options."""

import argparse
from collections.abc import Callable
from pathlib import Path

from bot.coach.question import Role

Add = Callable[..., argparse.ArgumentParser]

DEFAULT_PACKAGE = Path("coach-teams.zip")


def build_parser() -> argparse.ArgumentParser:
    """Reads a command into options; `command` is its name, with a space where it has two words."""
    parser = argparse.ArgumentParser(prog="lvm", description="A coach on leading and managing.")
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser
    _command(add, "serve", "work on the platforms that the settings name: Slack, Microsoft Teams or both")
    local = _command(add, "try", "open Slack and Teams on this machine, with no account")
    local.add_argument("--port", type=int, default=3100, help="where the page is (default: 3100; 0: any)")
    _command(add, "chat", "talk in this terminal")
    _add_ask(_command(add, "ask", "answer one question, or many"))
    check = _command(add, "check", "report every fault of the content")
    check.add_argument("folder", nargs="?", type=Path, help="a folder of your own (default: LVM_RESPONSES)")
    check.add_argument("--coverage", action="store_true", help="list every topic, written or missing")
    check.add_argument(
        "--confusions", action="store_true", help="show which topics fight over a question (takes a minute)"
    )
    doctor = _command(
        add, "doctor", "look at settings, content, database and platforms, and say what to mend"
    )
    doctor.add_argument("--json", action="store_true", help="one JSON object a line")
    _command(add, "migrate", "bring the database to this version's tables")
    _add_tips(_several(add, "tips", "watch over the daily tips"))
    _add_teams(_several(add, "teams", "make what Microsoft Teams needs"))
    preview = _command(add, "preview", "read a topic from all its sides")
    preview.add_argument("topic", help="its id")
    return parser


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("text", nargs="*", help="the question")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.add_argument("--from", dest="source", metavar="FILE", help="one question a line; - is standard input")
    ask.add_argument("--role", choices=[role.value for role in Role], metavar="ROLE", help=", ".join(Role))
    ask.add_argument("--topic", help="the thread's topic so far, by its id")
    ask.add_argument("--why", action="store_true", help="show what decided, and how to mend the content")


def _add_tips(add: Add) -> None:
    status = _command(add, "tips status", "show what is due, sent, late and failed, by workspace")
    status.add_argument("--days", type=int, default=7, help="how many of the last days count (default: 7)")
    preview = _command(add, "tips preview", "show what would be sent to somebody, and when")
    preview.add_argument("--for", dest="target", required=True, metavar="ID", help="a person or a channel")
    preview.add_argument("--days", type=int, default=14, help="how far to look (default: 14)")


def _add_teams(add: Add) -> None:
    package = _command(add, "teams package", "write the app package that an administrator uploads")
    package.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_PACKAGE,
        metavar="FILE",
        help=f"where to (default: {DEFAULT_PACKAGE})",
    )
    package.add_argument(
        "--app-version", metavar="X.Y.Z", help="higher than that of the package which was uploaded before"
    )


def _several(add: Add, name: str, does: str) -> Add:
    """A command whose second word says what to do."""
    parser = add(name, help=does, description=does)
    return parser.add_subparsers(required=True, metavar="COMMAND").add_parser


def _command(add: Add, name: str, does: str) -> argparse.ArgumentParser:
    parser = add(name.rsplit(maxsplit=1)[-1], help=does, description=does)
    parser.set_defaults(command=name)
    return parser
