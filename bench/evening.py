#!/usr/bin/env python3
"""The worst evening of the country in cores: what must be read, and how many cores read it in time.

    python bench/evening.py 20                 the table for 20 pages a second and core, as bench/reading.py measured
    python bench/evening.py 20 --write         the same table put into docs/cluster.md

Every assumption is a line of the table; change it here and say why.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "cluster.md"
BEGIN, END = "<!-- plan: made by bench/evening.py -->", "<!-- end of plan -->"


@dataclass(frozen=True)
class Evening:
    """What is assumed. The first three figures are the country's; all others are guesses to be put right."""

    congresses: int = 54_000
    members: int = 5_000_000
    days: int = 90
    peak_share: float = 0.05
    """Share of all congresses on the busiest day: 4.5 times an even spread over 90 days."""
    present: float = 0.95
    contests: float = 3.0
    """Committee, delegation to the superior congress, one more."""
    again: float = 0.2
    """Re-ballots a contest."""
    pages: float = 1.2
    """Most lists fit on one side."""
    hour_share: float = 0.5
    """Share of the day's ballots that come within one hour."""
    efficiency: float = 0.7
    """Of a core, beside the scheduler and the network."""
    reserve: float = 2.0
    page_megabytes: float = 0.3


def rows(speed: float, evening: Evening | None = None) -> list[tuple[str, str]]:
    """The lines of the plan for `speed` pages a second and core, both readers."""
    e = evening or Evening()
    congresses = e.congresses * e.peak_share
    voters = e.members / e.congresses * e.present
    pages = congresses * voters * e.contests * (1 + e.again) * e.pages
    hour = pages * e.hour_share / 3600
    cores = hour / (speed * e.efficiency)
    return [
        ("congresses, in how many days", f"{e.congresses:,}, {e.days}"),
        (f"congresses on the busiest day (assumed {e.peak_share:.0%} of all)", f"{congresses:,.0f}"),
        (f"voters a congress ({e.members:,} members, {e.present:.0%} present)", f"{voters:.0f}"),
        ("contests a congress, with re-ballots (assumed)", f"{e.contests * (1 + e.again):.1f}"),
        ("pages a ballot (assumed)", f"{e.pages}"),
        ("pages that day", f"{pages:,.0f}"),
        (f"pages a second in the busiest hour (assumed {e.hour_share:.0%} of the day)", f"{hour:.0f}"),
        ("pages a second and core (measured)", f"{speed:g}"),
        (f"cores at {e.efficiency:.0%} of that speed (assumed)", f"{ceil(cores)}"),
        (f"cores with a reserve of {e.reserve:g}", f"{ceil(cores * e.reserve)}"),
        (f"network into the scheduler at {e.page_megabytes} MB a page", f"{hour * e.page_megabytes:.0f} MB/s"),
        ("a whole day read by 4 cores", f"{pages / (4 * speed * e.efficiency) / 3600:.1f} h"),
        ("one congress read by one core", f"{pages / congresses / speed:.0f} s"),
    ]


def table(speed: float) -> str:
    """The plan as a table of markdown."""
    lines = ["| | |", "|---|---:|", *(f"| {words} | {figure} |" for words, figure in rows(speed))]
    return "\n".join(lines)


def put(page: str, speed: float) -> str:
    """The page with the plan in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(speed)}\n{END}{after}"


def main() -> int:
    """Print, or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("speed", type=float, help="pages a second and core")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    print(table(options.speed))
    if options.write:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), options.speed), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
