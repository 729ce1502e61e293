"""The pieces of a measurement: drawn, read, compared, kept on disk, so that a run goes on where it was killed."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import daihoi
from accuracy_cases import TOGETHER, Answer, Case, answers_of, as_read, printed, through_file
from daihoi.counts.pool_worker import end_with_parent
from daihoi.reading.terms import ReadPage, Refusal
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import SheetPlan
from daihoi.simulation.sheets import draw_sheet
from daihoi.simulation.terms import SimulatedPage, SimulatedSheet

BENCH = Path(__file__).resolve().parent
OUT = BENCH.parent / "bench-out"
PIECE = 10
"""Ballots a piece: 1,000 positions of a hundred names, some seconds of work, lost when a run is killed."""
AHEAD = 3
ROOMS = ("reading", "simulation", "sheet", "papers/ballots", "rules")
MODULES = ("committee.py", "accuracy_cases.py", "accuracy_pieces.py")
"""In the order in which a worker elsewhere imports them."""

Row = tuple[str, str, str, str]
"""Scanner, form, kind or condition, outcome."""


@dataclass
class Tally:
    """What came out: rows with their counts, the labels of what was read wrong, CPU seconds of drawing and reading."""

    rows: Counter[Row] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    drawing: float = 0.0
    reading: float = 0.0

    def add(self, other: Tally) -> None:
        """Put another tally's counts to this one's."""
        self.rows.update(other.rows)
        self.wrong += other.wrong
        self.drawing += other.drawing
        self.reading += other.reading

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        rows = [[*row, count] for row, count in sorted(self.rows.items())]
        return {"rows": rows, "wrong": self.wrong, "drawing": self.drawing, "reading": self.reading}


def tally_of(plain: dict[str, Any]) -> Tally:
    """What `Tally.plain` wrote."""
    rows = Counter({(a, b, c, d): int(n) for a, b, c, d, n in plain["rows"]})
    return Tally(rows, list(plain["wrong"]), float(plain["drawing"]), float(plain["reading"]))


def compare(case: Case, number: int, *, keep_crops: bool = True) -> Tally:
    """Draw and read one ballot; what came out of each position."""
    prepared, readers, job = printed(case)
    tally = Tally()
    began = time.process_time()
    sheet = draw_sheet(job, number)
    tally.drawing = time.process_time() - began
    for side, (plan, page) in enumerate(zip(prepared.plan.pages, sheet.pages, strict=True)):
        image = as_read(case, number, side, page)
        began = time.process_time()
        said: dict[str, Answer] = {TOGETHER: image} if isinstance(image, Refusal) else answers_of(readers, image)
        tally.reading += time.process_time() - began
        answer = said[TOGETHER]
        befell = [f"~{one.value}" for one in sheet.truth.conditions[side]]
        befell += ["~through a file"] if through_file(case, number, side) else []
        names = tuple(dict.fromkeys(target.candidate for target in plan.targets))
        for name in _count_page(tally.rows, (case.scanner, case.form), sheet, names, answer, befell):
            assert isinstance(answer, ReadPage)
            tally.wrong.append(_crop_of_wrong(case, sheet, page, prepared.plan, name, answer, keep_crops))
        _count_readers(tally.rows, (case.scanner, case.form), sheet, names, said)
        if side == 0 and isinstance(answer, ReadPage):
            proposed = "proposed" if answer.foreign else "quiet"
            tally.rows[case.scanner, case.form, f"beside: {sheet.truth.defect or 'nothing'}", proposed] += 1
    return tally


def _count_page(
    rows: Counter[Row],
    head: tuple[str, str],
    sheet: SimulatedSheet,
    names: Sequence[str],
    answer: Answer,
    befell: Sequence[str],
) -> Iterator[str]:
    """Count every position of a page; yields the candidates that were read wrong."""
    refused = isinstance(answer, Refusal)
    rows[*head, "page", f"refused {answer.reason.value}" if isinstance(answer, Refusal) else "read"] += 1
    marks = {} if isinstance(answer, Refusal) else {mark.candidate: mark.mark for mark in answer.marks}
    outcomes: Counter[str] = Counter()
    for name in names:
        outcome = "refused" if refused else judged(sheet, name, marks.get(name))
        rows[*head, sheet.truth.kinds[name].value, outcome] += 1
        outcomes[outcome] += 1
        if outcome == "wrong":
            yield name
    for condition in befell or ["~nothing"]:
        for outcome, count in outcomes.items():
            rows[*head, condition, outcome] += count


def _count_readers(
    rows: Counter[Row], head: tuple[str, str], sheet: SimulatedSheet, names: Sequence[str], said: Mapping[str, Answer]
) -> None:
    """Count what came out of each position by both readers and by each alone."""
    for who, answer in said.items():
        marks = {} if isinstance(answer, Refusal) else {mark.candidate: mark.mark for mark in answer.marks}
        for name in names:
            outcome = "refused" if isinstance(answer, Refusal) else judged(sheet, name, marks.get(name))
            rows[*head, f"= {who}", outcome] += 1


def judged(sheet: SimulatedSheet, name: str, mark: Mark | None) -> str:
    """One position: right, wrong or doubtful; where two people could differ: as meant, otherwise or doubted."""
    if name in sheet.truth.doubt:
        if mark is Mark.DOUBTFUL:
            return "doubted"
        return "as meant" if mark is sheet.truth.marks[name] else "otherwise"
    if mark is Mark.DOUBTFUL:
        return "doubtful"
    return "right" if mark is sheet.truth.marks[name] else "wrong"


def _crop_of_wrong(
    case: Case,
    sheet: SimulatedSheet,
    page: SimulatedPage,
    plan: SheetPlan,
    name: str,
    answer: ReadPage,
    keep: bool,
) -> str:
    """Save what was read wrong as PNG; its name tells all that is needed to draw it again."""
    read = next((mark.mark for mark in answer.marks if mark.candidate == name), "missing")
    kind, meant = sheet.truth.kinds[name].value, sheet.truth.marks[name].value
    label = f"{case.label(sheet.number)}-{name}-{kind}-{meant}-read-{read}.png"
    if keep:
        row = next(target.row for one in plan.pages for target in one.targets if target.candidate == name)
        ends = page.matrix @ np.array(
            [[row.x, row.right, row.x, row.right], [row.y, row.y, row.bottom, row.bottom], [1] * 4]
        )
        x0, y0 = np.maximum(np.floor(ends.min(axis=1)).astype(int) - 12, 0)
        x1, y1 = np.ceil(ends.max(axis=1)).astype(int) + 12
        (OUT / "wrong").mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(OUT / "wrong" / label), page.image[y0:y1, x0:x1])
    return label


Piece = tuple[Case, int]


def run_piece(piece: Piece) -> tuple[str, str, dict[str, Any]]:
    """PIECE ballots of one case, from a first number on: the piece's key, the digest of the code, the tally."""
    case, first = piece
    cv2.setNumThreads(1)
    printed(case)
    total = Tally()
    for number in range(first, first + PIECE):
        total.add(compare(case, number))
    return key_of(piece), code_digest(), total.plain()


