"""A sealed package made by hand from marks: what `counts` would write, without scanning anything.

The engine's own rules make the result here, so that every verification in these tests is a comparison of two recounts.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from daihoi.interchange import (
    ballot_lines,
    cvr,
    package_file,
    record_file,
    refused_lines,
    result_file,
    review_file,
)
from daihoi.interchange.election_file import load_election
from daihoi.interchange.terms import (
    BallotLine,
    CheckLine,
    PageRef,
    RefusedLine,
    ResultDocument,
    ReviewRow,
    TallyLine,
    TieLine,
)
from daihoi.ledger import chain, signatures
from daihoi.rules.ballot import Classified, ballot_form, classify, most_names
from daihoi.rules.base import worksheet
from daihoi.rules.outcome import outcome
from daihoi.rules.reconciliation import ReconciliationInput, failed, reconcile
from daihoi.rules.settings import settings_from
from daihoi.rules.tally import tally
from daihoi.rules.terms import CandidateId, InvalidGround, Mark, ResultStatus

NOW = "2025-05-20T16:40:00+07:00"
BOARD = "Lò Văn Sơn"
SOFTWARE = "daihoi 0.1.0"
PRIVATE, PUBLIC = signatures.new_key()
OTHER_PRIVATE, OTHER_PUBLIC = signatures.new_key()


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def election_toml(
    *,
    candidates: int = 4,
    seats: int = 3,
    office: str = "secretary",
    summoned: int = 12,
    deducted: int = 2,
    collected: int = 3,
    extra: str = "",
    rules: str = "",
) -> bytes:
    """An election file with one contest `bch`; issued and printed follow from what was collected."""
    people = "".join(
        f'[[contests.candidates]]\nid = "c{number:02d}"\nname = "Nguyễn Thị Số {number}"\n'
        for number in range(1, candidates + 1)
    )
    return f"""
[congress]
title = "Đại hội đại biểu lần thứ XXIII"
organisation = "Đảng bộ huyện Nà Lương"
superior = "Tỉnh ủy Thanh Giang"
place = "Nà Lương"
opens = 2025-05-19
closes = 2025-05-20
form = "delegates"
[roll]
summoned = {summoned}
present = {summoned - deducted}
[[roll.deductions]]
ground = "convening_member_absent_throughout"
count = {deducted}
[rules]
{rules}
[[contests]]
id = "bch"
office = "{office}"
title = "Bầu Ban Chấp hành"
seats = {seats}
{extra}
[contests.ballots]
printed = {collected + 2}
issued = {collected}
collected = {collected}
unused = 2
{people}
""".encode()


@dataclass(frozen=True)
class Scan:
    """One scanned page: marks by candidate, or a reason of refusal; side from 1."""

    marks: Mapping[str, str] = field(default_factory=dict)
    side: int = 1
    foreign: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Paper:
    """A ballot as the counting program would write it: its scans by number, marks that count, the board's answer."""

    scans: tuple[int, ...]
    marks: Mapping[str, str]
    observed: tuple[str, ...] = ()
    answer: str = ""
    number: int = 0


Decision = tuple[str, str, str]
"""Ballot or page, candidate or empty, answer."""


@dataclass
class Case:
    """All that goes into a package; every field may be bent before `write`."""

    election: bytes
    scans: Sequence[Scan]
    papers: Sequence[Paper]
    decisions: Sequence[Decision] = ()
    sides: int = 1
    detached: bool = False
    rehearsal: bool = False
    rows: Sequence[ReviewRow] | None = None
    refused: Sequence[RefusedLine] = ()

    def image(self, number: int) -> bytes:
        return b"\xff\xd8 scan " + str(number).encode() * 50

    def name(self, number: int) -> str:
        return f"pile/scan-{number:03d}.jpg"


def case(marks: Iterable[Mapping[str, str]], **options: object) -> Case:
    """A case of one-sided ballots with clear marks."""
    ballots = [dict(one) for one in marks]
    options.setdefault("candidates", len(ballots[0]))
    election = election_toml(collected=len(ballots), **options)  # type: ignore[arg-type]
    scans = [Scan(one) for one in ballots]
    return Case(election, scans, [Paper((place,), one) for place, one in enumerate(ballots)])


def strike(*kept: int, of: int = 4) -> dict[str, str]:
    """Marks of a strike ballot on which these numbers are left standing."""
    return {f"c{number:02d}": "kept" if number in kept else "struck" for number in range(1, of + 1)}


def plain() -> Case:
    """Three ballots, four names for three seats: a valid one, an over-vote, a doubtful mark that the board decided."""
    doubtful = strike(1, 3) | {"c02": "doubtful"}
    built = case([strike(1, 2), strike(1, 2, 3, 4), doubtful])
    return replace(
        built,
        papers=[*built.papers[:2], Paper((2,), strike(1, 2, 3))],
        decisions=[("b0003", "c02", "kept")],
    )


