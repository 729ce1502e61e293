"""The names and the manifest of a sealed package. Who writes the zip is `counts`; docs/dev/ledger.md has the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daihoi.interchange.record_file import sha256
from daihoi.ledger import canonical

FORMAT = "daihoi-package/1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
PUBLIC_KEY = "public-key.pem"
RECORD = "record.json"
LEDGER = "ledger.jsonl"
ELECTION = "election.toml"
MINUTES = ("bien-ban-kiem-phieu.docx", "bien-ban-kiem-phieu.pdf")
SIGNED_MINUTES = "bien-ban-kiem-phieu-da-ky.pdf"
"""The second of them with signatures by key behind it; there only where somebody signed so."""

ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The date of every member: a zip carries no date before it, and a package no other time than those of human acts."""


@dataclass(frozen=True)
class MemberRef:
    """A file by digest and length, so that it need not be held in memory."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class DetachedImages:
    """The second zip of --without-images: its file name, its own digest and length, and the images within."""

    file: str
    sha256: str
    bytes: int
    members: Mapping[str, MemberRef]


def member(data: bytes) -> MemberRef:
    """Digest and length of a member."""
    return MemberRef(sha256(data), len(data))


def build_manifest(
    *, record_digest: str, members: Mapping[str, MemberRef], detached: DetachedImages | None = None
) -> bytes:
    """The bytes of manifest.json, over which manifest.sig is signed: canonical JSON and a line feed.

    `members` are all members of the zip but manifest.json and manifest.sig, by name with / between folders.
    """
    manifest: dict[str, object] = {
        "format": FORMAT,
        "digest": record_digest,
        "files": _table(members),
    }
    if detached is not None:
        manifest["detached"] = {
            "file": detached.file,
            "sha256": detached.sha256,
            "bytes": detached.bytes,
            "files": _table(detached.members),
        }
    return canonical.line(manifest)


def images_zip_name(package: str) -> str:
    """The name of the second zip beside a package: PACKAGE.zip -> PACKAGE-images.zip."""
    stem = package[: -len(".zip")] if package.lower().endswith(".zip") else package
    return f"{stem}-images.zip"


def _table(members: Mapping[str, MemberRef]) -> dict[str, object]:
    return {name: {"sha256": ref.sha256, "bytes": ref.bytes} for name, ref in members.items()}
