"""The fictional committee that the benches elect: its election as a file or as data, and a folder of scans."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.interchange.terms import Election
from daihoi.papers.ballots import prepare
from daihoi.papers.render import rasters
from daihoi.rules.terms import Contest
from daihoi.simulation.encode import files_of
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import draw_sheet
from daihoi.simulation.terms import Format

CONTEST = "bch"
DRAW_DPI, SCAN_DPI = 300, 200
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Lò", "Giàng", "Quàng", "Hà")
MIDDLE = ("Văn", "Thị", "Hữu", "Thị Minh", "A", "Đức", "Thị Bích")
GIVEN = ("An", "Bình", "Dũng", "Hạnh", "Khánh", "Lan", "Mạnh", "Ngọc", "Phượng", "Quỳnh", "Yến")
HEAD = """\
[congress]
title = "Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXIII"
organisation = "Đảng bộ huyện Nà Lương"
superior = "Đảng bộ tỉnh Thanh Giang"
place = "Nà Lương"
opens = 2025-07-01
closes = 2025-07-02
form = "delegates"

[roll]
summoned = {ballots}
present = {ballots}

[[contests]]
id = "{contest}"
office = "committee"
title = "Ban Chấp hành Đảng bộ huyện"
seats = {seats}

[contests.ballots]
printed = {ballots}
issued = {ballots}
collected = {ballots}
spoiled = 0
unused = 0
"""
CANDIDATE = """
[[contests.candidates]]
id = "c{number:03d}"
name = "{name}"
source = "prepared"
"""


def names_of(count: int) -> list[str]:
    """So many Vietnamese names; the first 770 differ."""
    return [f"{FAMILY[k % 10]} {MIDDLE[k * 3 % 7]} {GIVEN[k * 5 % 11]}" for k in range(count)]


def election_text(names: Iterable[str], seats: int, ballots: int, contest: str = CONTEST) -> str:
    """The election file; candidates are c001, c002 and so on."""
    listed = (CANDIDATE.format(number=number, name=name) for number, name in enumerate(names, start=1))
    return HEAD.format(seats=seats, ballots=ballots, contest=contest) + "".join(listed)


def election_of(names: Iterable[str], seats: int, contest: str = CONTEST) -> tuple[Election, Contest]:
    """The same as data, where nobody counts the papers."""
    election = load_election(election_text(names, seats, 1, contest).encode(), "election.toml")
    return election, election.contests[0]


def mostly(names: int) -> int:
    """Seats for so many names: some are struck on every ballot."""
    return round(names * 0.85)


def write_folder(root: Path, names: int, ballots: int) -> int:
    """election.toml and the folder scans below `root`, as the office scanner gives them; how many pages."""
    path = root / "election.toml"
    path.write_text(election_text(names_of(names), mostly(names), ballots), encoding="utf-8")
    election = load_election(path.read_bytes(), path.name)
    contest = election.contests[0]
    prepared = prepare(election, contest, secret=read_or_make_secret(path), rehearsal=False)
    order = Order(contest.seats, ballots, 7, "office", SCAN_DPI)
    job = job_of(prepared.plan, rasters(prepared.pdf, DRAW_DPI), DRAW_DPI, order)
    scans = root / "scans"
    scans.mkdir()
    for number in range(1, ballots + 1):
        for name, data in files_of(draw_sheet(job, number).pages, f"{number:04d}", Format.JPEG):
            (scans / name).write_bytes(data)
    return ballots * len(prepared.plan.pages)
