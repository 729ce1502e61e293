"""Real pen marks from a folder of test data that is no part of this project, read in squares of our own ballot.

Each crop shows an oval with a mark that a person made, and the fill score that another system gave it. The printed
oval is taken out (it is known from the crops with little ink), the ink that remains is laid over a square of an
agree/disagree ballot, the page goes through the office scanner and is read.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.papers.ballots import Prepared
from daihoi.papers.render import rasters
from daihoi.reading.load import load_page
from daihoi.reading.read import Reader
from daihoi.reading.terms import Refusal
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import TargetKind
from daihoi.simulation.encode import jpeg
from daihoi.simulation.sheets import Job, scan_page

PEN_MARKS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pen-marks"
BANDS = (0.0, 0.03, 0.05, 0.07, 0.12, 0.2, 0.4, 1.01)
SEEN = Path(__file__).with_name("pen_marks_seen.json")
"""What a person who looked at each crop called it: mark, erasure, speck, or unclear. File names only, no pictures."""
FAULTS = {("mark", "empty"), ("erasure", "marked"), ("speck", "marked")}
"""What must never be: a mark that is read as nothing, or what is none read as a mark."""
LOOK_BELOW = 0.07
"""Below this another system's score tells nothing: erasures, dots and large marks alike are listed one by one."""
DPI = 200
RIM = 7
Image = npt.NDArray[Any]


def crops() -> list[tuple[str, float, Image]]:
    """Name, score and grey crop of each mark, by rising score."""
    index = json.loads((PEN_MARKS / "index.json").read_text(encoding="utf-8"))
    out = [
        (row["file"], float(row["score"]), cv2.imread(str(PEN_MARKS / row["file"]), cv2.IMREAD_GRAYSCALE))
        for row in index
    ]
    return sorted(out, key=lambda one: (one[1], one[0]))


def seen_by_eye() -> dict[str, str]:
    """What a person called each crop, by file name."""
    kept: dict[str, list[str]] = json.loads(SEEN.read_text(encoding="utf-8"))
    return {name: word for word, names in kept.items() for name in names}


def ink_of(crop: Image, oval: Image) -> Image:
    """The mark's transmission, 0 to 1, without the printed oval; only what hangs together with the crop's middle."""
    line = cv2.dilate((oval < 0.85).astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    # The oval lies a pixel off now and then, so its band is filled from both sides: pen strokes go on across it.
    bare = cv2.inpaint(crop, line, 3, cv2.INPAINT_TELEA)
    through = np.clip(bare / np.percentile(crop, 75), 0.0, 1.0)
    # Letters and rulings of the other form stand at the rim.
    through[:, :RIM], through[:, -RIM:] = 1.0, 1.0
    _, labels = cv2.connectedComponents((through < 0.85).astype(np.uint8), connectivity=8)
    near = set(np.unique(labels[11:-11, 13:-13])) - {0}
    mine = cv2.dilate(np.isin(labels, list(near)).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return np.where(mine, through, 1.0)


def empty_oval(marks: list[tuple[str, float, Image]]) -> Image:
    """The printed oval on white, 0 to 1: bright over the crops with little ink, each measured by its own paper."""
    light = [crop / np.percentile(crop, 75) for _, score, crop in marks if score < 0.2]
    return np.clip(np.percentile(light, 70, axis=0), 0.05, 1.0)


def lay(page: Image, ink: Image, cx: int, cy: int) -> None:
    """Multiply a mark onto a page about a point, in place."""
    height, width = ink.shape
    part = page[cy - height // 2 : cy - height // 2 + height, cx - width // 2 : cx - width // 2 + width]
    part[:] = np.rint(part * ink).astype(np.uint8)


def report_pen_marks(prepared: Prepared, reader: Reader, job: Job) -> bool:
    """Print how each crop was read, by what a person sees and by score; whether no mark was read as nothing."""
    marks, called = crops(), seen_by_eye()
    oval = empty_oval(marks)
    plan = prepared.plan.pages[0]
    squares = [target for target in plan.targets if target.kind is TargetKind.AGREE]
    seen: Counter[tuple[int, str]] = Counter()
    by_eye: Counter[tuple[str, str]] = Counter()
    missed, px = [], DPI / 25.4
    for first in range(0, len(marks), len(squares)):
        batch = list(zip(squares, marks[first : first + len(squares)], strict=False))
        canvas = rasters(prepared.pdf, DPI)[0].copy()
        for target, (_, _, crop) in batch:
            middle = ((target.box.x + target.box.w / 2) * px, (target.box.y + target.box.h / 2) * px)
            lay(canvas, ink_of(crop, oval), round(middle[0]), round(middle[1]))
        answer = _read(reader, job, canvas, first)
        for target, (name, score, _) in batch:
            outcome = "refused" if answer is None else _told(answer[target.candidate])
            seen[int(np.searchsorted(BANDS, score, "right")) - 1, outcome] += 1
            eye = called.get(name, "not looked at")
            by_eye[eye, outcome] += 1
            if (eye, outcome) in FAULTS:
                missed.append(f"{name} (score {score:.3f}): {eye}, read {outcome}")
            if score < LOOK_BELOW or eye != "mark":
                print(f"look at {name}: score {score:.3f}, {eye} to the eye, read {outcome}")
    _print("Real pen marks by what a person sees", {(eye, one): n for (eye, one), n in by_eye.items()})
    labels = [f"{low:.2f} to {high:.2f}" for low, high in itertools.pairwise(BANDS)]
    by_score = {(labels[band], one): n for (band, one), n in seen.items()}
    _print("Real pen marks by the score that another system gave them", by_score)
    for line in missed:
        print(f"read wrong: {line}")
    return not missed


def _read(reader: Reader, job: Job, canvas: Image, seed: int) -> dict[str, Mark] | None:
    at_dpi = Job(job.plan, job.rasters, DPI, job.seats, job.seed, job.scanner, job.habits, job.dpi)
    page, _ = scan_page(at_dpi, job.plan.pages[0], canvas, set(), np.random.default_rng(seed))
    image = load_page(jpeg(page), "pen-marks.jpg", 0)
    answer = image if isinstance(image, Refusal) else reader.read(image)
    return None if isinstance(answer, Refusal) else {mark.candidate: mark.mark for mark in answer.marks}


def _told(mark: Mark) -> str:
    return {Mark.AGREE: "marked", Mark.NONE: "empty", Mark.DOUBTFUL: "doubtful"}.get(mark, f"other ({mark.value})")


def _print(title: str, seen: Mapping[tuple[str, str], int]) -> None:
    columns = ["empty", "doubtful", "marked", *sorted({one for _, one in seen} - {"empty", "doubtful", "marked"})]
    print(f"\n{title}\n{'':38}" + "".join(f"{column:>11}" for column in columns))
    for row in sorted({row for row, _ in seen}):
        print(f"{row:38}" + "".join(f"{seen.get((row, column), 0):>11}" for column in columns))
