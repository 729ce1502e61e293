"""One small election, counted once for all tests that only look at what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.elections import write
from tests.cli.hall import Hall, hold_election


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Ballots printed, six of them marked without any mistake and scanned, counted, minuted, sealed."""
    return hold_election(tmp_path_factory.mktemp("hall"))


@pytest.fixture
def hall(held: Hall, tmp_path: Path) -> Hall:
    """A copy of it that a test may spoil."""
    shutil.copytree(held.folder, tmp_path / "hall")
    return Hall(tmp_path / "hall")


@pytest.fixture
def election(tmp_path: Path) -> Callable[..., Path]:
    """The tiny election as a file, with texts exchanged."""
    return lambda *changes: write(tmp_path, *changes)
