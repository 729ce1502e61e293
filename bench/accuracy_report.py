"""The tables of a measurement of accuracy, on the screen and in docs/proof.md."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from accuracy_pieces import Tally, code_digest
from daihoi import __version__
from daihoi.simulation.terms import Kind

CLEAN = ("right", "wrong", "doubtful", "refused")
UNCLEAR = ("as meant", "otherwise", "doubted")
KINDS = frozenset(kind.value for kind in Kind)
MOST_DOUBT = 0.005
"""Share of the clean positions that may go to a person."""
BEGIN, END = "<!-- proof: made by bench/accuracy.py --write -->", "<!-- end of proof -->"


@dataclass(frozen=True)
class Table:
    """Rows of figures under a title; rows that have none are left out."""

    title: str
    columns: tuple[str, ...]
    rows: dict[str, Counter[str]]

    @property
    def filled(self) -> list[tuple[str, list[int]]]:
        """Each row's name and figures, by name; the first figure is the sum."""
        out = []
        for name, counts in sorted(self.rows.items()):
            figures = [counts[column] for column in self.columns]
            if any(figures):
                out.append((name.lstrip("~= ").replace("_", " "), [sum(figures), *figures]))
        return out


def grouped(
    total: Counter[tuple[str, str, str, str]], by: Sequence[int], wanted: Sequence[str]
) -> dict[str, Counter[str]]:
    """Sum rows by some of their parts, over certain kinds or conditions."""
    out: dict[str, Counter[str]] = {}
    chosen = frozenset(wanted)
    for row, count in total.items():
        if row[2] in chosen:
            out.setdefault(" ".join(row[k] for k in by), Counter())[row[3]] += count
    return out


def tables(tally: Tally) -> Iterator[Table]:
    """All tables, the plainest first."""
    total = tally.rows
    besides = sorted({row[2] for row in total if row[2].startswith("beside")})
    befell = sorted({row[2] for row in total if row[2].startswith("~")})
    pages = grouped(total, (0, 1), ["page"])
    yield Table("Positions by scanner and form", CLEAN + UNCLEAR, grouped(total, (0, 1), list(KINDS)))
    readers = sorted({row[2] for row in total if row[2].startswith("=")})
    yield Table("Positions by reader", CLEAN + UNCLEAR, grouped(total, (2,), readers))
    yield Table("Clean positions by kind of mark", CLEAN, grouped(total, (2,), list(KINDS)))
    yield Table("Positions where two people could differ", UNCLEAR, grouped(total, (2,), list(KINDS)))
    yield Table("Clean positions by what befell the page", CLEAN, grouped(total, (2,), befell))
    yield Table("Pages", tuple(sorted({outcome for counts in pages.values() for outcome in counts})), pages)
    yield Table("First pages by what was written beside the list", ("proposed", "quiet"), grouped(total, (2,), besides))


@dataclass(frozen=True)
class Summary:
    """The figures that the goals speak of."""

    positions: int
    clean: int
    wrong: int
    doubtful: int
    pages: int
    office_refused: int

    @property
    def doubt(self) -> float:
        """Share of the clean positions that go to a person."""
        return self.doubtful / max(1, self.clean)

    @property
    def met(self) -> bool:
        """None wrong, few doubtful, no page of the office scanner refused."""
        return not self.wrong and self.doubt <= MOST_DOUBT and not self.office_refused


def summary(tally: Tally) -> Summary:
    """The figures of a tally."""
    sums: Counter[str] = Counter()
    for row, count in tally.rows.items():
        if row[2] in KINDS:
            sums[row[3]] += count
    pages = {row: count for row, count in tally.rows.items() if row[2] == "page"}
    return Summary(
        positions=sum(sums.values()),
        clean=sums["right"] + sums["wrong"] + sums["doubtful"],
        wrong=sums["wrong"],
        doubtful=sums["doubtful"],
        pages=sum(pages.values()),
        office_refused=sum(count for row, count in pages.items() if row[0] == "office" and row[3] != "read"),
    )


def said(tally: Tally, command: str) -> list[str]:
    """What was run, on what, and what came of it, a line each."""
    sums = summary(tally)
    made = f"Python {platform.python_version()}, numpy {np.__version__}, OpenCV {cv2.__version__}"
    lines = [
        command,
        f"daihoi {__version__}, code {code_digest()}, {made}, {os.cpu_count()} cores",
        f"positions {sums.positions:,}, clean and read {sums.clean:,}",
        f"wrong {sums.wrong}, doubtful {sums.doubtful:,} ({sums.doubt:.3%} of the clean positions)",
    ]
    if sums.clean and not sums.wrong:
        bound = f"rule of three: at 95 % at most 1 wrong in {sums.clean // 3:,} positions"
        lines.append(f"{bound}, as this simulator draws them")
    if sums.pages:
        drawing, reading = (seconds / sums.pages * 1000 for seconds in (tally.drawing, tally.reading))
        lines.append(f"pages {sums.pages:,}: {drawing:.1f} ms of CPU to draw one, {reading:.1f} ms to read it")
    return lines


def show(tally: Tally, command: str) -> None:
    """Print all tables, then the sums."""
    for table in tables(tally):
        columns = ("all", *table.columns)
        widths = [max(11, len(name) + 2) for name in columns]
        heads = "".join(f"{name:>{width}}" for name, width in zip(columns, widths, strict=True))
        print(f"\n{table.title}\n{'':30}{heads}")
        for name, figures in table.filled:
            cells = "".join(f"{figure:>{width}}" for figure, width in zip(figures, widths, strict=True))
            print(f"{name:30}{cells}")
    print()
    print("\n".join(said(tally, command)))
    for label in tally.wrong[:50]:
        print(f"wrong: {label}  (bench-out/wrong/; --redraw {label.split('.')[0]})")


def markdown(tally: Tally, command: str) -> str:
    """The same for docs/proof.md."""
    parts = ["```", *said(tally, command), "```"]
    for table in tables(tally):
        columns = ("", "all", *table.columns)
        parts += ["", f"**{table.title}**", "", "| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        parts += [
            "| " + " | ".join([name, *(f"{figure:,}" for figure in figures)]) + " |" for name, figures in table.filled
        ]
    parts += ["", *(f"- wrong: `{label}`" for label in tally.wrong)]
    return "\n".join(parts).rstrip() + "\n"


def write(path: Path, tally: Tally, command: str) -> None:
    """Put the tables between the marks of a page. Raises SystemExit where the page has none."""
    page = path.read_text(encoding="utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path}: the lines {BEGIN} and {END} are not there")
    path.write_text(f"{before}{BEGIN}\n{markdown(tally, command)}{END}{after}", encoding="utf-8", newline="\n")
