#!/usr/bin/env python3
"""How fast are pages read? Reading beside decoding the same files only, turn by turn in one run, on one core.

    python bench/reading.py                   pages a second and core at 200 dpi, JPEG and G4, 44 and 70 names
    python bench/reading.py --profile         and the time of each step of reading
    python bench/reading.py --folder 500      a folder of ballots of 70 names to its result, on two workers

Ballots are drawn by `daihoi.simulation` as the office scanner gives them, encoded first, then held in memory: the
table knows no disk. Decoding and reading take turns file by file, so that a busy machine slows both alike; medians.
The first reader alone, then both: a count reads with both. Goals for JPEG: the first at most 2 times the decoding, both
at most 3; for G4 both at most 6. 500 ballots of 70 names in 15 s; 300 MB a process.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

import daihoi.reading.read as reading
from committee import DRAW_DPI, SCAN_DPI, election_of, mostly, names_of, write_folder
from daihoi import __version__
from daihoi.papers.ballots import prepare
from daihoi.papers.render import rasters
from daihoi.reading.both import BothReaders
from daihoi.reading.load import load_page
from daihoi.reading.read import Reader
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal
from daihoi.simulation.encode import files_of
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import draw_sheet
from daihoi.simulation.terms import Format

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

FORM_DPI = 200
GOAL_FIRST = {Format.JPEG: 2.0, Format.G4: 6.0}
GOAL_BOTH = {Format.JPEG: 3.0, Format.G4: 6.0}
"""Times the decoding of the same files."""
GOAL_SECONDS, GOAL_MB = 15.0, 300.0
STEPS = (
    *("find_frame", "identify", "scale_of", "FlatPage", "align"),
    *("added_ink", "score_page", "classify_page", "foreign_ink"),
)
"""The steps as `reading.read` calls them, in their order."""


@dataclass(frozen=True)
class Sheets:
    """Files of one kind of ballot, a page each, and the reader that knows them."""

    title: str
    reader: Reader
    both: BothReaders
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Times:
    """Medians of one kind of ballot, ms a page."""

    decode: float
    first: float
    both: float
    refused: int


def drawn(names: int, kind: Format, ballots: int) -> Sheets:
    """Ballots drawn, scanned and encoded."""
    election, contest = election_of(names_of(names), mostly(names))
    prepared = prepare(election, contest, secret=b"bench".ljust(32, b"."), rehearsal=False)
    form = PrintedForm(prepared.plan, rasters(prepared.pdf, FORM_DPI), FORM_DPI)
    order = Order(contest.seats, 1, 7, "office", SCAN_DPI)
    job = job_of(prepared.plan, rasters(prepared.pdf, DRAW_DPI), DRAW_DPI, order)
    files = [
        file
        for number in range(1, ballots + 1)
        for page in draw_sheet(job, number).pages
        for file in files_of([page], f"{number:04d}", kind)
    ]
    sides = len(prepared.plan.pages)
    title = f"{kind.value} {names} names, {sides} page{'s' * (sides > 1)}"
    both = BothReaders(form, prepared.identities)
    return Sheets(title, both.first, both, tuple(files))


def decoded(name: str, data: bytes) -> GrayImage:
    """A page that must load."""
    image = load_page(data, name, 0)
    if isinstance(image, Refusal):
        raise SystemExit(f"{name}: {image}")
    return image


def measure(sheets: Sheets, turns: int) -> Times:
    """Decode alone, then decode and read by the first reader, then by both, file by file."""
    alone: list[float] = []
    first: list[float] = []
    whole: list[float] = []
    refused = 0
    for turn in range(turns + 1):
        for name, data in sheets.files:
            start = time.perf_counter()
            decoded(name, data)
            middle = time.perf_counter()
            sheets.reader.read(decoded(name, data))
            then = time.perf_counter()
            answer = sheets.both.read(decoded(name, data))
            end = time.perf_counter()
            # The first turn warms caches and allocators.
            if turn:
                alone.append(middle - start)
                first.append(then - middle)
                whole.append(end - then)
                refused += not isinstance(answer, ReadPage)
    return Times(*(1000 * statistics.median(times) for times in (alone, first, whole)), refused=refused)


def peak_mb() -> float | None:
    """The most memory this process ever held, MB; None where the system cannot say."""
    if resource is None:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def shown_mb(mb: float | None) -> str:
    """Memory, or that it is not known."""
    return "not known here" if mb is None else f"{mb:.0f} MB (goal {GOAL_MB:.0f})"


@contextmanager
def timed_steps() -> Iterator[dict[str, list[float]]]:
    """Every step of `reading.read` wrapped by a clock."""
    times: dict[str, list[float]] = {step: [] for step in STEPS if hasattr(reading, step)}
    before: dict[str, Callable[..., object]] = {step: getattr(reading, step) for step in times}

    def clocked(step: str) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            start = time.perf_counter()
            try:
                return before[step](*given, **named)
            finally:
                times[step].append(time.perf_counter() - start)

        return call

    for step in times:
        setattr(reading, step, clocked(step))
    try:
        yield times
    finally:
        for step, own in before.items():
            setattr(reading, step, own)


def profile(sheets: Sheets, turns: int) -> None:
    """Print the time of every step, ms a page."""
    with timed_steps() as times:
        load: list[float] = []
        for _turn in range(turns):
            for name, data in sheets.files:
                start = time.perf_counter()
                image = decoded(name, data)
                load.append(time.perf_counter() - start)
                sheets.reader.read(image)
    print(f"\n{sheets.title}: ms a page by step (median)")
    for step, spent in {"load": load, **times}.items():
        if spent:
            print(f"  {step:16}{1000 * statistics.median(spent):8.2f}")


def compare(options: argparse.Namespace) -> bool:
    """Print the table; whether the goal is met everywhere."""
    kinds = [Format(word) for word in options.formats.split(",")]
    print(f"{'at 200 dpi':24}{'decode ms':>11}{'first ms':>10}{'ratio':>7}{'both ms':>9}{'ratio':>7}", end="")
    print(f"{'pages/s/core':>14}{'refused':>9}")
    met = True
    for names in map(int, options.names.split(",")):
        for kind in kinds:
            sheets = drawn(names, kind, options.ballots)
            times = measure(sheets, options.turns)
            first, both = times.first / times.decode, times.both / times.decode
            met = met and first <= GOAL_FIRST[kind] and both <= GOAL_BOTH[kind]
            print(
                f"{sheets.title:24}{times.decode:11.2f}{times.first:10.2f}{first:7.2f}{times.both:9.2f}{both:7.2f}",
                end="",
            )
            print(f"{1000 / times.both:14.1f}{times.refused:9}")
            if options.profile:
                profile(sheets, options.turns)
    print("\nfirst and both hold the decoding too; goals, times the decoding: JPEG 2 and 3, G4 6 for both")
    print("peak memory:", shown_mb(peak_mb()))
    return met


def folder(options: argparse.Namespace) -> bool:
    """From a folder of scans to a result, through `counts`; whether the goals are met."""
    names, ballots = 70, options.folder
    with tempfile.TemporaryDirectory(prefix="daihoi-bench-", ignore_cleanup_errors=True) as place:
        write_folder(Path(place), names, ballots)
        script = Path(__file__).with_name("folder.py")
        command = [sys.executable, str(script), place, str(options.workers)]
        told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    pages, seconds, cpu, peak = told["pages"], told["seconds"], told["cpu"], told["peak_mb"]
    spent, goal = sum(seconds.values()), GOAL_SECONDS * ballots / 500
    print(f"{ballots} ballots of {names} names, {pages} pages, {options.workers} workers: {spent:.1f} s", end=" ")
    print(f"(goal {goal:.0f} s), {pages / spent / options.workers:.1f} pages/s/core")
    print("seconds: " + ", ".join(f"{part} {one:.1f}" for part, one in seconds.items()))
    whole = sum(cpu.values())
    print(f"processor time {whole:.1f} s: " + ", ".join(f"{part} {one / whole:.1%}" for part, one in cpu.items()))
    print(f"that is {1000 * cpu['reading processes'] / pages:.1f} ms a page in the reading processes, with their start")
    print(f"status {told['status']}, rows for the board {told['open_rows']}")
    print("peak memory of the process that counts:", shown_mb(peak["counting"]))
    print("peak memory of the largest reading process:", shown_mb(peak["reading"]))
    return bool(spent <= goal and max(peak.values()) <= GOAL_MB)


def main() -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--names", default="44,70")
    parser.add_argument("--formats", default=f"{Format.JPEG.value},{Format.G4.value}")
    parser.add_argument("--ballots", type=int, default=10, help="different ballots of each kind")
    parser.add_argument("--turns", type=int, default=5, help="how often each file is decoded and read")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--folder", type=int, default=0, metavar="N", help="count a folder of N ballots of 70 names")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    # One page is read by one thread: the pool of counts gives each core a process.
    cv2.setNumThreads(1)
    print(f"daihoi {__version__}, Python {platform.python_version()}, numpy {np.__version__}, OpenCV {cv2.__version__}")
    met = folder(options) if options.folder else compare(options)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
