#!/usr/bin/env python3
"""How often is a mark read wrong? Draws ballots, scans them, reads them back, and compares with what was drawn.

    python bench/accuracy.py --positions 200000 --scanner office,worn --forms strike,agree --names 44,70 --workers 2

A position is one candidate on one ballot. WRONG is a mark read as another mark with no doubt raised, where two people
could not differ. A doubt on such a clean position costs the board time: at most one in a hundred. Positions labelled as
doubtful by the simulator are reported apart: there is no right answer. Crops of what was read wrong go to bench-out/,
as do the pieces that are done: the same command goes on where it stopped. Leaves with 1 when anything was wrong, when
too much was doubtful, or when a page of the office scanner was refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import platform
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from daihoi import __version__
from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.render import rasters
from daihoi.reading.load import load_page
from daihoi.reading.read import Reader
from daihoi.reading.terms import PrintedForm, ReadPage, Refusal
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Mark, Office
from daihoi.sheet.terms import SheetPlan
from daihoi.simulation.encode import files_of
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import Job, draw_sheet
from daihoi.simulation.terms import Format, Kind, SimulatedPage, SimulatedSheet
from daihoi.simulation.voters import CROSSES, STRIKES, Habits
from pen_marks import PEN_MARKS, report_pen_marks

OUT = Path(__file__).resolve().parents[1] / "bench-out"
DRAW_DPI, FORM_DPI = 300, 200
PIECE = 10
MOST_DOUBT = 0.01


def names_in(text: str) -> tuple[str, ...]:
    """A list of names as it stands in one line."""
    return tuple(text.split(", "))


FAMILY = names_in(
    "Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Lò, Vàng, Giàng, Hà, Cà, Quàng, Tòng"
)
MIDDLE = names_in(
    "Văn, Thị, Hữu, Đức, Minh, Thanh, Ngọc, Quang, Xuân, Thị Bích, A, Seo, Đình, Công, Thị Hồng, Nguyễn Hoàng"
)
GIVEN = names_in(
    "Anh, Bình, Cường, Dũng, Giang, Hải, Hương, Khánh, Lan, Long, Mai, Nam, Phúc, Quỳnh, Sơn, Thảo, Tú, Uyên, Vinh, Ý"
)


@dataclass(frozen=True)
class Case:
    """One ballot paper on one scanner; `flat` draws every kind of mark equally often."""

    form: str
    names: int
    scanner: str
    seed: int
    flat: bool

    @property
    def hall(self) -> int:
        """The seed of this case's hall: other cases have other voters."""
        return zlib.crc32(str(self).encode())

    @property
    def seats(self) -> int:
        """Enough to be struck that strikes are not rare; as many as names where one agrees or disagrees."""
        return self.names if self.form == "agree" else max(1, round(self.names * 0.6))


def contest_of(case: Case) -> tuple[Election, Contest]:
    """A fictional election with Vietnamese names of all lengths."""
    people = tuple(
        Candidate(
            CandidateId(f"c{k + 1:03d}"),
            f"{FAMILY[k * 7 % len(FAMILY)]} {MIDDLE[k * 5 % len(MIDDLE)]} {GIVEN[k * 3 % len(GIVEN)]}",
        )
        for k in range(case.names)
    )
    contest = Contest(ContestId("accuracy"), Office.COMMITTEE, "Ban Chấp hành Đảng bộ huyện", case.seats, people)
    congress = Congress(
        "Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXIII",
        "Đảng bộ huyện Nà Lương",
        "Đảng bộ tỉnh Thanh Giang",
        "Nà Lương",
        date(2025, 7, 1),
        date(2025, 7, 2),
        CongressForm.DELEGATES,
    )
    return Election(congress, None, (contest,)), contest


@cache
def printed(case: Case) -> tuple[Prepared, Reader, Job]:
    """The sheet, as the reader knows it and as the simulator draws on it; made once in each process."""
    election, contest = contest_of(case)
    prepared = prepare(election, contest, secret=b"accuracy".ljust(32, b"."), rehearsal=False)
    form = PrintedForm(prepared.plan, rasters(prepared.pdf, FORM_DPI), FORM_DPI)
    even = {"strikes": dict.fromkeys(STRIKES, 1.0), "crosses": dict.fromkeys(CROSSES, 1.0)} if case.flat else {}
    habits = Habits(mistakes=0.35, defects=0.03, specks=0.01, **even)
    order = Order(case.seats, 1, case.hall, case.scanner, habits=habits)
    reader = Reader(form, prepared.identities)
    return prepared, reader, job_of(prepared.plan, rasters(prepared.pdf, DRAW_DPI), DRAW_DPI, order)


def read_back(case: Case, sheet: SimulatedSheet) -> Iterator[tuple[SimulatedPage, ReadPage | Refusal]]:
    """Encode each page as the scanner writes it and read the file."""
    _, reader, _ = printed(case)
    for page in sheet.pages:
        name, data = files_of([page], "page", Format.NATIVE)[0]
        image = load_page(data, name, 0)
        if isinstance(image, Refusal):
            yield page, image
        else:
            yield page, reader.read(image)


