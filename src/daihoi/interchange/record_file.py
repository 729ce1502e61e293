"""record.json: what a count rests on, by digest. Its SHA-256 is the digest of the count, printed under the minutes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daihoi.ledger import canonical

FORMAT = "daihoi-record/1"
KEYED = "keyed"


@dataclass(frozen=True)
class ImageRef:
    """One file of scans: its name under --scans, where its copy lies in the count, its digest and length."""

    file: str
    stored: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class LedgerHead:
    """The ledger as far as the result rests on it: the first `events` entries, the hash of the last of them."""

    events: int
    head: str


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def build(
    *,
    contest: str,
    software: str,
    settings: Mapping[str, bool | int | str],
    images: Iterable[ImageRef],
    files: Mapping[str, bytes],
    ledger: LedgerHead,
    readers: Iterable[Mapping[str, object]] = (),
    keyed: bool = False,
) -> bytes:
    """The bytes of record.json: canonical JSON and a line feed.

    `files` are the other files of the count by name, with / between folders: election.toml, sheet.json, ballots.jsonl,
    refused.jsonl, review.csv, result.json, cvr.json and each crop. `settings` are all settings as they held; `readers`
    the facts of each readers.named. `keyed`: people keyed the papers, and there are no sheet, scans and review.
    """
    read_by = [dict(one) for one in readers]
    return canonical.line(
        {
            **({"readers": read_by} if read_by else {}),
            **({"way": KEYED} if keyed else {}),
            "format": FORMAT,
            "contest": contest,
            "software": software,
            "settings": dict(settings),
            "images": [
                {"file": image.file, "stored": image.stored, "sha256": image.sha256, "bytes": image.bytes}
                # By place in the count and not by name: the order in which the pile was scanned.
                for image in sorted(images, key=lambda image: image.stored)
            ],
            "files": {name: sha256(data) for name, data in files.items()},
            "ledger": {"events": ledger.events, "head": ledger.head},
        }
    )


def digest_of(record: bytes) -> str:
    """The digest of the count: SHA-256 of the bytes of record.json."""
    return sha256(record)


def in_groups_of_four(digest: str) -> str:
    """The digest as people read it: sixteen groups of four."""
    return " ".join(re.findall(r".{1,4}", digest))