def key_of(piece: Piece) -> str:
    """What names a piece between two runs."""
    return piece[0].label(piece[1])


@cache
def code_digest() -> str:
    """Pieces of another state of the code are not counted: the digest of all that draws, reads or compares."""
    digest = hashlib.sha256(f"numpy {np.__version__} cv2 {cv2.__version__}".encode())
    root = Path(daihoi.__file__).parent
    sources = [path for room in ROOMS for path in sorted((root / room).rglob("*.py"))]
    for path in [*sources, *(Path(__file__).with_name(name) for name in MODULES)]:
        # Line ends differ between a checkout on Windows and one on Linux, and mean nothing.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def pieces_of(cases: Sequence[Case], positions: int) -> list[Piece]:
    """As many pieces as give at least the wanted positions, shared evenly among the cases."""
    share = -(-positions // len(cases))
    counts = {case: max(1, -(-share // (case.names * PIECE))) for case in cases}
    most = max(counts.values())
    return [(case, 1 + k * PIECE) for k in range(most) for case in cases if k < counts[case]]


def done_in(store: Path) -> dict[str, Tally]:
    """The pieces that a file of pieces holds whole; a line that a kill tore is left out."""
    done: dict[str, Tally] = {}
    if store.exists():
        for line in store.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                key, plain = json.loads(line)
            except ValueError:
                continue
            done[key] = tally_of(plain)
    return done


def run(store: Path, answers: Iterable[tuple[str, str, dict[str, Any]]]) -> Iterator[int]:
    """Keep each answer on disk as it comes; yields how many pieces are done."""
    store.parent.mkdir(parents=True, exist_ok=True)
    with store.open("a", encoding="utf-8", newline="\n") as file:
        # What a kill tore must not hang together with the next line.
        file.write("\n")
        for done, (key, digest, plain) in enumerate(answers, start=1):
            if digest != code_digest():
                raise SystemExit(f"{key}: a worker runs other code ({digest}) than this process ({code_digest()})")
            file.write(json.dumps([key, plain], ensure_ascii=False) + "\n")
            file.flush()
            yield done


def answers_here(pieces: Sequence[Piece], workers: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The pieces' answers from this process or a pool, in the order in which they are done."""
    if workers <= 1:
        yield from map(run_piece, pieces)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=end_with_parent) as pool:
        rest = iter(pieces)
        waiting: set[Future[tuple[str, str, dict[str, Any]]]] = {
            pool.submit(run_piece, piece) for piece in islice(rest, AHEAD * workers)
        }
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.submit(run_piece, piece) for piece in islice(rest, len(ready))}
            for one in ready:
                yield one.result()


def answers_of_cluster(pieces: Sequence[Piece], address: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The pieces' answers from the workers of a Dask scheduler; each needs the same daihoi, the bench is sent along."""
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 -- an extra, which few have
    except ImportError:
        raise SystemExit("--cluster needs the extra: pip install 'daihoi[cluster]'") from None
    with Client(address) as client:
        for name in MODULES:
            client.upload_file(str(BENCH / name))
        rest = iter(pieces)
        first = list(islice(rest, AHEAD * max(1, sum(client.nthreads().values()))))
        flow = as_completed([client.submit(run_piece, piece, pure=False) for piece in first])
        for one in flow:
            yield one.result()
            for piece in islice(rest, 1):
                flow.add(client.submit(run_piece, piece, pure=False))
