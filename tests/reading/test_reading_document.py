"""docs/dev/reading.md says what the reader does: every reason, every threshold, every drawing."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from daihoi.reading.terms import DoubtReason, RefusalReason
from daihoi.reading.thresholds import DEFAULT

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "dev" / "reading.md"
TEXT = DOC.read_text(encoding="utf-8")


def drawer() -> ModuleType:
    """tools/draw_reading.py, which is no package."""
    spec = importlib.util.spec_from_file_location("draw_reading", ROOT / "tools" / "draw_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_table_of_thresholds_is_fresh() -> None:
    draw = drawer()
    table = draw.threshold_table((ROOT / "src/daihoi/reading/thresholds.py").read_text(encoding="utf-8"))
    assert draw.with_table(TEXT, table) == TEXT, "run tools/draw_reading.py"


def test_every_threshold_stands_in_the_table_with_its_value_and_reason() -> None:
    rows = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| ([\d.]+) \| (.+) \|$", TEXT, re.MULTILINE)}
    for field in fields(DEFAULT):
        value, why = rows[field.name]
        assert float(value) == getattr(DEFAULT, field.name)
        assert len(why) > 20


@pytest.mark.parametrize("reason", [*RefusalReason, *DoubtReason])
def test_every_reason_is_explained(reason: RefusalReason | DoubtReason) -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| `") and f"`{reason.value}`" in line]
    assert len(rows) >= 1


def test_every_drawing_is_there_small_and_shown() -> None:
    shown = set(re.findall(r"\]\((reading/[\w-]+\.png)\)", TEXT))
    kept = {path.relative_to(DOC.parent).as_posix() for path in (DOC.parent / "reading").glob("*.png")}
    assert shown == kept
    assert len(shown) >= 8
    assert all((DOC.parent / name).stat().st_size < 150_000 for name in kept)


def test_every_step_has_its_file() -> None:
    for name in set(re.findall(r"`(\w+\.py)`", TEXT)) - {"hand.py"}:
        assert (ROOT / "src" / "daihoi" / "reading" / name).exists(), name
