"""What means harm is refused, and what it costs to find out stays within the stated bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

from daihoi.reading.load import bounds, load_page, pages_in
from daihoi.reading.load.bounds import MAX_FILE_BYTES, MAX_PIXELS, MAX_UNFOLDED, too_large, too_large_file
from daihoi.reading.terms import Refusal, RefusalReason
from tests.reading.load.hostile import HOSTILE, LARGEST

HOSTILE_SECONDS, HOSTILE_MEGABYTES = 2.0, 250
LARGEST_SECONDS, LARGEST_MEGABYTES = 10.0, 400

SAID = {
    "png with data beyond its picture": "truncated",
    "tiff of overlapping strips": "truncated",
    "tiff whose directories run in a circle": "truncated",
    "pdf with a picture bomb": "100x100",
    "pdf whose pages run in a circle": "truncated",
}
"""What is not refused as too large: PDFium unfolds no more of a picture than the picture has pixels."""


@cache
def costs(names: tuple[str, ...]) -> dict[str, dict[str, float | str]]:
    """What each file cost in a process of its own kind: processor seconds, and the peak of memory so far in MB."""
    command = [sys.executable, "-m", "tests.reading.load.hostile", *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "a decoder spoke on the screen"
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_file_is_refused_within_its_bounds(name: str) -> None:
    cost = costs(tuple(HOSTILE))[name]
    assert cost["said"] == SAID.get(name, "too_large")
    assert float(cost["seconds"]) < HOSTILE_SECONDS
    assert float(cost["megabytes"]) < HOSTILE_MEGABYTES


def test_largest_pictures_that_are_let_in_stay_within_their_bounds() -> None:
    for name, cost in costs(tuple(LARGEST)).items():
        assert "x" in str(cost["said"]), name
        assert float(cost["seconds"]) < LARGEST_SECONDS, name
        assert float(cost["megabytes"]) < LARGEST_MEGABYTES, name


def test_a_picture_at_the_bound_is_let_in_and_one_pixel_more_is_not() -> None:
    assert too_large(MAX_PIXELS, 1) is None
    refused = too_large(MAX_PIXELS + 1, 1)
    assert refused is not None
    assert (refused.reason, refused.expected) == (RefusalReason.TOO_LARGE, str(MAX_PIXELS))


def test_what_a_picture_unfolds_to_is_bounded_apart_from_its_pixels() -> None:
    assert too_large(MAX_UNFOLDED // 4, 1, 4) is None
    refused = too_large(MAX_UNFOLDED // 4 + 1, 1, 4)
    assert refused is not None
    assert refused.found == f"{MAX_UNFOLDED + 4} B"


def test_a4_at_600_dpi_in_colour_is_let_in() -> None:
    assert too_large(round(210 / 25.4 * 600), round(297 / 25.4 * 600), 3) is None


def test_a_file_larger_than_a_pile_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert too_large_file(MAX_FILE_BYTES) is None
    assert too_large_file(MAX_FILE_BYTES + 1) is not None
    monkeypatch.setattr(bounds, "MAX_FILE_BYTES", 10)
    data = b"\xff\xd8\xff" + bytes(20)
    for answer in (pages_in(data, "a.jpg"), load_page(data, "a.jpg", 0)):
        assert isinstance(answer, Refusal)
        assert (answer.reason, answer.found, answer.expected) == (RefusalReason.TOO_LARGE, "23 B", "10 B")