def ledger_of(built: Case, sheet: bytes) -> list[chain.Entry]:
    """The events of a count: opening, images, pages, decisions."""
    entries: list[chain.Entry] = []

    def add(kind: str, facts: Mapping[str, object], *, human: bool = False) -> None:
        last = entries[-1] if entries else None
        at, by = (NOW, BOARD) if human else (None, None)
        entries.append(chain.entry_after(last, kind, facts, at, by))

    add(
        "count.opened",
        {
            "contest": "bch",
            "rehearsal": built.rehearsal,
            "election_sha256": sha(built.election),
            "sheet_sha256": sha(sheet),
            "software": SOFTWARE,
        },
    )
    for number in range(len(built.scans)):
        data = built.image(number)
        facts = {"file": built.name(number), "stored": stored(number), "sha256": sha(data), "bytes": len(data)}
        add("image.taken", facts | {"pages": 1})
    for number, scan in enumerate(built.scans):
        place: dict[str, object] = {"file": built.name(number), "index": 0}
        if scan.refused:
            add("page.refused", place | {"reason": scan.refused, "found": "", "expected": ""})
            continue
        doubtful = [candidate for candidate, mark in scan.marks.items() if mark == "doubtful"]
        facts_read: dict[str, object] = {
            "page": scan.side,
            "marks": scan.marks,
            "proposals": dict.fromkeys(doubtful, "struck"),
            "doubts": {candidate: ["faint"] for candidate in doubtful},
            "foreign": [{"ground": ground, "box": [0, 0, 100, 100]} for ground in scan.foreign],
            "turn": 0,
            "dpi_milli": 200_000,
        }
        add("page.read", place | facts_read)
    for ballot, candidate, answer in built.decisions:
        facts = {"ballot": ballot, "candidate": candidate, "reason": "faint", "proposal": "struck"}
        add("decision.made", facts | {"decision": answer}, human=True)
    return entries


def stored(number: int) -> str:
    return f"images/{number + 1:05d}.jpg"


def judged(built: Case) -> tuple[list[BallotLine], list[Classified]]:
    """Lines of ballots.jsonl by the engine's rules."""
    election = load_election(built.election, "election.toml")
    contest = election.contests[0]
    settings = settings_from(election.settings)
    lines, all_classified = [], []
    for place, paper in enumerate(built.papers, 1):
        marks = {CandidateId(candidate): Mark(mark) for candidate, mark in paper.marks.items()}
        answer = paper.answer if paper.answer in ("", "valid") else InvalidGround(paper.answer)
        classified = classify(
            marks,
            contest=contest,
            observed=[InvalidGround(ground) for ground in paper.observed],
            decision=answer or None,  # type: ignore[arg-type]
            settings=settings,
        )
        pages = tuple(PageRef(built.name(scan), 0, sha(built.image(scan))) for scan in paper.scans)
        name = f"b{paper.number or place:04d}"
        grounds = classified.observed if classified.awaiting_ballot else classified.grounds
        votes = tuple(str(vote) for vote in classified.votes)
        lines.append(BallotLine(name, {str(one): mark for one, mark in marks.items()}, pages, classified.standing,
                                grounds, votes))  # fmt: skip
        all_classified.append(classified)
    return lines, all_classified


def result_of(built: Case, ballots: Sequence[Classified]) -> ResultDocument:
    """result.json by the engine's rules."""
    election = load_election(built.election, "election.toml")
    contest = election.contests[0]
    settings = settings_from(election.settings)
    assert election.roll is not None
    assert contest.figures is not None
    base = worksheet(election.congress.form, election.roll, settings=settings).base
    counted = tally(ballots, contest)
    come = outcome(contest, counted.votes, base, settings=settings)
    figures = contest.figures
    checks = reconcile(
        ReconciliationInput(
            present=election.roll.present,
            printed=figures.printed,
            issued=figures.issued,
            collected=figures.collected,
            seats=most_names(contest, settings),
            valid=counted.valid,
            invalid=counted.invalid,
            votes=counted.votes,
            scanned=counted.ballots,
            spoiled=figures.spoiled or 0,
            unused=figures.unused,
            undecided=counted.undecided,
        )
    )
    status = ResultStatus.AWAITING_DECISIONS if counted.undecided else ResultStatus.FINAL
    if failed(checks):
        status = ResultStatus.STOPPED
    return ResultDocument(
        contest="bch",
        status=status,
        base=base,
        issued=figures.issued,
        collected=figures.collected,
        valid=counted.valid,
        invalid=counted.invalid,
        invalid_by_ground=counted.invalid_by_ground,
        tally=tuple(TallyLine(one, counted.votes[one], come.by_candidate[one]) for one in counted.votes),
        elected=come.elected,
        alternates=come.alternates,
        ties=tuple(TieLine(tie.candidates, tie.seats) for tie in come.ties),
        shortfall=come.shortfall,
        reconciliation=tuple(CheckLine(check.check, check.holds, check.detail) for check in checks),
    )


