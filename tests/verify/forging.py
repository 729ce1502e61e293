"""What an owner of the key could do: bend anything and sign it again, so that only the recount can tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from daihoi.verify.node import canonical
from daihoi.verify.package import verify_package
from daihoi.verify.terms import Report
from tests.verify.packages import BOARD, NOW, sealed, sha, zip_of

Members = dict[str, bytes]
AFTER = ("minutes.written", "package.sealed")


def lines_of(members: Mapping[str, bytes]) -> list[dict[str, object]]:
    """The entries of the ledger as they stand, up to the minutes."""
    held = [json.loads(line) for line in members["ledger.jsonl"].splitlines()]
    return [entry for entry in held if entry["kind"] not in AFTER]


def chained(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """The entries numbered and hashed anew, whatever they say."""
    prev, fresh = "0" * 64, []
    for number, entry in enumerate(entries):
        body = {key: value for key, value in entry.items() if key != "hash"} | {"seq": number, "prev": prev}
        prev = hashlib.sha256(canonical(body)).hexdigest()
        fresh.append({**body, "hash": prev})
    return fresh


def resign(members: Mapping[str, bytes], entries: list[dict[str, object]]) -> Members:
    """Record, minutes, manifest and signature over bent members and a ledger of these entries."""
    entries = chained(entries)
    record = json.loads(members["record.json"])
    record["files"] = {name: sha(members[name]) for name in record["files"]}
    record["ledger"] = {"events": len(entries), "head": entries[-1]["hash"]}
    record_bytes = canonical(record) + b"\n"
    minutes = {
        "docx_sha256": sha(members["bien-ban-kiem-phieu.docx"]),
        "pdf_sha256": sha(members["bien-ban-kiem-phieu.pdf"]),
        "digest": sha(record_bytes),
    }
    entries = chained([*entries, {"kind": "minutes.written", "facts": minutes, "at": NOW, "by": BOARD}])
    ledger = b"".join(canonical(entry) + b"\n" for entry in entries)
    return sealed({**members, "record.json": record_bytes, "ledger.jsonl": ledger})


def forge(folder: Path, members: Mapping[str, bytes], entries: list[dict[str, object]] | None = None) -> Report:
    """Verify a forged package."""
    path = folder / "package.zip"
    path.write_bytes(zip_of(resign(members, lines_of(members) if entries is None else entries)))
    return verify_package(path)
