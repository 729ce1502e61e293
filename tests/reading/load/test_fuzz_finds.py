"""What the fuzzer found once is answered within bounds for ever after; `bench/fuzz.py` keeps its finds there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from daihoi.reading.load import load_page
from daihoi.reading.terms import Refusal
from daihoi.sheet import identity

KEPT = Path(__file__).resolve().parents[2] / "data" / "fuzz"
FINDS = sorted(KEPT.glob("*.bin"))

FEED = """
import sys, time
from pathlib import Path
from daihoi.reading.load import load_page, pages_in
for name in sys.argv[1:]:
    began, data = time.process_time(), Path(name).read_bytes()
    for index in (0, 1, 5):
        pages_in(data, "scan.jpg"), load_page(data, "scan.jpg", index)
    assert time.process_time() - began < 5, name
from tests.reading.load.hostile import peak_megabytes
peak = peak_megabytes()
assert peak < 400, peak
"""


def test_there_are_finds() -> None:
    assert FINDS


def test_every_find_of_a_file_costs_little_and_makes_no_noise() -> None:
    names = [str(path) for path in FINDS if not path.name.startswith(("code-", "qr-"))]
    done = subprocess.run(
        [sys.executable, "-c", FEED, *names], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_every_find_of_a_code_is_no_identity_or_one_that_can_be_written() -> None:
    for path in FINDS:
        text = path.read_bytes().decode("utf-8", "replace")
        found = identity.decode(text)
        assert found is None or identity.encode(found) == text


def test_second_header_of_a_png_is_refused() -> None:
    answer = load_page((KEPT / "png-687d60c89d4b.bin").read_bytes(), "a.png", 0)
    assert isinstance(answer, Refusal)
