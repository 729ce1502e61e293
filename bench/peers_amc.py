"""Auto Multiple Choice at its work: a sheet by its own LaTeX style, its analysis, and what thresholds make of it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from daihoi.rules.terms import Mark
from daihoi.sheet.terms import PagePlan, Rect, SheetForm, SheetPlan, Target, TargetKind
from peers_piles import Reading, Truth, people, run, verdict_on

THRESHOLDS = (0.15, 0.5)
"""Shares of black from which AMC takes a square for ticked: the one that it begins with, and one for squares that are
to be filled. A third is the best for these very scans, found with the truth in hand."""
TRIED = tuple(k / 200 for k in range(2, 101))
STAMP = Rect(168, 120, 26, 26)
"""On paper that bears neither a name nor a square, a disc or AMC's identifying squares."""

SOURCE = r"""\documentclass[a4paper,12pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage[box,nowatermark]{automultiplechoice}
\geometry{top=30mm,bottom=22mm,left=20mm,right=20mm}
\begin{document}
\AMCboxDimensions{shape=square,size=5mm,rule=0.35mm}
\AMCinterIquest=0pt \AMCinterBquest=0pt
\setlength{\parskip}{0pt}
\def\AMCbeginQuestion#1#2{\noindent}
\def\AMCbeginAnswer{}\def\AMCendAnswer{\\[0pt]}
\def\AMCanswer#1#2{\raisebox{-1.2mm}{#1}\hspace{12mm}}
\onecopy{1}{
\noindent\textbf{Ballot}\hspace{82mm}Agree\hspace{6mm}Disagree\par\vspace{4mm}
%s
}
\end{document}
"""
ROW = (
    r"\begin{questionmultx}{%s}\makebox[110mm][l]{%d.~~%s}"
    r"\begin{choicescustom}[o]\correctchoice{}\wrongchoice{}\end{choicescustom}\end{questionmultx}"
)

Black = Mapping[str, Mapping[tuple[str, int], float]]
"""Share of black in each square by file and (candidate, answer)."""


def printed_by_amc(folder: Path) -> SheetPlan:
    """AMC's sheet as a plan that the simulator can mark: its squares where AMC's own layout says that they are."""
    (folder / "data").mkdir(parents=True)
    rows = "\n".join(ROW % (one, place, name) for place, (one, name) in enumerate(people(), 1))
    (folder / "source.tex").write_text(SOURCE % rows, encoding="utf-8")
    names = ("--out-sujet", "subject.pdf", "--out-corrige", "corrected.pdf", "--out-calage", "calage.xy")
    latex = ("--mode", "s", "--n-copies", "1", "--filter", "latex", "--with", "pdflatex")
    run("auto-multiple-choice", "prepare", *latex, *names, "--prefix", f"{folder}/", "--data", "data", "source.tex",
        folder=folder)  # fmt: skip
    run("auto-multiple-choice", "meptex", "--src", "calage.xy", "--data", "data", folder=folder)
    return SheetPlan(SheetForm.AGREE_DISAGREE, STAMP, (amc_page(folder),))


def amc_page(folder: Path) -> PagePlan:
    """The targets and discs of AMC's only page, mm from the top left."""
    layout = sqlite3.connect(folder / "data" / "layout.sqlite")
    ((dots,),) = layout.execute("SELECT dpi FROM layout_page").fetchall()
    mm = 25.4 / dots
    names = dict(layout.execute("SELECT question, name FROM layout_question").fetchall())
    boxes = layout.execute("SELECT question, answer, xmin, xmax, ymin, ymax FROM layout_box ORDER BY ymin, xmin")
    targets = []
    for question, answer, left, right, top, bottom in boxes.fetchall():
        box = Rect(left * mm, top * mm, (right - left) * mm, (bottom - top) * mm)
        row = Rect(20, box.y - 1.9, 145, box.h + 3.8)
        kind = TargetKind.AGREE if answer == 1 else TargetKind.DISAGREE
        targets.append(Target(names[question], kind, box, row))
    marks = layout.execute("SELECT corner, x, y FROM layout_mark ORDER BY corner").fetchall()
    discs = {corner: Rect(x * mm - 1.8, y * mm - 1.8, 3.6, 3.6) for corner, x, y in marks}
    layout.close()
    # AMC goes round the page, a plan goes line by line.
    return PagePlan(1, tuple(targets), (discs[1], discs[2], discs[4], discs[3]), (), ())


