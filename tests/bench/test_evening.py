"""The plan for the worst evening follows from its assumptions, and the page shows what the script says."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def evening() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_evening", ROOT / "bench" / "evening.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _figure(rows: list[tuple[str, str]], words: str) -> float:
    (found,) = [figure for name, figure in rows if name.startswith(words)]
    return float(found.split()[0].replace(",", ""))


def test_plan_multiplies_its_assumptions(evening: ModuleType) -> None:
    e = evening.Evening(
        congresses=1000, members=100_000, peak_share=0.1, present=1.0, contests=2.0, again=0.0, pages=1.0
    )
    rows = evening.rows(10.0, e)

    # 100 congresses of 100 voters with 2 ballots: 20,000 pages, half of them in 3,600 s, by cores at 7 pages a second.
    assert _figure(rows, "pages that day") == 20_000
    assert _figure(rows, "pages a second in") == 3
    assert _figure(rows, "cores at") == 1
    assert _figure(rows, "one congress") == 20


@pytest.mark.parametrize("speed", [5.0, 10.0, 40.0])
def test_twice_the_speed_needs_half_the_cores(evening: ModuleType, speed: float) -> None:
    slow, fast = (_figure(evening.rows(one), "cores with") for one in (speed, 2 * speed))

    assert abs(slow - 2 * fast) <= 2


def test_page_shows_the_plan_for_the_speed_that_it_names(evening: ModuleType) -> None:
    page = evening.PAGE.read_text(encoding="utf-8")
    named = re.search(r"\| pages a second and core \(measured\) \| ([\d.]+) \|", page)

    assert named is not None
    assert evening.put(page, float(named.group(1))) == page
