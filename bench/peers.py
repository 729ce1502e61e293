#!/usr/bin/env python3
"""Auto Multiple Choice and Daihoi on the same marks in one run: time a page, and marks read wrong.

    python bench/peers.py --ballots 200 --seed 1 --scanner office

Auto Multiple Choice (AMC) needs its own sheet, with its four discs and its row of identifying squares. So it is given
one: a list of people with two squares each. The simulator marks that sheet and scans it, and the very same files are
read by `auto-multiple-choice analyse` and, the blank sheet learned, by `daihoi count --sheet`. A second pile has the
same people on Daihoi's own ballot, marked by the same simulated voters.

Both programs run as their user starts them, on one process: the time is the CPU time of that process and its children,
so Perl, SQLite and pictures of doubts are in it, as are copies, digests and the ledger of a count. What a pile of one
sheet takes is called the start and taken off. Leaves with 1 and one sentence where AMC is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from committee import CONTEST, DRAW_DPI, election_text
from daihoi import __version__
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.papers.ballots.prepare import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.load import load_page
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import SheetPlan
from daihoi.simulation.run import Order, write
from peers_amc import STAMP, amc_version, printed_by_amc, read_by_amc
from peers_piles import PEOPLE, Reading, Truth, people, run, truth_of, verdict_on

OUT = Path(__file__).resolve().parents[1] / "bench-out" / "peers"
ALL_ARE_ELECTED = """
[[overrides]]
check = "candidates_exceed_seats"
by = "Doan Chu tich"
reason = "Phep do"
document = "Bien ban so 1"
"""


def main() -> int:
    """Make both piles, read them, print the table."""
    options = parsed()
    missing = [name for name in ("auto-multiple-choice", "pdflatex") if shutil.which(name) is None]
    if missing:
        print(
            f"{' and '.join(missing)} not found: apt-get install auto-multiple-choice texlive-latex-extra (Debian), "
            "then give the same command again.",
            file=sys.stderr,
        )
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    election = write_election(OUT / "election.toml", options.ballots)
    order = Order(PEOPLE, options.ballots, options.seed, options.scanner)
    folder = OUT / "amc"
    theirs = simulated(OUT / "scans-amc", printed_by_amc(folder), (folder / "subject.pdf").read_bytes(), order)
    sheet = learned(folder)
    own = prepare_own(election)
    ours = simulated(OUT / "scans-own", own.plan, own.pdf, order)
    readings = [
        *read_by_amc(folder, theirs, truth_of(theirs)),
        read_by_daihoi("Daihoi, AMC's sheet learned", election, theirs, OUT / "count-amc", ("--sheet", str(sheet))),
        read_by_daihoi("Daihoi, its own ballot", election, ours, OUT / "count-own"),
    ]
    report(options, readings, {readings[-1].name: truth_of(ours)}, truth_of(theirs))
    print(f"decode alone: {decode_seconds(theirs) * 1000:.1f} ms a page, the same files, the same run")
    return 0


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description="AMC and Daihoi on the same marks")
    parser.add_argument("--ballots", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scanner", default="office", choices=("office", "worn", "poor"))
    options = parser.parse_args()
    if options.ballots < 2:
        parser.error("two ballots at least: the time of one is taken off")
    return options


def write_election(path: Path, ballots: int) -> Path:
    """As many people as seats: the form with squares."""
    text = election_text((name for _, name in people()), PEOPLE, ballots) + ALL_ARE_ELECTED
    path.write_text(text, encoding="utf-8")
    return path


def prepare_own(election: Path) -> Prepared:
    """Daihoi's own ballot."""
    held = load_election(election.read_bytes(), election.name)
    return prepare(held, held.contest(CONTEST), secret=read_or_make_secret(election), rehearsal=False)


def simulated(folder: Path, plan: SheetPlan, pdf: bytes, order: Order) -> Path:
    """A folder of scans of marked sheets, with its truth.json."""
    write(folder, plan, rasters(pdf, DRAW_DPI)[:1], raster_dpi=DRAW_DPI, contest=CONTEST, order=order, workers=2)
    return folder


