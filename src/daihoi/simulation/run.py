"""Simulate ballots: in memory, or as images and `truth.json` in a folder, on several processes."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from daihoi import __version__
from daihoi.sheet.terms import SheetPlan
from daihoi.simulation.encode import files_of
from daihoi.simulation.errors import NoBallots, OutputNotEmpty, PagesDiffer
from daihoi.simulation.mishaps import MISHAPS
from daihoi.simulation.phone import PHONE, PHONE_NAME, photograph
from daihoi.simulation.scanners import scanner_named
from daihoi.simulation.sheets import Job, draw_sheet
from daihoi.simulation.terms import Format, Pixels, SheetTruth, SimulatedSheet
from daihoi.simulation.voters import Habits

TRUTH_FORMAT = "daihoi-truth/1"
TRUTH_NAME = "truth.json"
SCAN_DPI = 200.0
PIECE = 8
"""Ballots that one process draws at a time: about a second of work."""
OTHERS = {PHONE_NAME: PHONE, MISHAPS.name: MISHAPS}
"""What can be asked for beside the scanners that the command line offers."""
SEED_BITS = 0xFFFFFFFFFFFFFFFF

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What is wanted of a simulation beside the sheet: how many, how scanned, how written."""

    seats: int
    ballots: int
    seed: int
    scanner: str = "office"
    dpi: float = SCAN_DPI
    format: Format = Format.NATIVE
    habits: Habits = field(default_factory=Habits)


def job_of(plan: SheetPlan, rasters: Sequence[Pixels], raster_dpi: float, order: Order) -> Job:
    """Check an order and join it to its sheet; raises UnknownScanner, NoBallots, PagesDiffer."""
    if order.ballots < 1:
        raise NoBallots(order.ballots)
    if len(rasters) != len(plan.pages):
        raise PagesDiffer(len(plan.pages), len(rasters))
    return Job(
        plan=plan,
        rasters=tuple(rasters),
        raster_dpi=raster_dpi,
        seats=order.seats,
        # A seed may be any integer; numpy takes those that are not negative.
        seed=order.seed & SEED_BITS,
        scanner=OTHERS.get(order.scanner) or scanner_named(order.scanner),
        habits=order.habits,
        dpi=order.dpi,
        capture=photograph if order.scanner == PHONE_NAME else None,
    )


def simulate(
    plan: SheetPlan,
    rasters: Sequence[Pixels],
    *,
    raster_dpi: float,
    seats: int,
    ballots: int,
    seed: int,
    scanner: str,
    dpi: float = SCAN_DPI,
    habits: Habits | None = None,
    start: int = 1,
) -> Iterator[SimulatedSheet]:
    """Ballots `start` to `start + ballots - 1`, one after the other; each follows from (seed, number) alone."""
    order = Order(seats, ballots, seed, scanner, dpi, habits=habits or Habits())
    job = job_of(plan, rasters, raster_dpi, order)
    return (draw_sheet(job, number) for number in range(start, start + ballots))


class _Process:
    """What a process of the pool keeps between pieces: the sheet is sent once, not with every piece."""

    job: Job
    out: Path
    form: Format
    digits: int


def _begin(job: Job, out: Path, form: Format, digits: int) -> None:
    _Process.job, _Process.out, _Process.form, _Process.digits = job, out, form, digits


def _draw_piece(numbers: range) -> list[dict[str, object]]:
    """Draw and write some ballots; their entries for truth.json."""
    entries = []
    for number in numbers:
        sheet = draw_sheet(_Process.job, number)
        files = files_of(sheet.pages, f"{number:0{_Process.digits}d}", _Process.form)
        for name, data in files:
            (_Process.out / name).write_bytes(data)
        entries.append(entry(sheet, [name for name, _ in files]))
    return entries


def entry(sheet: SimulatedSheet, files: Sequence[str]) -> dict[str, object]:
    """One ballot of truth.json."""
    told: SheetTruth = sheet.truth
    return {
        "ballot": sheet.number,
        "files": list(files),
        "issued": told.issued,
        "marks": {name: mark.value for name, mark in told.marks.items()},
        "kinds": {name: kind.value for name, kind in told.kinds.items()},
        "doubt": list(told.doubt),
        "ballot_defect": told.defect.value if told.defect else None,
        "expected_grounds": [ground.value for ground in told.grounds],
        "pen": told.pen,
        "conditions": [[one.value for one in page] for page in told.conditions],
    }


def write(
    out: Path,
    plan: SheetPlan,
    rasters: Sequence[Pixels],
    *,
    raster_dpi: float,
    contest: str,
    order: Order,
    workers: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Write the images of `order.ballots` ballots and truth.json straight into `out`; the path of truth.json.

    Images of a former simulation there are replaced; raises OutputNotEmpty when `out` holds anything else. truth.json
    is written last: a folder without it is not whole.
    """
    job = job_of(plan, rasters, raster_dpi, order)
    # Only when the order stands is anything in the folder touched.
    _make_room(out)
    # Equally many digits: then the order of names is the order of scanning, for every program.
    digits = max(4, len(str(order.ballots)))
    pieces = [range(k, min(k + PIECE, order.ballots + 1)) for k in range(1, order.ballots + 1, PIECE)]
    entries: list[dict[str, object]] = []
    for piece in _drawn(pieces, (job, out, order.format, digits), workers):
        entries.extend(piece)
        if progress is not None:
            progress(len(entries), order.ballots)
    truth = {
        "format": TRUTH_FORMAT,
        "contest": contest,
        "seed": order.seed,
        "scanner": order.scanner,
        "software": f"daihoi {__version__}",
        "ballots": entries,
    }
    path = out / TRUTH_NAME
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _drawn(
    pieces: Sequence[range], setting: tuple[Job, Path, Format, int], workers: int
) -> Iterable[list[dict[str, object]]]:
    """The pieces in order, drawn here or by a pool of processes; the bytes are the same."""
    if workers <= 1 or len(pieces) <= 1:
        _begin(*setting)
        for piece in pieces:
            yield _draw_piece(piece)
        return
    # Spawned, never forked: OpenCV has threads, and Windows knows no fork.
    spawn = multiprocessing.get_context("spawn")
    count = min(workers, len(pieces))
    with ProcessPoolExecutor(count, mp_context=spawn, initializer=_begin, initargs=setting) as pool:
        yield from pool.map(_draw_piece, pieces)


def _make_room(out: Path) -> None:
    """Make the folder, or empty it of a former simulation's files."""
    out.mkdir(parents=True, exist_ok=True)
    known = {TRUTH_NAME, *_former_files(out)}
    present = sorted(path.name for path in out.iterdir())
    # All names are looked at before any is removed: a refusal leaves the folder as it was.
    for name in present:
        if name not in known:
            raise OutputNotEmpty(str(out), name)
    for name in present:
        (out / name).unlink()


def _former_files(out: Path) -> set[str]:
    """The files that the truth.json of a former simulation names; none when there is none or it is not ours."""
    try:
        former = json.loads((out / TRUTH_NAME).read_text(encoding="utf-8"))
        if former["format"] != TRUTH_FORMAT:
            return set()
        return {str(name) for ballot in former["ballots"] for name in ballot["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
