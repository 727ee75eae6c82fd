"""A witness in the database: notes when a workspace changed its status, and when each send was begun."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import text

from bot.store.database import Database
from bot.store.records import State, WorkspaceStatus

COMMIT_MS = 250
"""How long a change may take from when it is made until it counts for others."""
_TABLES = (
    "CREATE TABLE seen_change (workspace_id BIGINT, status TEXT, at BIGINT)",
    "CREATE TABLE seen_begun (subscription_id BIGINT, due_on TEXT, at BIGINT)",
)
_CHANGED = "INSERT INTO seen_change VALUES (NEW.id, NEW.status, {now});"
_BEGUN = "INSERT INTO seen_begun VALUES (NEW.subscription_id, NEW.due_on, {begun});"
_IS_BEGUN = "(NEW.state = {sending} AND OLD.state <> {sending})"
_SQLITE = (
    f"CREATE TRIGGER see_change AFTER UPDATE OF status ON workspace BEGIN {_CHANGED} END",
    f"CREATE TRIGGER see_begun AFTER UPDATE OF state ON delivery WHEN {_IS_BEGUN} BEGIN {_BEGUN} END",
)
_FUNCTION = "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does} RETURN NULL; END $$"
_POSTGRES = (
    _FUNCTION.format(name="see_change", does=_CHANGED),
    _FUNCTION.format(name="see_begun", does=_BEGUN),
    """
    CREATE TRIGGER see_change AFTER UPDATE OF status ON workspace
    FOR EACH ROW EXECUTE FUNCTION see_change()
    """,
    f"""
    CREATE TRIGGER see_begun AFTER UPDATE OF state ON delivery
    FOR EACH ROW WHEN {_IS_BEGUN} EXECUTE FUNCTION see_begun()
    """,
)
_OF_FILE = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_OF_SERVER = "CAST(extract(epoch FROM {}) * 1000 AS bigint)"


@dataclass(frozen=True, slots=True)
class Testimony:
    """What it saw; all in UTC milliseconds."""

    quiet: dict[int, list[tuple[int, int | None]]]
    """By workspace, the times in which nothing was to be sent; the last may have no end."""
    begun: dict[str, list[int]]
    """By key, when each attempt was begun, rising."""

    def late(self, team: int, key: str, at: int) -> int | None:
        """How long after the stop a post was begun that arrived in the quiet; None for any other post."""
        for since, until in self.quiet.get(team, ()):
            if since < at and (until is None or at < until):
                attempts = self.begun[key]
                return attempts[bisect_right(attempts, at) - 1] - since
        return None


async def post(database: Database) -> None:
    """Let it look on from now on."""
    is_file = database.address.path is not None
    parts = {
        "now": _OF_FILE if is_file else _OF_SERVER.format("clock_timestamp()"),
        "begun": _OF_FILE if is_file else _OF_SERVER.format("transaction_timestamp()"),
        "sending": int(State.SENDING),
    }
    async with database.writing() as connection:
        for statement in (*_TABLES, *(_SQLITE if is_file else _POSTGRES)):
            await connection.exec_driver_sql(statement.format(**parts))


async def hear(database: Database) -> Testimony:
    """What it saw so far."""
    async with database.reading() as connection:
        changes = (await connection.execute(text("SELECT * FROM seen_change ORDER BY at"))).all()
        sends = (await connection.execute(text("SELECT * FROM seen_begun ORDER BY at"))).all()
    quiet: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for team, status, at in changes:
        spells, is_active = quiet[team], status == WorkspaceStatus.ACTIVE
        is_quiet = bool(spells) and spells[-1][1] is None
        if is_quiet and is_active:
            spells[-1] = (spells[-1][0], at)
        elif not is_quiet and not is_active:
            spells.append((at, None))
    begun: defaultdict[str, list[int]] = defaultdict(list)
    for of, on, at in sends:
        begun[f"{of}:{on}"].append(at)
    return Testimony(dict(quiet), dict(begun))
