#!/usr/bin/env python3
"""How often is a mark read wrong? Draws ballots, scans them, reads them back, and compares with what was drawn.

    python bench/accuracy.py --positions 3000000 --workers 2 --write docs/proof.md
    python bench/accuracy.py --positions 200000 --mode file --names 44,80 --workers 2
    python bench/accuracy.py --redraw worn-strike100-s1-b17

A position is one candidate on one ballot. WRONG is a mark read as another mark with no doubt raised, where two people
could not differ. A doubt on such a clean position costs the board time: at most one in two hundred. Positions labelled
as doubtful by the simulator are reported apart: there is no right answer. Each piece that is done goes to bench-out/:
the same command goes on where it stopped, however it stopped. Leaves with 1 when anything was wrong, when too much was
doubtful, or when a page of the office scanner was refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import cv2

from accuracy_cases import Case, labelled, printed
from accuracy_pieces import (
    OUT,
    Tally,
    answers_here,
    answers_of_cluster,
    code_digest,
    done_in,
    key_of,
    pieces_of,
    run,
)
from accuracy_report import show, summary, write
from daihoi.simulation.sheets import draw_sheet
from pen_marks import PEN_MARKS, report_pen_marks

NAMES = {"proof": "100", "file": "44,70"}


def measured(options: argparse.Namespace) -> Tally:
    """Run the pieces that are not yet done, and count all."""
    proof = options.mode == "proof"
    cases = [
        Case(form, names, scanner, options.seed, options.flat, proof)
        for scanner in options.scanner.split(",")
        for form in options.forms.split(",")
        for names in map(int, (options.names or NAMES[options.mode]).split(","))
    ]
    pieces = pieces_of(cases, options.positions)
    store = OUT / f"accuracy-{code_digest()}.jsonl"
    known = done_in(store)
    if options.so_far:
        pieces = [piece for piece in pieces if key_of(piece) in known]
    missing = [piece for piece in pieces if key_of(piece) not in known]
    if missing:
        found = (
            answers_of_cluster(missing, options.cluster) if options.cluster else answers_here(missing, options.workers)
        )
        for done in run(store, found):
            if sys.stderr.isatty() or done % 100 == 0:
                print(
                    f"\r{len(pieces) - len(missing) + done}/{len(pieces)} pieces", end="", file=sys.stderr, flush=True
                )
        known = done_in(store)
    total = Tally()
    for piece in pieces:
        total.add(known[key_of(piece)])
    return total


def redraw(label: str) -> None:
    """Draw one ballot again, and say what is true of it."""
    case, number = labelled(label)
    sheet = draw_sheet(printed(case)[2], number)
    OUT.mkdir(exist_ok=True)
    for side, page in enumerate(sheet.pages, start=1):
        path = OUT / f"{case.label(number)}-page{side}.png"
        cv2.imwrite(str(path), page.image)
        print(f"{path}: {', '.join(sheet.truth.conditions[side - 1]) or 'nothing befell it'}")
    for name, kind in sheet.truth.kinds.items():
        if kind.value != "untouched":
            print(f"{name} {kind.value}: {sheet.truth.marks[name].value}{' (doubtful)' * (name in sheet.truth.doubt)}")


def parser() -> argparse.ArgumentParser:
    """The options."""
    out = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    out.add_argument("--positions", type=int, default=20_000)
    out.add_argument("--mode", choices=list(NAMES), default="proof", help="drawn at 200 dpi, or at 300 and by files")
    out.add_argument("--scanner", default="office,worn")
    out.add_argument("--forms", default="strike,agree")
    out.add_argument("--names", default="", help="names a sheet; several with commas")
    out.add_argument("--seed", type=int, default=1)
    out.add_argument("--workers", type=int, default=2)
    out.add_argument(
        "--cluster", default="", metavar="tcp://HOST:PORT", help="a Dask scheduler instead of processes here"
    )
    out.add_argument("--so-far", action="store_true", help="tell of the pieces that are done, and run none")
    out.add_argument("--flat", action="store_true", help="draw every kind of mark equally often")
    out.add_argument("--no-pens", action="store_true", help="leave out the real pen marks, if they are there")
    out.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables between the marks of this page")
    out.add_argument("--redraw", default="", metavar="LABEL", help="draw one ballot again as PNG, from its label")
    return out


def main() -> int:
    """Parse, run, report."""
    options = parser().parse_args()
    if options.redraw:
        redraw(options.redraw)
        return 0
    total = measured(options)
    shown = f"bench/accuracy.py --positions {options.positions} --mode {options.mode} --seed {options.seed}"
    shown += f" --scanner {options.scanner} --forms {options.forms} --names {options.names or NAMES[options.mode]}"
    shown += " --flat" * options.flat + " --so-far" * options.so_far
    show(total, shown)
    if options.write is not None:
        write(options.write, total, shown)
    met = summary(total).met
    if PEN_MARKS.is_dir() and not options.no_pens:
        met = report_pen_marks(*printed(Case("agree", 20, "office", options.seed, False, False))) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
