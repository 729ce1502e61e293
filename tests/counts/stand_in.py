"""Scans that are JSON and a reader that believes them: the COUNT folder without pictures.

A page is `{"page": 1, "marks": {"c01": "struck"}, ...}`; what it does not say of a candidate is kept on a strike form
and agree on the other. `doubt` names candidates with the mark proposed, `foreign` grounds, `refuse` a reason, `hand`
whose hand marked it, `slip` the text of a separator slip.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from daihoi.counts.count import Counted, count
from daihoi.counts.deciding import decide
from daihoi.counts.pool import PageTask
from daihoi.counts.scan_reader import Scanner
from daihoi.interchange import review_file
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.interchange.terms import ReviewRow
from daihoi.ledger import chain
from daihoi.ledger.chain import Entry
from daihoi.reading.terms import RefusalReason
from tests.counts.believer import END, HEAD, Believer, FramedBeliever

NOW = datetime(2025, 6, 11, 8, 30, tzinfo=UTC)
CONTEST = "bch"
NAMES = ("Lò Văn An", "Vàng A Bình", "Nguyễn Thị Cúc", "Lường Văn Dũng", "Trần Đức Hà", "Hoàng Thị Lan")


def election_text(
    *,
    candidates: int = 4,
    seats: int = 3,
    collected: int = 3,
    issued: int | None = None,
    contest: str = "",
    tail: str = "",
    office: str = "committee",
    roll: str = "[roll]\nsummoned = 60\npresent = 60",
    figures: str | None = None,
) -> str:
    """ELECTION.toml of a small congress with one contest; `contest` are more lines of it, `tail` more tables."""
    given = collected if issued is None else issued
    people = "\n".join(
        f'[[contests.candidates]]\nid = "c{number:02d}"\nname = "{_name(number)}"\nsource = "prepared"'
        for number in range(1, candidates + 1)
    )
    ballots = f"[contests.ballots]\nprinted = 60\nissued = {given}\ncollected = {collected}\nunused = {60 - given}"
    return f"""
[congress]
title = "Đại hội đại biểu Đảng bộ xã Nà Lương"
organisation = "Đảng bộ xã Nà Lương"
superior = "Huyện ủy Nà Lương"
place = "Nà Lương"
opens = 2025-06-10
closes = 2025-06-11
form = "delegates"
{roll}
[[contests]]
id = "{CONTEST}"
office = "{office}"
title = "Ban Chấp hành"
seats = {seats}
{contest}
{people}
{ballots if figures is None else figures}
{tail}
"""


def _name(number: int) -> str:
    again = (number - 1) // len(NAMES)
    return NAMES[(number - 1) % len(NAMES)] + (f" {chr(64 + again)}" if again else "")


def write_election(folder: Path, text: str | None = None) -> Path:
    """The election file with its form secret beside it."""
    path = folder / "e.toml"
    path.write_text(text or election_text(), encoding="utf-8")
    read_or_make_secret(path)
    return path


def scan(*, page: int = 1, **said: object) -> bytes:
    """The bytes of one page. Pages with equal bytes are equal files."""
    return json.dumps({"page": page, **said}).encode()


def refused(reason: RefusalReason = RefusalReason.CORNERS_NOT_FOUND, *, salt: int = 0) -> bytes:
    """A page that the reader refuses."""
    return scan(refuse=reason.value, salt=salt)


def ballot(number: int, **said: object) -> bytes:
    """A valid ballot that differs from every other: the last candidate struck."""
    return scan(marks={"c04": "struck"}, salt=number, **said)


def framed(number: int, **said: object) -> bytes:
    """A ballot with the beginning and the end of a JPEG."""
    return HEAD + ballot(number, **said) + END


def write_scans(folder: Path, pages: Mapping[str, bytes] | Iterable[bytes]) -> Path:
    """Pages as files; without names they are called 1.jpg, 2.jpg, ..."""
    named = pages if isinstance(pages, Mapping) else {f"{k}.jpg": page for k, page in enumerate(pages, 1)}
    for name, data in named.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def always_same(one: PageTask, other: PageTask) -> bool:
    """Equal fingerprints are equal pixels here."""
    return True


STAND_IN = Scanner(Believer, always_same)
FRAMED = Scanner(FramedBeliever, always_same)
"""The same where a scan must begin and end as a JPEG does; while no end was seen, nothing is taken."""


def run(election: Path, scans: Path, out: Path, *, workers: int = 1, rehearsal: bool = False) -> Counted:
    """`daihoi count` with the stand-in for the reader."""
    return count(election, CONTEST, scans=scans, out=out, workers=workers, rehearsal=rehearsal, scanner=STAND_IN)


def counted_folder(folder: Path, pages: Iterable[bytes], text: str | None = None) -> Path:
    """A COUNT of these pages; `collected` is set to their number unless the text of the election is given."""
    listed = list(pages)
    election = write_election(folder, text or election_text(collected=len(listed)))
    scans = write_scans(folder / "scans", listed)
    scans.mkdir(exist_ok=True)
    run(election, scans, folder / "COUNT")
    return folder / "COUNT"


def answer(count_folder: Path, decisions: Mapping[tuple[str, str], str], *, by: str = "Lò Văn An") -> Counted:
    """`daihoi decide` with these answers by (ballot, candidate)."""
    rows = [ReviewRow(ballot, candidate, "", "", word) for (ballot, candidate), word in decisions.items()]
    path = count_folder.parent / "answers.csv"
    path.write_bytes(review_file.dump(rows))
    return decide(count_folder, path, by=by, now=NOW)


def rows_of(count_folder: Path) -> dict[tuple[str, str], ReviewRow]:
    """review.csv by (ballot, candidate)."""
    rows = review_file.parse((count_folder / "review.csv").read_bytes(), "review.csv")
    return {(row.ballot, row.candidate): row for row in rows}


def lines_of(path: Path) -> list[dict[str, object]]:
    """A file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def events_of(count_folder: Path) -> tuple[Entry, ...]:
    """The ledger."""
    return chain.parse((count_folder / "ledger.jsonl").read_bytes()).entries


def outputs_of(count_folder: Path) -> dict[str, bytes]:
    """Every file of a count by name, but for what people write."""
    return {
        path.relative_to(count_folder).as_posix(): path.read_bytes()
        for path in sorted(count_folder.rglob("*"))
        if path.is_file()
    }
