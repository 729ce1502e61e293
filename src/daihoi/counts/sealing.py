"""`seal`: the record of a finished count and all that it names, packed with the minutes and signed.

The zip is written whole under another name, then the ledger says that it was sealed, then it gets its name: a package
that stands is one that the ledger speaks of.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import ELECTION, SHEET, CountFolder, open_folder
from daihoi.counts.disk import sync_folder, writing
from daihoi.counts.errors import ImageChanged, PackageExists
from daihoi.counts.facts import finished
from daihoi.counts.journal import LEDGER_NAME
from daihoi.counts.minutes import account, require_minutes, signed_minutes
from daihoi.counts.outputs import BALLOTS, CVR, RECORD, REFUSED, RESULT, REVIEW, Derived, crops_in
from daihoi.counts.taking import images_in
from daihoi.interchange.package_file import (
    MANIFEST,
    MINUTES,
    PUBLIC_KEY,
    SIGNATURE,
    SIGNED_MINUTES,
    ZIP_MOMENT,
    DetachedImages,
    MemberRef,
    build_manifest,
    images_zip_name,
    member,
)
from daihoi.ledger import chain
from daihoi.ledger.signatures import public_of, sign

_CHUNK = 1 << 20
_PEM_BODY = re.compile(r"-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", re.DOTALL)


@dataclass(frozen=True)
class Sealed:
    """Where the package lies, and with --without-images the second zip; the digest of the count."""

    package: Path
    images: Path | None
    digest: str


def seal(
    count: Path,
    *,
    key: bytes,
    passphrase: bytes | None,
    out: Path,
    without_images: bool = False,
    now: datetime,
    by: str = "",
) -> Sealed:
    """Pack and sign; `key` is a private key in PEM, `by` who seals (the account of this computer when empty).

    Raises PackageExists, NotFinal, AnswersNotAdopted, MinutesMissing, MinutesStale, SampleNotTold, SignedStands,
    SignedChanged, ImageChanged, WriteFailed, DiskFull, the errors of `open_folder` and of `ledger.signatures`.
    """
    # A wrong key or passphrase is told before the folder is even opened.
    public = public_of(key, passphrase)
    second = out.with_name(images_zip_name(out.name)) if without_images else None
    for path in (out, *([second] if second else [])):
        if path.exists():
            raise PackageExists(path=str(path))
    with open_folder(count) as folder:
        derived, digest = finished(folder)
        require_minutes(folder, digest)
        signed_minutes(folder)
        facts = {"digest": digest, "public_key_sha256": _fingerprint(public), "images": second is None}
        folder.journal.append("package.sealed", facts, at=now.isoformat(timespec="seconds"), by=by or account())
        images = _images(folder)
        members = _members(folder, derived, public)
        inside = {} if second else images
        detached = _write_images(second, images) if second else None
        manifest = build_manifest(record_digest=digest, members=_refs(members, inside), detached=detached)
        signed = {MANIFEST: manifest, SIGNATURE: sign(key, passphrase, manifest), **members}
        try:
            _write_zip(_passing(out), signed, inside)
            folder.journal.sync()
            for made in (second, out):
                if made is not None:
                    _give_name(made)
        finally:
            for made in (second, out):
                if made is not None:
                    _passing(made).unlink(missing_ok=True)
    return Sealed(out, second, digest)


def _members(folder: CountFolder, derived: Derived, public: bytes) -> Mapping[str, bytes]:
    """The files of the package but the images, by name."""
    names = [RECORD, ELECTION, BALLOTS, RESULT, CVR, *MINUTES]
    if not folder.keyed:
        names += [SHEET, REFUSED, REVIEW, *folder.kept, *crops_in(derived)]
    members = {name: (folder.path / name).read_bytes() for name in names}
    if (signed := signed_minutes(folder)) is not None:
        members[SIGNED_MINUTES] = signed
    # The ledger as it will be once the package stands: its last event is this seal.
    members[LEDGER_NAME] = chain.dump(folder.journal.entries)
    members[PUBLIC_KEY] = public
    return members


@dataclass(frozen=True)
class _OnDisk:
    """An image that is copied into a zip without being held in memory."""

    path: Path
    ref: MemberRef


def _images(folder: CountFolder) -> Mapping[str, _OnDisk]:
    """The scans, each checked against the ledger. Raises ImageChanged."""
    images: dict[str, _OnDisk] = {}
    for image in images_in(folder.journal.entries):
        path = folder.path / image.stored
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise ImageChanged(path=str(path)) from None
        if digest != image.sha256:
            raise ImageChanged(path=str(path))
        images[image.stored] = _OnDisk(path, MemberRef(digest, path.stat().st_size))
    return images


def _write_images(path: Path, images: Mapping[str, _OnDisk]) -> DetachedImages:
    """The second zip, under its passing name."""
    passing = _passing(path)
    _write_zip(passing, {}, images)
    with passing.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    refs = {name: image.ref for name, image in images.items()}
    return DetachedImages(path.name, digest, passing.stat().st_size, refs)


def _refs(members: Mapping[str, bytes], images: Mapping[str, _OnDisk]) -> Mapping[str, MemberRef]:
    return {name: member(data) for name, data in members.items()} | {name: one.ref for name, one in images.items()}


def _write_zip(path: Path, members: Mapping[str, bytes], images: Mapping[str, _OnDisk]) -> None:
    """Members in the order of their names, images stored as they are. Nothing is left when it cannot be written."""
    try:
        with writing(path), path.open("wb") as file:
            with zipfile.ZipFile(file, "w") as package:
                for name in sorted(members):
                    package.writestr(_info(name, zipfile.ZIP_DEFLATED), members[name])
                for name in sorted(images):
                    _copy(package, name, images[name].path)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _copy(package: zipfile.ZipFile, name: str, path: Path) -> None:
    info = _info(name, zipfile.ZIP_STORED)
    # The size tells the zip whether it needs 64 bits for this member before it has seen it.
    info.file_size = path.stat().st_size
    with path.open("rb") as scan, package.open(info, "w") as written:
        while chunk := scan.read(_CHUNK):
            written.write(chunk)


def _info(name: str, how: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ZIP_MOMENT)
    info.compress_type = how
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _passing(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _give_name(path: Path) -> None:
    with writing(path):
        _passing(path).replace(path)
        sync_folder(path.parent)


def _fingerprint(public_pem: bytes) -> str:
    """SHA-256 of the public key in DER."""
    body = _PEM_BODY.search(public_pem.decode("ascii"))
    assert body is not None  # noqa: S101 -- `public_of` writes this very form
    return hashlib.sha256(base64.b64decode(body[1])).hexdigest()
