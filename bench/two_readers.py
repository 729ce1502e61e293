#!/usr/bin/env python3
"""What does the second reader add? Each position as the first, the second and both together read it, side by side.

    python bench/two_readers.py --positions 20000 --seed 2027

The sheets are those of `bench/accuracy.py` in file mode: office and worn scanners, both forms, 15 to 100 names, drawn
at 300 dpi and read from the files that the scanner would write. A position is one candidate on one ballot. The real pen
marks, where they are there, are read by each alone. Leaves with 1 when both were wrong together anywhere.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from accuracy_cases import FIRST, SECOND, TOGETHER, Case, answers_of, as_read, printed
from accuracy_pieces import judged
from daihoi import __version__
from daihoi.reading.second.read import SecondReader
from daihoi.reading.terms import GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.simulation.sheets import draw_sheet
from pen_marks import PEN_MARKS, report_pen_marks

READERS = (FIRST, SECOND, TOGETHER)
CLEAN, UNCLEAR = ("right", "doubtful", "wrong"), ("as meant", "doubted", "otherwise")


@dataclass(frozen=True)
class SecondAlone:
    """The second reader behind the interface of the first, for the table of pen marks."""

    reader: SecondReader

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """One page; lost pages are refused here, since nobody else reads them."""
        found = self.reader.read(image)
        if found is None:
            return Refusal(RefusalReason.CORNERS_NOT_FOUND)
        return ReadPage(found.pose.page, found.pose.turn, 25.4 * found.pose.px_per_mm, found.marks)


@dataclass
class Seen:
    """Counts by case and outcomes of the three, and what the second reader doubts alone, by kind of mark."""

    rows: Counter[tuple[str, str, str, str]]
    kinds: Counter[tuple[str, str]]
    pages: Counter[str]


def cases(seed: int) -> list[Case]:
    """Both forms, two scanners, four lengths of list."""
    return [
        Case(form, names, scanner, seed, flat=False, proof=False)
        for scanner in ("office", "worn")
        for form in ("strike", "agree")
        for names in (15, 44, 70, 100)
    ]


def compare(case: Case, number: int, seen: Seen) -> None:
    """Draw one ballot, read it three ways, count."""
    prepared, readers, job = printed(case)
    sheet = draw_sheet(job, number)
    for side, (plan, page) in enumerate(zip(prepared.plan.pages, sheet.pages, strict=True)):
        image = as_read(case, number, side, page)
        said = {} if isinstance(image, Refusal) else answers_of(readers, image)
        if any(isinstance(said.get(who), Refusal | None) for who in (FIRST, SECOND)):
            lost = "second lost the page" if isinstance(said.get(FIRST), ReadPage) else "first refused the page"
            seen.pages[lost] += 1
            if isinstance(said.get(FIRST, Refusal), Refusal) or FIRST not in said:
                continue
        seen.pages["read"] += 1
        marks: dict[str, Mapping[str, Mark]] = {
            who: {m.candidate: m.mark for m in answer.marks} if isinstance(answer, ReadPage) else {}
            for who, answer in said.items()
        }
        for name in dict.fromkeys(target.candidate for target in plan.targets):
            one, other, both = (judged(sheet, name, marks[who].get(name, Mark.DOUBTFUL)) for who in READERS)
            seen.rows[f"{case.scanner} {case.form}", one, other, both] += 1
            if {one, other} & {"wrong", "doubtful"}:
                kind = f"{case.scanner} {sheet.truth.kinds[name].value}"
                seen.kinds[kind, f"first {one}"] += one != "right"
                seen.kinds[kind, f"second {other}"] += other != "right"
            if "wrong" in (one, other):
                reads = f"first {marks[FIRST].get(name)}, second {marks[SECOND].get(name)}"
                print(f"wrong alone: {case.label(number)} {name} meant {sheet.truth.marks[name]}: {reads}")


def table(title: str, columns: Sequence[str], rows: Mapping[str, Counter[str]]) -> None:
    """Print a table."""
    print(f"\n{title}\n{'':34}" + "".join(f"{name:>18}" for name in columns))
    for name, counts in rows.items():
        if any(counts[column] for column in columns):
            print(f"{name:34}" + "".join(f"{counts[column]:>18}" for column in columns))


def report(seen: Seen, seed: int) -> bool:
    """Print the tables; whether the two were nowhere wrong together."""
    for columns, title in ((CLEAN, "Clean positions"), (UNCLEAR, "Positions where two people could differ")):
        by_reader: dict[str, Counter[str]] = {who: Counter() for who in READERS}
        for (_, *outcomes), count in seen.rows.items():
            for who, outcome in zip(READERS, outcomes, strict=True):
                by_reader[who][outcome] += count if outcome in columns else 0
        table(title, columns, by_reader)
    pairs: dict[str, Counter[str]] = {f"first {one}": Counter() for one in CLEAN}
    for (_, one, other, _), count in seen.rows.items():
        if one in CLEAN:
            pairs[f"first {one}"][f"second {other}"] += count
    table("Clean positions, one reader against the other", [f"second {one}" for one in CLEAN], pairs)
    kinds: dict[str, Counter[str]] = {}
    for (kind, outcome), count in sorted(seen.kinds.items()):
        kinds.setdefault(kind, Counter())[outcome] += count
    words = [f"{who} {outcome}" for who in ("first", "second") for outcome in ("doubtful", "wrong")]
    table("What is not read right, by kind of mark", words, kinds)
    clean = sum(count for (_, one, _, _), count in seen.rows.items() if one in CLEAN)
    doubt = sum(count for (*_, both), count in seen.rows.items() if both == "doubtful")
    wrong = sum(count for (*_, both), count in seen.rows.items() if both == "wrong")
    print(f"\npages: {dict(seen.pages)}")
    print(f"seed {seed}, daihoi {__version__}, Python {platform.python_version()}, ", end="")
    print(f"numpy {np.__version__}, OpenCV {cv2.__version__}")
    print(f"clean positions {clean}: wrong together {wrong}, doubtful together {doubt} ({doubt / max(1, clean):.2%})")
    return not wrong


def main() -> int:
    """Draw and read in turns until there are enough positions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--positions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2027)
    parser.add_argument("--no-pens", action="store_true", help="leave out the real pen marks, if they are there")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    seen = Seen(Counter(), Counter(), Counter())
    share, began = options.positions / len(cases(options.seed)), time.monotonic()
    for case in cases(options.seed):
        for number in range(1, 1 + max(1, -(-int(share) // case.names))):
            compare(case, number, seen)
        print(f"{case.scanner} {case.form} {case.names}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    met = report(seen, options.seed)
    if PEN_MARKS.is_dir() and not options.no_pens:
        prepared, readers, job = printed(Case("agree", 20, "office", options.seed, flat=False, proof=False))
        assert readers.second is not None
        for title, reader in (("The second reader alone", SecondAlone(readers.second)), ("Both readers", readers)):
            print(f"\n{title}")
            met = report_pen_marks(prepared, reader, job) and met  # type: ignore[arg-type]
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
