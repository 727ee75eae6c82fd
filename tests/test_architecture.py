import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_imports_go_one_way():
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_asking_in_the_terminal_loads_no_server():
    program = "import sys, bot.__main__, bot.terminal.ask, bot.conversation; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    heavy = {"aiohttp", "alembic", "rich", "slack_bolt", "slack_sdk", "sqlalchemy", "sqlite3"}
    assert not (heavy | {"bot.teams", "cryptography", "jsonschema", "jwt"}) & loaded
