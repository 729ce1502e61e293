"""What `bench/peers.py` has its programs read: people, a pile with its truth, what came of it, and CPU time."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daihoi.rules.terms import Mark

ENGLISH = os.environ | {"DAIHOI_LANG": "en"}
PEOPLE = 26
"""As many as one page of AMC's holds at this height of a row."""
FAMILY = ("Nguyen", "Tran", "Le", "Pham", "Hoang", "Vu", "Dang", "Bui", "Do", "Ho", "Ngo", "Duong", "Ly")
GIVEN = ("Van An", "Thi Binh")


def people() -> tuple[tuple[str, str], ...]:
    """Ids and names; no accents, because LaTeX's own fonts are to do."""
    names = [f"{family} {given}" for given in GIVEN for family in FAMILY]
    return tuple((f"c{place:03d}", name) for place, name in enumerate(names[:PEOPLE], 1))


@dataclass(frozen=True)
class Reading:
    """What one program made of one pile: marks by file and candidate (None: not sure).

    Seconds of CPU for `pages` pages, and for a pile of one.
    """

    name: str
    marks: Mapping[str, Mapping[str, Mark | None]]
    seconds: float
    start: float
    pages: int

    @property
    def page_seconds(self) -> float:
        """CPU seconds that one more page takes."""
        return (self.seconds - self.start) / (self.pages - 1)


@dataclass(frozen=True)
class Truth:
    """What was drawn: marks, kinds, and candidates of whom two people could differ, by file."""

    marks: Mapping[str, Mapping[str, Mark]]
    kinds: Mapping[str, Mapping[str, str]]
    doubt: Mapping[str, frozenset[str]]


def truth_of(scans: Path) -> Truth:
    """The truth.json of a pile."""
    ballots = json.loads((scans / "truth.json").read_text(encoding="utf-8"))["ballots"]
    by_file = {ballot["files"][0]: ballot for ballot in ballots}
    return Truth(
        {file: {one: Mark(mark) for one, mark in ballot["marks"].items()} for file, ballot in by_file.items()},
        {file: ballot["kinds"] for file, ballot in by_file.items()},
        {file: frozenset(ballot["doubt"]) for file, ballot in by_file.items()},
    )


def verdict_on(reading: Reading, file: str, candidate: str, drawn: Mark) -> str:
    """Right, wrong, doubtful (a person decides) or not read (the page was refused)."""
    if file not in reading.marks:
        return "not read"
    read = reading.marks[file].get(candidate)
    if read is None:
        return "doubtful"
    return "right" if read is drawn else "wrong"


def run(*words: str | Path, folder: Path) -> float:
    """Run a program to its end and answer with the seconds of CPU that it and its children took."""
    # Windows has no such module, and no Auto Multiple Choice either: there the bench ends before it comes here.
    import resource  # noqa: PLC0415

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, env=ENGLISH, check=False)
    # 3: the counting board must decide; 1 with a digest: a result that is stopped, since the figures do not agree.
    if done.returncode not in {0, 3} and b"Digest of the count" not in done.stdout:
        raise SystemExit(f"{words[0]} failed: {(done.stderr or done.stdout).decode(errors='replace')[-800:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
