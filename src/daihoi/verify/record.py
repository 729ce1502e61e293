"""record.json against the manifest, the images and the ledger: what the digest of the count stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from daihoi.verify.chain import AFTER_RECORD, SAMPLE, Ledger
from daihoi.verify.keyed import KeyedHistory
from daihoi.verify.manifest import Listed, Manifest
from daihoi.verify.node import Node, parse_file, shown
from daihoi.verify.sheets import History, Image
from daihoi.verify.terms import (
    COUNTED,
    COUNTED_KEYED,
    ELECTION,
    LEDGER,
    MINUTES,
    RECORD,
    SHEET,
    SIGNED_MINUTES,
    Finding,
)

FORMAT = "daihoi-record/1"


@dataclass(frozen=True)
class Record:
    """What record.json says."""

    contest: str
    settings: Node
    images: tuple[Image, ...]
    files: Mapping[str, str]
    events: int
    head: str
    readers: list[object] = field(default_factory=list)
    keyed: bool = False
    """Whether it says that people keyed the papers."""


def read_record(data: bytes) -> Record:
    """The record in these bytes. Raises MalformedError."""
    top = parse_file(data, RECORD)
    if (form := top["format"]).text() != FORMAT:
        raise form.malformed(FORMAT)
    images = tuple(
        Image(one["file"].text(), one["stored"].text(), one["sha256"].sha256(), one["bytes"].whole(), 0)
        for one in top["images"].list()
    )
    ledger = top["ledger"]
    return Record(
        contest=top["contest"].text(),
        settings=top["settings"],
        images=images,
        files={name: held.sha256() for name, held in top["files"].items()},
        events=ledger["events"].whole(),
        head=ledger["head"].sha256(),
        readers=[one.value for one in top["readers"].list()] if "readers" in top else [],
        keyed="way" in top and top["way"].text() == "keyed",
    )


def check_record(record: Record, manifest: Manifest) -> list[Finding]:
    """Each file and image that the record names, against what the manifest says of it."""
    wanted = COUNTED_KEYED if record.keyed else COUNTED
    found = [Finding("verify.record_lacks", RECORD, name) for name in wanted if name not in record.files]
    for name, digest in record.files.items():
        found += _same(name, digest, manifest.files.get(name))
    # Only images can lie in the second zip; everything else must be at hand for the recount.
    images = manifest.detached.files if manifest.detached else manifest.files
    for image in record.images:
        listed = images.get(image.stored)
        found += _same(image.stored, image.sha256, listed)
        if listed and listed.bytes != image.bytes:
            found.append(Finding("verify.record_differs", image.stored, str(image.bytes), str(listed.bytes)))
    known = {image.stored for image in record.images}
    extra = sorted(name for name in images if name.startswith("images/") and name not in known)
    return found + [Finding("verify.image_unknown", name) for name in extra]


def _same(name: str, digest: str, listed: Listed | None) -> list[Finding]:
    if listed is None:
        return [Finding("verify.missing", name, digest)]
    return [] if listed.sha256 == digest else [Finding("verify.record_differs", name, digest, listed.sha256)]


def check_head(record: Record, ledger: Ledger) -> list[Finding]:
    """Whether the ledger, as far as the record reaches, ends where the record says; and nothing that counts follows."""
    if not 0 < record.events <= len(ledger.events):
        return [Finding("verify.ledger_short", LEDGER, str(record.events), str(len(ledger.events)))]
    found = []
    if (head := ledger.hashes[record.events - 1]) != record.head:
        found.append(Finding("verify.ledger_head", LEDGER, record.head, head))
    for event in ledger.events[record.events :]:
        if event.kind not in AFTER_RECORD:
            member = f"{LEDGER}:{event.number + 1}"
            found.append(Finding("verify.event_after_record", member, ", ".join(sorted(AFTER_RECORD)), event.kind))
    return found


def check_keyed(record: Record, history: KeyedHistory) -> list[Finding]:
    """What the events of a keyed count say of it, against what the record says."""
    found = []
    if history.contest != record.contest:
        found.append(Finding("verify.record_differs", RECORD, history.contest, record.contest))
    if record.files.get(ELECTION, history.election_sha256) != history.election_sha256:
        found.append(Finding("verify.record_differs", ELECTION, history.election_sha256, record.files[ELECTION]))
    # A scan that nobody keyed from would stand in the package as if it had been counted.
    return found + [Finding("verify.image_differs", image.stored, image.file) for image in record.images]


def check_history(record: Record, history: History) -> list[Finding]:
    """What the events say was taken and counted, against what the record says."""
    found = []
    if history.contest != record.contest:
        found.append(Finding("verify.record_differs", RECORD, history.contest, record.contest))
    for name, digest in ((ELECTION, history.election_sha256), (SHEET, history.sheet_sha256)):
        if name in record.files and record.files[name] != digest:
            found.append(Finding("verify.record_differs", name, digest, record.files[name]))
    if history.readers != record.readers:
        found.append(
            Finding("verify.record_differs", f"{RECORD} readers", shown(history.readers), shown(record.readers))
        )
    # Both ways: an image that was counted and is not in the record, and one in the record that was never counted.
    taken = {(one.file, one.stored, one.sha256, one.bytes) for one in history.images.values()}
    named = {(one.file, one.stored, one.sha256, one.bytes) for one in record.images}
    for file, stored, *_ in sorted(taken ^ named):
        found.append(Finding("verify.image_differs", stored, file))
    return found


def check_papers(record: Record, ledger: Ledger, manifest: Manifest, signer: str) -> list[Finding]:
    """The minutes and the seal in the ledger, against the minutes and the key in the package and its digest.

    `signer` is the fingerprint of the key in the package.
    """
    found = []
    # What was written before the last event that counts speaks of another digest and is history.
    last = {event.kind: event.facts for event in ledger.events[record.events :] if event.kind in AFTER_RECORD - SAMPLE}
    if "minutes.written" not in last:
        found.append(Finding("verify.no_minutes", LEDGER, "minutes.written"))
    else:
        for name, key in zip(MINUTES, ("docx_sha256", "pdf_sha256"), strict=True):
            found += _same(name, last["minutes.written"][key].sha256(), manifest.files.get(name))
    # Minutes that were written anew afterwards are others than those that were signed.
    papers = [event for event in ledger.events[record.events :] if event.kind in {"minutes.written", "minutes.signed"}]
    if papers and papers[-1].kind == "minutes.signed":
        found += _same(SIGNED_MINUTES, papers[-1].facts["pdf_sha256"].sha256(), manifest.files.get(SIGNED_MINUTES))
    if "package.sealed" in last and (key := last["package.sealed"]["public_key_sha256"].sha256()) != signer:
        found.append(Finding("verify.sealed_by_another", f"{LEDGER} package.sealed", key, signer))
    for kind, facts in last.items():
        if (written := facts["digest"].sha256()) != manifest.digest:
            found.append(Finding("verify.ledger_digest", f"{LEDGER} {kind}", manifest.digest, written))
    return found