def learned(folder: Path) -> Path:
    """What `daihoi sheet learn` makes of AMC's blank sheet; where the stamp stands a person would correct."""
    (folder / "names.txt").write_text("".join(f"{name}\n" for _, name in people()), encoding="utf-8")
    sheet = folder / "sheet.json"
    words = ("subject.pdf", "--out", sheet, "--names", "names.txt", "--mark", "boxes")
    run(sys.executable, "-m", "daihoi.cli", "sheet", "learn", *words, folder=folder)
    document = json.loads(sheet.read_text(encoding="utf-8"))
    document["stamp_mm"] = [STAMP.x, STAMP.y, STAMP.w, STAMP.h]
    sheet.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return sheet


def read_by_daihoi(name: str, election: Path, scans: Path, out: Path, more: Sequence[str] = ()) -> Reading:
    """A whole count on one process; the marks from its ledger."""
    files = sorted(scans.glob("*.jpg"))
    one = OUT / f"{scans.name}-one"
    one.mkdir(exist_ok=True)
    shutil.copy(files[0], one)

    def counted(folder: Path, into: Path) -> float:
        words = ("--contest", CONTEST, "--scans", folder, "--out", into, "--workers", "1", *more)
        return run(sys.executable, "-m", "daihoi.cli", "count", election, *words, folder=OUT)

    # A pile of one does not agree with the ballots collected: that stops it, which is all one here.
    start = counted(one, out.with_name(f"{out.name}-one"))
    seconds = counted(scans, out)
    marks: dict[str, Mapping[str, Mark | None]] = {}
    for line in (out / "ledger.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["kind"] == "page.read":
            read = {one: Mark(mark) for one, mark in event["facts"]["marks"].items()}
            marks[event["facts"]["file"]] = {one: None if mark is Mark.DOUBTFUL else mark for one, mark in read.items()}
    return Reading(name, marks, seconds, start, len(files))


def decode_seconds(scans: Path) -> float:
    """CPU seconds that decoding one page takes here: what no reader can be quicker than."""
    files = [(path.read_bytes(), path.name) for path in sorted(scans.glob("*.jpg"))]
    began = time.process_time()
    for data, name in files:
        load_page(data, name, 0)
    return (time.process_time() - began) / len(files)


def report(options: argparse.Namespace, readings: Sequence[Reading], own: Mapping[str, Truth], theirs: Truth) -> None:
    """The table, and by kind of mark what was read wrong."""
    day = datetime.now(UTC).date()
    cores = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{day:%d/%m/%Y}, Daihoi {__version__}, AMC {amc_version()}, {cores}")
    print(f"{options.ballots} sheets, {PEOPLE} people, seed {options.seed}, scanner {options.scanner}, 200 dpi JPEG")
    columns = (
        f"{'pages/s/core':>13}{'ms/page':>9}{'start s':>9}{'clear':>8}{'wrong':>7}{'doubtful':>10}{'not read':>10}"
    )
    print(f"{'':36}{columns}")
    wrong_kinds: dict[str, Counter[str]] = {}
    for one in readings:
        truth = own.get(one.name, theirs)
        tally: Counter[str] = Counter()
        kinds = wrong_kinds[one.name] = Counter()
        for file, marks in truth.marks.items():
            for candidate in marks.keys() - truth.doubt[file]:
                verdict = verdict_on(one, file, candidate, marks[candidate])
                tally[verdict] += 1
                if verdict == "wrong":
                    kinds[truth.kinds[file][candidate]] += 1
        print(
            f"{one.name:36}{1 / one.page_seconds:13.1f}{1000 * one.page_seconds:9.1f}{one.start:9.1f}"
            f"{tally.total():8}{tally['wrong']:7}{tally['doubtful']:10}{tally['not read']:10}"
        )
    for name, kinds in wrong_kinds.items():
        if kinds:
            print(f"{name}, wrong: " + ", ".join(f"{kind} {times}" for kind, times in kinds.most_common()))
    print("clear: squares of one person where two people could not differ about the marks; the others are left out")


if __name__ == "__main__":
    raise SystemExit(main())
