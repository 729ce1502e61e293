"""Who stands on the kept ballots, by the script that made them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "tools" / "word_ballots.py"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("word_ballots", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_names = _script().names
NAMES: dict[str, list[str]] = {
    "strike": _names(9),
    "lines": _names(12, 20),
    "agree": _names(6, 40),
    "cells": _names(10, 60),
    "ovals": _names(12, 80),
    "two-sides": _names(41, 100),
}