def read_by_amc(folder: Path, scans: Path, truth: Truth) -> Iterator[Reading]:
    """AMC's analysis once, and what each threshold makes of it."""
    files = sorted(scans.glob("*.jpg"))
    start, _ = analysed(folder, files[:1])
    seconds, black = analysed(folder, files)
    for threshold in (*THRESHOLDS, best_threshold(black, truth)):
        marks = {file: ticked(boxes, threshold) for file, boxes in black.items()}
        yield Reading(f"AMC, its own sheet, from {threshold:g} black", marks, seconds, start, len(files))


def analysed(folder: Path, files: Sequence[Path]) -> tuple[float, Black]:
    """CPU seconds of AMC's analysis of these scans, begun anew, and what it measured."""
    (folder / "data" / "capture.sqlite").unlink(missing_ok=True)
    shutil.rmtree(folder / "cr", ignore_errors=True)
    (folder / "cr").mkdir()
    listed = folder / "scans.txt"
    listed.write_text("".join(f"{path}\n" for path in files), encoding="utf-8")
    # --multiple: every sheet is a photocopy of the one subject, as ballots are.
    words = ("--projet", folder, "--data", "data", "--cr", "cr", "--multiple", "--n-procs", "1")
    seconds = run("auto-multiple-choice", "analyse", *words, "--liste-fichiers", listed, folder=folder)
    return seconds, blackness(folder)


def best_threshold(black: Black, truth: Truth) -> float:
    """The threshold with the fewest wrong marks here: more than any user could know beforehand."""

    def wrong(threshold: float) -> int:
        one = Reading("", {file: ticked(boxes, threshold) for file, boxes in black.items()}, 0.0, 0.0, 0)
        clear = ((file, who, mark) for file, marks in truth.marks.items() for who, mark in marks.items())
        return sum(
            verdict_on(one, file, who, mark) == "wrong" for file, who, mark in clear if who not in truth.doubt[file]
        )

    return min(TRIED, key=wrong)


def blackness(folder: Path) -> Black:
    """What AMC's analysis left in its data base."""
    layout = sqlite3.connect(folder / "data" / "layout.sqlite")
    names = dict(layout.execute("SELECT question, name FROM layout_question").fetchall())
    layout.close()
    capture = sqlite3.connect(folder / "data" / "capture.sqlite")
    pages = dict(capture.execute("SELECT copy, src FROM capture_page").fetchall())
    # Type 4 is a square of an answer; id_a is the question, id_b the answer.
    zones = capture.execute("SELECT copy, id_a, id_b, black, total FROM capture_zone WHERE type = 4 AND total > 0")
    found: dict[str, dict[tuple[str, int], float]] = {}
    for copy, question, answer, dark, total in zones.fetchall():
        found.setdefault(Path(pages[copy]).name, {})[names[question], answer] = dark / total
    capture.close()
    return found


def ticked(boxes: Mapping[tuple[str, int], float], threshold: float) -> Mapping[str, Mark | None]:
    """Agree, disagree, both or none: AMC knows no doubt."""
    words = {
        (True, False): Mark.AGREE,
        (False, True): Mark.DISAGREE,
        (True, True): Mark.BOTH,
        (False, False): Mark.NONE,
    }
    ids = dict.fromkeys(one for one, _ in boxes)
    return {one: words[boxes[one, 1] >= threshold, boxes[one, 2] >= threshold] for one in ids}


def amc_version() -> str:
    """By Debian's package."""
    asked = ["dpkg-query", "-W", "-f", "${Version}", "auto-multiple-choice"]
    done = subprocess.run(asked, capture_output=True, check=False, text=True)
    return done.stdout.strip() or "of unknown version"
