from pathlib import Path

import pytest
import yaml

from bot import content
from bot.coach.coach import Coach

PHRASINGS = Path(__file__).parent / "phrasings"


def pytest_addoption(parser):
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files and the README's picture anew",
    )


@pytest.fixture(scope="session")
def handbook():
    """The shipped content."""
    return content.load([content.shipped_folder()])


@pytest.fixture(scope="session")
def coach(handbook):
    return Coach(handbook)


@pytest.fixture(scope="session")
def held_out():
    """The questions that stand nowhere in the content, by the name of their file."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in PHRASINGS.glob("*.yaml")}