def sheet_json(built: Case) -> bytes:
    """A sheet that asks about every candidate; fractions, as a real one has."""
    election = load_election(built.election, "election.toml")
    names = [candidate.id for candidate in election.contests[0].candidates]
    half = (len(names) + built.sides - 1) // built.sides
    targets = [{"candidate": name, "kind": "name", "box_mm": [20.5, 60.25, 80, 5]} for name in names]
    pages = [{"targets": targets[at : at + half]} for at in range(0, half * built.sides, half)]
    return json.dumps({"page_mm": [210, 297], "stamp_mm": [14, 10, 42, 42], "pages": pages}, indent=1).encode()


def fingerprint(public_pem: bytes) -> str:
    key = serialization.load_pem_public_key(public_pem)
    return sha(key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))


def members_of(built: Case, public: bytes = PUBLIC) -> dict[str, bytes]:
    """Every member but the manifest and its signature."""
    election = load_election(built.election, "election.toml")
    contest = election.contests[0]
    sheet = sheet_json(built)
    lines, classified = judged(built)
    entries = ledger_of(built, sheet)
    answers = {(ballot, candidate): answer for ballot, candidate, answer in built.decisions}
    rows = built.rows
    if rows is None:
        rows = [ReviewRow(*place, "faint", "struck", answer) for place, answer in answers.items()]
    files = {
        "election.toml": built.election,
        "sheet.json": sheet,
        "ballots.jsonl": ballot_lines.dump(lines),
        "refused.jsonl": refused_lines.dump(built.refused),
        "review.csv": review_file.dump(rows),
        "result.json": result_file.dump(result_of(built, classified)),
        "cvr.json": cvr.build(election, contest, lines, form=ballot_form(contest), software=SOFTWARE),
    }
    images = {stored(number): built.image(number) for number in range(len(built.scans))}
    record = record_file.build(
        contest="bch",
        software=SOFTWARE,
        settings=vars(settings_from(election.settings)),
        images=[
            record_file.ImageRef(built.name(number), stored(number), sha(data), len(data))
            for number, data in enumerate(images.values())
        ],
        files=files,
        ledger=record_file.LedgerHead(len(entries), entries[-1].hash),
    )
    docx, pdf = b"PK minutes", b"%PDF minutes"
    minutes = {"docx_sha256": sha(docx), "pdf_sha256": sha(pdf), "digest": sha(record)}
    entries.append(chain.entry_after(entries[-1], "minutes.written", minutes, NOW, BOARD))
    seal = {"digest": sha(record), "public_key_sha256": fingerprint(public), "images": not built.detached}
    entries.append(chain.entry_after(entries[-1], "package.sealed", seal, NOW, BOARD))
    return {
        **files,
        **images,
        "record.json": record,
        "ledger.jsonl": chain.dump(entries),
        "public-key.pem": public,
        "bien-ban-kiem-phieu.docx": docx,
        "bien-ban-kiem-phieu.pdf": pdf,
    }


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """A zip as `seal` writes it: sorted, stored, no time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, package_file.ZIP_MOMENT), members[name])
    return held.getvalue()


def sealed(
    members: Mapping[str, bytes], *, detached: Mapping[str, bytes] | None = None, key: bytes = PRIVATE
) -> dict[str, bytes]:
    """The members with a manifest of them and its signature."""
    second = None
    if detached:
        data = zip_of(detached)
        second = package_file.DetachedImages(
            "package-images.zip", sha(data), len(data),
            {name: package_file.member(held) for name, held in detached.items()},
        )  # fmt: skip
    manifest = package_file.build_manifest(
        record_digest=sha(members["record.json"]),
        members={name: package_file.member(held) for name, held in members.items()},
        detached=second,
    )
    return {**members, "manifest.json": manifest, "manifest.sig": signatures.sign(key, None, manifest)}


def write(built: Case, folder: Path) -> Path:
    """The package on disk (and its second zip, where images are detached)."""
    members = members_of(built)
    path = folder / "package.zip"
    if not built.detached:
        path.write_bytes(zip_of(sealed(members)))
        return path
    images = {name: data for name, data in members.items() if name.startswith("images/")}
    rest = {name: data for name, data in members.items() if name not in images}
    path.write_bytes(zip_of(sealed(rest, detached=images)))
    (folder / "package-images.zip").write_bytes(zip_of(images))
    return path


def digest_of(built: Case) -> str:
    """What stands under the minutes."""
    return record_file.digest_of(members_of(built)["record.json"])