Row = tuple[str, str, str, str]
"""scanner, form, kind or condition, outcome."""


def compare(case: Case, number: int) -> tuple[Counter[Row], list[str]]:
    """Draw and read one ballot; what came out of each position, and the names of crops of wrong ones."""
    prepared, _, job = printed(case)
    sheet = draw_sheet(job, number)
    seen: Counter[Row] = Counter()
    wrong = []
    head = (case.scanner, case.form)
    read = list(read_back(case, sheet))
    for plan, (page, answer), befell in zip(prepared.plan.pages, read, sheet.truth.conditions, strict=True):
        names = dict.fromkeys(target.candidate for target in plan.targets)
        if isinstance(answer, Refusal):
            seen[(*head, "page", f"refused {answer.reason.value}")] += 1
            for name in names:
                seen[(*head, sheet.truth.kinds[name].value, "refused")] += 1
            continue
        seen[(*head, "page", "read")] += 1
        marks = {mark.candidate: mark.mark for mark in answer.marks}
        for name in names:
            outcome = judged(sheet, name, marks.get(name))
            seen[(*head, sheet.truth.kinds[name].value, outcome)] += 1
            if outcome in ("wrong", "doubtful"):
                for condition in befell:
                    seen[(*head, f"~{condition.value}", outcome)] += 1
            if outcome == "wrong":
                wrong.append(keep(case, sheet, page, prepared.plan, name, str(marks.get(name))))
        proposed = "proposed" if answer.foreign else "quiet"
        if plan is prepared.plan.pages[0]:
            seen[(*head, f"beside: {sheet.truth.defect or 'nothing'}", proposed)] += 1
    return seen, wrong


def judged(sheet: SimulatedSheet, name: str, mark: Mark | None) -> str:
    """One position: right, wrong or doubtful; where two people could differ: as meant, otherwise or doubted."""
    if name in sheet.truth.doubt:
        if mark is Mark.DOUBTFUL:
            return "doubted"
        return "as meant" if mark is sheet.truth.marks[name] else "otherwise"
    if mark is Mark.DOUBTFUL:
        return "doubtful"
    return "right" if mark is sheet.truth.marks[name] else "wrong"


def keep(case: Case, sheet: SimulatedSheet, page: SimulatedPage, plan: SheetPlan, name: str, mark: str) -> str:
    """Save what was read wrong as PNG; its name tells all that is needed to draw it again."""
    rows = [target.row for one in plan.pages for target in one.targets if target.candidate == name]
    row = rows[0]
    ends = page.matrix @ np.array(
        [[row.x, row.right, row.x, row.right], [row.y, row.y, row.bottom, row.bottom], [1] * 4]
    )
    x0, y0 = np.maximum(np.floor(ends.min(axis=1)).astype(int) - 12, 0)
    x1, y1 = np.ceil(ends.max(axis=1)).astype(int) + 12
    kind, meant = sheet.truth.kinds[name].value, sheet.truth.marks[name].value
    label = f"{case.scanner}-{case.form}{case.names}-s{case.seed}-b{sheet.number}-{name}-{kind}-{meant}-read-{mark}.png"
    (OUT / "wrong").mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(OUT / "wrong" / label), page.image[y0:y1, x0:x1])
    return label


def run_piece(piece: tuple[Case, int]) -> tuple[str, list[list[object]], list[str]]:
    """PIECE ballots of one case, from a first number on; told as plain data, for the file of pieces."""
    case, first = piece
    total: Counter[Row] = Counter()
    wrong: list[str] = []
    cv2.setNumThreads(1)
    for number in range(first, first + PIECE):
        seen, bad = compare(case, number)
        total += seen
        wrong += bad
    return key_of(piece), [[*row, count] for row, count in sorted(total.items())], wrong


def key_of(piece: tuple[Case, int]) -> str:
    """What names a piece between two runs: the case, the first ballot, and the code that would draw and read it."""
    return f"{piece[0]}#{piece[1]}"


