"""Every test speaks English unless it says otherwise: sentences are compared by their msgids.

Laws are held by what they find, not by the clock: a deadline would fail on a busy machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from daihoi.words.language import speak

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")

BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"


def keep_bytecode() -> None:
    """Let this process and all that it starts keep what they compile, also where Python is told to write none."""
    # A house that is served is five processes, and compiling Django and the house takes each four seconds of its six.
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(BYTECODE)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)


keep_bytecode()


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DAIHOI_LANG", "en")
    speak("en")
    yield
    speak("en")
