"""What a package says: verified first, then read, as plain values that a row can keep.

Only of a package in which nothing was found wrong anything is read: its result is then the one that a recount gave.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from daihoi.interchange.election_file import load_election
from daihoi.interchange.errors import InterchangeError
from daihoi.interchange.terms import Election
from daihoi.rules.names import fold_search
from daihoi.rules.terms import Candidate, Contest, RoundKind
from daihoi.verify import manifest as manifests
from daihoi.verify.archive import Archive
from daihoi.verify.package import verify_package
from daihoi.verify.terms import ELECTION, MANIFEST, RECORD, RESULT
from daihoi.web.lists.fields import nfc
from daihoi.words.shown import shown

MOST_UNPACKED = 8 * 1024**3
"""Bytes that a package may unpack to here; 2,000 scans at 300 dpi are a quarter of it."""
MOST_FINDINGS = 50
"""Of a package with thousands of faults the first ones tell enough."""
LONGEST = 300


def checked(path: Path) -> dict[str, Any]:
    """What the verifier found and what a sound package says: {report, says, digest, scans_sha256, scans_name}.

    The digest on paper is not asked for here: it is compared with `digest` once somebody has typed it.
    """
    began = perf_counter()
    unpacked = _unpacked(path)
    if unpacked > MOST_UNPACKED:
        fields = {"member": path.name, "expected": str(MOST_UNPACKED), "found": str(unpacked)}
        return {"report": {"findings": [("verify.too_large", fields)], "passed": []}}
    report = verify_package(path)
    findings: list[tuple[str, dict[str, str]]] = [
        (one.code, {"member": one.member, "expected": one.expected, "found": one.found})
        for one in report.findings[:MOST_FINDINGS]
    ]
    told: dict[str, Any] = {}
    seen = report.shown
    # Of a rehearsal, and of a count that had not come to its end, nothing is read that somebody could be elected by.
    if report.sound and not seen.rehearsal and seen.status == "final":
        try:
            told = _told(path)
            if seen.sample is not None:
                told["says"]["sample"] = asdict(seen.sample) | {"seed": _text(seen.sample.seed)}
            if seen.samples_not_checked:
                told["says"]["samples_not_checked"] = seen.samples_not_checked
        except InterchangeError as refused:
            # Sound, and of another version of this program than ours can read.
            findings.append((refused.code, {name: str(value) for name, value in refused.fields.items()}))
    told["report"] = {
        "findings": [
            (code, {name: shown(value)[:LONGEST] for name, value in fields.items()}) for code, fields in findings
        ],
        "passed": [check.value for check in report.passed],
        "status": seen.status,
        "rehearsal": seen.rehearsal,
        "images": seen.images,
        "signer": seen.signer,
        "seconds": round(perf_counter() - began, 2),
    }
    return told


def _unpacked(path: Path) -> int:
    """Bytes that the zip claims to hold; a file that is none claims nothing, and the verifier says that it is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            return sum(info.file_size for info in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def _told(path: Path) -> dict[str, Any]:
    """Of a sound package. Raises InterchangeError where its election file is none that this version reads."""
    with Archive(path, path.name) as archive:
        record = archive.read(RECORD)
        detached = manifests.read_manifest(archive.read(MANIFEST)).detached
        election = load_election(archive.read(ELECTION), ELECTION)
        result = json.loads(archive.read(RESULT))
    # The one that was counted: an election file of the command line may hold several.
    counted = json.loads(record)
    contest = election.contest(counted["contest"])
    return {
        "digest": hashlib.sha256(record).hexdigest(),
        "scans_sha256": detached.whole.sha256 if detached else "",
        "scans_name": detached.file[:200] if detached else "",
        "says": {
            **_of_congress(election),
            **_of_contest(contest),
            **_of_result(election, contest, result),
            "way": counted.get("way", ""),
        },
    }


def _of_congress(election: Election) -> dict[str, Any]:
    congress = election.congress
    return {
        "congress": _text(congress.title),
        "organisation": _text(congress.organisation),
        "superior": _text(congress.superior),
        "opens": congress.opens.isoformat(),
        "form": congress.form.value,
    }


def _of_contest(contest: Contest) -> dict[str, Any]:
    return {
        "contest": _text(contest.id)[:200],
        "office": contest.office.value,
        "title": _text(contest.title),
        "round": contest.round,
        "round_kind": contest.round_kind.value,
        "seats": contest.seats,
        "alternates": contest.alternates,
    }


def _of_result(election: Election, contest: Contest, result: dict[str, Any]) -> dict[str, Any]:
    names = _names(contest.candidates)
    again = contest.round_kind is RoundKind.TIE_REBALLOT
    plurality = again and election.settings.get("tie_reballot_plurality", True) is not False
    base = result["base"]
    lines = [
        {
            "name": names[line["candidate"]],
            "votes": line["votes"],
            "percent": line["percent_of_base"],
            "outcome": line["outcome"],
        }
        for line in result["tally"]
    ]
    return {
        "base": base,
        # More than half of the base; among the tied the highest vote may do. [190-QĐ/TW art. 30]
        "needed": None if plurality else base // 2 + 1,
        **{name: result[name] for name in ("issued", "collected", "valid", "invalid")},
        "lines": lines,
        "elected": len(result["elected"]),
        "open_seats": contest.seats - len(result["elected"]),
        "ties": [{"names": [names[one] for one in tie["candidates"]], "seats": tie["seats"]} for tie in result["ties"]],
    }


def _names(candidates: tuple[Candidate, ...]) -> dict[str, str]:
    """Names by candidate; of namesakes with the year of birth, and no other datum of anybody."""
    alike = Counter(one.name for one in candidates)
    return {
        one.id: f"{_text(one.name)} ({one.born.year})" if alike[one.name] > 1 and one.born else _text(one.name)
        for one in candidates
    }


def _text(text: str) -> str:
    """As the house keeps text; what would turn a line about or hide in it is written out."""
    return shown(nfc(text))[:LONGEST]


def slot_of(says: dict[str, Any]) -> str:
    """Which contest and round a package is of, in 64 letters: two of one slot are results of the same vote.

    By day, office, round and title, not by the package's own name of it: a contest that was annulled and voted again
    has another name and is the same vote.
    """
    named = [says["opens"], says["office"], says["round"], says["round_kind"], fold_search(says["title"])]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()


def opens_of(says: dict[str, Any]) -> date:
    """The day on which its congress or meeting opened."""
    return date.fromisoformat(says["opens"])