def code_digest() -> str:
    """Pieces of another state of the code are not counted: the digest of all source files."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parents[1] / "src"
    for path in sorted(root.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def pieces_of(options: argparse.Namespace) -> list[tuple[Case, int]]:
    """As many pieces as give at least the wanted positions, shared evenly among the cases."""
    cases = [
        Case(form, names, scanner, options.seed, options.flat)
        for scanner in options.scanner.split(",")
        for form in options.forms.split(",")
        for names in map(int, options.names.split(","))
    ]
    share = options.positions / len(cases)
    counts = {case: max(1, -(-int(share) // (case.names * PIECE))) for case in cases}
    most = max(counts.values())
    return [(case, 1 + k * PIECE) for k in range(most) for case in cases if k < counts[case]]


def run(options: argparse.Namespace) -> tuple[Counter[Row], list[str]]:
    """Run the pieces that are not yet done, and count all."""
    OUT.mkdir(exist_ok=True)
    store = OUT / f"accuracy-{code_digest()}.jsonl"
    done: dict[str, tuple[list[list[object]], list[str]]] = {}
    if store.exists():
        for line in store.read_text(encoding="utf-8").splitlines():
            name, rows, wrong = json.loads(line)
            done[name] = (rows, wrong)
    pieces = pieces_of(options)
    open_pieces = [piece for piece in pieces if key_of(piece) not in done]
    with store.open("a", encoding="utf-8") as file:
        for at, (name, rows, wrong) in enumerate(answers(open_pieces, options.workers), start=1):
            done[name] = (rows, wrong)
            file.write(json.dumps([name, rows, wrong], ensure_ascii=False) + "\n")
            file.flush()
            if sys.stderr.isatty():
                print(f"\r{at}/{len(open_pieces)} pieces", end="", file=sys.stderr)
    total: Counter[Row] = Counter()
    crops: list[str] = []
    for piece in pieces:
        rows, wrong = done[key_of(piece)]
        total += Counter({(str(a), str(b), str(c), str(d)): int(str(n)) for a, b, c, d, n in rows})
        crops += wrong
    return total, crops


def answers(pieces: Sequence[tuple[Case, int]], workers: int) -> Iterator[tuple[str, list[list[object]], list[str]]]:
    """The pieces' answers, from this process or from a pool."""
    if workers <= 1:
        yield from map(run_piece, pieces)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(run_piece, pieces)


CLEAN = ("right", "wrong", "doubtful", "refused")
UNCLEAR = ("as meant", "otherwise", "doubted")


def table(title: str, columns: Sequence[str], rows: Mapping[str, Counter[str]]) -> None:
    """Print a table; rows without any figure in these columns are left out."""
    widths = [max(11, len(name) + 2) for name in columns]
    print(f"\n{title}\n{'':38}" + "".join(f"{name:>{width}}" for name, width in zip(columns, widths, strict=True)))
    for name, counts in sorted(rows.items()):
        if any(counts[column] for column in columns):
            figures = (f"{counts[column]:>{width}}" for column, width in zip(columns, widths, strict=True))
            print(f"{name:38}" + "".join(figures))


def grouped(total: Counter[Row], *, by: Sequence[int], kinds: Sequence[str]) -> dict[str, Counter[str]]:
    """Sum rows by some of their parts, over rows of certain kinds of mark."""
    out: dict[str, Counter[str]] = {}
    for row, count in total.items():
        if row[2] in kinds:
            out.setdefault(" ".join(row[k] for k in by), Counter())[row[3]] += count
    return out


def report(total: Counter[Row], crops: Sequence[str], options: argparse.Namespace) -> bool:
    """Print the tables; whether all goals are met."""
    kinds = [kind.value for kind in Kind]
    table("By scanner and form", CLEAN + UNCLEAR, grouped(total, by=(0, 1), kinds=kinds))
    table("Clean positions by kind of mark", CLEAN, grouped(total, by=(2,), kinds=kinds))
    table("Positions where two people could differ", UNCLEAR, grouped(total, by=(2,), kinds=kinds))
    besides = sorted({row[2] for row in total if row[2].startswith("beside")})
    table("Written beside the list (first pages)", ("proposed", "quiet"), grouped(total, by=(2,), kinds=besides))
    befell = sorted({row[2] for row in total if row[2].startswith("~")})
    table(
        "Wrong or doubtful clean positions on pages with", ("wrong", "doubtful"), grouped(total, by=(2,), kinds=befell)
    )
    pages = grouped(total, by=(0, 1), kinds=["page"])
    table("Pages", sorted({outcome for counts in pages.values() for outcome in counts}), pages)
    sums: Counter[str] = Counter()
    office_refused = 0
    for row, count in total.items():
        if row[2] in kinds:
            sums[row[3]] += count
            office_refused += count * (row[3] == "refused" and row[0] == "office")
    clean = sums["right"] + sums["wrong"] + sums["doubtful"]
    share = sums["doubtful"] / max(1, clean)
    print(
        f"\nseed {options.seed}, daihoi {__version__}, code {code_digest()}, Python {platform.python_version()},",
        end=" ",
    )
    print(f"numpy {np.__version__}, OpenCV {cv2.__version__}")
    print(f"positions {sum(sums.values())}, clean and read {clean}: wrong {sums['wrong']}, doubtful {share:.3%}")
    if not sums["wrong"] and clean:
        print(f"rule of three: at 95 % at most 1 wrong in {clean // 3} positions as this simulator draws them")
    for label in crops[:50]:
        print(f"wrong: bench-out/wrong/{label}")
    return not sums["wrong"] and share <= MOST_DOUBT and not office_refused


def main() -> int:
    """Parse, run, report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--positions", type=int, default=20_000)
    parser.add_argument("--scanner", default="office,worn")
    parser.add_argument("--forms", default="strike,agree")
    parser.add_argument("--names", default="44,70")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--flat", action="store_true", help="draw every kind of mark equally often")
    parser.add_argument("--no-pens", action="store_true", help="leave out the real pen marks, if they are there")
    options = parser.parse_args()
    met = report(*run(options), options)
    if PEN_MARKS.is_dir() and not options.no_pens:
        met = report_pen_marks(*printed(Case("agree", 20, "office", options.seed, flat=False))) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
