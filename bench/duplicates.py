#!/usr/bin/env python3
"""Is an honest ballot ever taken for a second scan of another? And how many second scans are noticed?

    python bench/duplicates.py --kind agree --ballots 5000 --again 300
    python bench/duplicates.py --kind strike|blank|single ...

All ballots of a run agree: all agree with every name, all strike the same names, or all are blank. Each is stamped by
hand. `--again` sheets of them are scanned once more: other skew, light and noise, every third on a worn scanner, every
third at 300 dpi, one in five upside down. Figures hold for the simulator's hands and stamps and for nothing else.

With `--traces FILE` what a page left is kept there: a run that was stopped goes on, and the comparison alone can be
measured again. The time of the comparison is set beside one product of all stamps with all others, the least that any
comparison of all pairs of pages would cost on this core.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np

from daihoi import __version__
from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import prepare
from daihoi.papers.render import rasters
from daihoi.reading.pile import Pile
from daihoi.reading.read import Reader
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage
from daihoi.reading.trace import CELLS
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Mark, Office
from daihoi.simulation import scanners, stamp
from daihoi.simulation.marking import mark_page
from daihoi.simulation.pens import pick_pen
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import Job, scan_page
from daihoi.simulation.terms import Condition, Kind, Vote
from daihoi.simulation.voters import CROSSES, STRIKES

DPI = 200
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Lò", "Giàng", "Quàng", "Hà")
GIVEN = ("An", "Bình", "Dũng", "Hạnh", "Khánh", "Lan", "Mạnh", "Ngọc", "Phượng", "Quỳnh", "Yến")
KINDS = {"agree": (8, 8), "single": (1, 1), "strike": (20, 17), "blank": (20, 17)}
"""Names and seats of each kind of pile."""
AGAIN = (("office", 200.0), ("worn", 200.0), ("office", 300.0))


@dataclass(frozen=True)
class Piles:
    """What all ballots of a run share."""

    job: Job
    reader: Reader
    names: tuple[str, ...]
    struck: int
    blank: bool


def piles(kind: str, seed: int) -> Piles:
    """The form, its reader and what everybody votes."""
    names, seats = KINDS[kind]
    people = tuple(
        Candidate(CandidateId(f"c{k + 1:02d}"), f"{FAMILY[k % 10]} Văn {GIVEN[k % 11]}") for k in range(names)
    )
    contest = Contest(ContestId("bch"), Office.COMMITTEE, "Ban Chấp hành", seats, people)
    congress = Congress(
        *("Đại hội đại biểu lần thứ XXIII", "Đảng bộ huyện Nà Lương", "Đảng bộ tỉnh Thanh Giang", "Nà Lương"),
        *(date(2025, 7, 1), date(2025, 7, 2), CongressForm.DELEGATES),
    )
    prepared = prepare(Election(congress, None, (contest,)), contest, secret=b"\x07" * 32, rehearsal=False)
    drawn = rasters(prepared.pdf, DPI)
    job = job_of(prepared.plan, drawn, DPI, Order(seats, 1, seed))
    reader = Reader(PrintedForm(prepared.plan, drawn, DPI), prepared.identities)
    return Piles(job, reader, tuple(str(one.id) for one in people), names - seats, kind == "blank")


def sheet(pile: Piles, number: int) -> GrayImage:
    """Ballot `number`: printed, stamped and marked like every other, by a hand of its own."""
    rng = np.random.default_rng([pile.job.seed, number, 1])
    canvas = pile.job.rasters[0].copy()
    stamp.press(canvas, DPI, pile.job.plan.stamp, rng, spread=pile.job.scanner.stamp)
    habits = STRIKES if pile.struck else CROSSES
    kinds, shares = list(habits), np.array(list(habits.values()), float)
    own = kinds[int(rng.choice(len(kinds), p=shares / shares.sum()))]
    chosen = (
        pile.names[1 :: max(1, len(pile.names) // max(1, pile.struck))][: pile.struck] if pile.struck else pile.names
    )
    marked = () if pile.blank else chosen
    rest = Mark.KEPT if pile.struck else Mark.NONE
    marks = {name: (Mark.STRUCK if pile.struck else Mark.AGREE) if name in marked else rest for name in pile.names}
    drawn = {name: own if name in marked else Kind.UNTOUCHED for name in pile.names}
    one = Vote(marks, drawn, frozenset(), None, True)
    mark_page(canvas, DPI, pile.job.plan.pages[0], pile.job.plan.form, one, pick_pen(rng), rng)
    return np.asarray(canvas, np.uint8)


def scanned(pile: Piles, canvas: GrayImage, seed: int, scanner: str = "office", dpi: float = 200.0) -> GrayImage:
    """The sheet as a scanner writes it."""
    job = replace(pile.job, scanner=scanners.scanner_named(scanner), dpi=dpi)
    rng = np.random.default_rng([pile.job.seed, seed, 2])
    found = set(scanners.conditions(job.scanner, rng)) - {Condition.COLOUR}
    page, _ = scan_page(job, job.plan.pages[0], canvas.copy(), found, rng)
    _done, data = cv2.imencode(".jpg", page.image, [cv2.IMWRITE_JPEG_QUALITY, page.quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


class Kept:
    """Traces by the number of their page, in a file where one was named; pages that were refused are None."""

    def __init__(self, pile: Piles, kind: str, path: Path | None) -> None:
        self._pile, self._kind, self._path = pile, kind, path
        self._known: dict[tuple[int, bool], bytes | None] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path and path.is_file() else ():
            held = json.loads(line)
            if (held["kind"], held["seed"], held["version"]) == (kind, pile.job.seed, __version__):
                trace = None if held["trace"] is None else base64.b64decode(held["trace"])
                self._known[held["number"], held["again"]] = trace

    def page(self, number: int, seed: int, *, again: bool) -> bytes | None:
        """The trace of ballot `number`; `seed` of its scan."""
        if (number, again) not in self._known:
            scanner, dpi = AGAIN[number % len(AGAIN)] if again else AGAIN[0]
            read = self._pile.reader.read(scanned(self._pile, sheet(self._pile, number), seed, scanner, dpi))
            trace = read.trace if isinstance(read, ReadPage) else None
            self._known[number, again] = trace
            self._write(number, again, trace)
        return self._known[number, again]

    def _write(self, number: int, again: bool, trace: bytes | None) -> None:
        if self._path is not None:
            held = {"kind": self._kind, "seed": self._pile.job.seed, "version": __version__, "number": number}
            shown = None if trace is None else base64.b64encode(trace).decode("ascii")
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(held | {"again": again, "trace": shown}) + "\n")


def least_seconds(pages: int) -> float:
    """CPU seconds for the product of so many stamps with each other, half of it: each pair once."""
    stamps = np.random.default_rng(1).normal(size=(pages, CELLS * CELLS)).astype(np.float32)
    began = time.process_time()
    for start in range(0, pages, 500):
        stamps[start : start + 500] @ stamps[: start + 500].T
    return time.process_time() - began


def main() -> int:
    """Draw, read, compare, tell; 1 when an honest ballot was taken for another."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kind", choices=sorted(KINDS), default="agree")
    asked.add_argument("--ballots", type=int, default=5000)
    asked.add_argument("--again", type=int, default=300)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--traces", type=Path, metavar="FILE")
    given = asked.parse_args()
    kept = Kept(piles(given.kind, given.seed), given.kind, given.traces)
    first = [kept.page(number, number, again=False) for number in range(given.ballots)]
    second = [kept.page(number, given.ballots + number, again=True) for number in range(given.again)]
    honest = [trace for trace in first if trace is not None]
    refused, read, largest = len(first) - len(honest), len(honest), max(map(len, honest))
    known, accused = Pile(), 0
    began = time.process_time()
    for number, trace in enumerate(first):
        if trace is not None:
            accused += known.alike(trace) is not None
            known.add(str(number), trace)
    compared = time.process_time() - began
    noticed, other, again = 0, 0, 0
    for number, trace in enumerate(second):
        if trace is not None:
            found = known.alike(trace)
            again += 1
            noticed += found == str(number)
            other += found not in (None, str(number))
    least = least_seconds(read)
    print(f"daihoi {__version__}, numpy {np.__version__}, OpenCV {cv2.__version__}, seed {given.seed}")
    print(f"{given.kind}: {read} honest ballots that agree ({refused} refused): {accused} taken for another")
    print(f"traces of at most {largest} bytes, all compared with all before them in {compared:.2f} s of CPU time")
    ratio = compared / max(least, 1e-9)
    print(f"one product of all their stamps: {least:.2f} s; the comparison took {ratio:.1f} times that")
    missed = again - noticed - other
    print(f"scanned again {again}: noticed {noticed}, taken for another sheet {other}, not noticed {missed}")
    return 1 if accused or other else 0


if __name__ == "__main__":
    sys.exit(main())
