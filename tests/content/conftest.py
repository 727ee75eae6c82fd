import shutil
from pathlib import Path

import pytest

SOUND = Path(__file__).parent / "sound"


@pytest.fixture
def folder(tmp_path):
    """A small content without a fault, free to be changed."""
    return shutil.copytree(SOUND, tmp_path / "content")


@pytest.fixture
def overlay(tmp_path):
    """An owner's folder, still empty."""
    path = tmp_path / "ours"
    path.mkdir()
    return path
