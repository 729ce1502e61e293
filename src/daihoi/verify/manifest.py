"""The manifest: every member by digest, nobody unlisted, the signature over it, and the second zip of images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daihoi.verify import signatures
from daihoi.verify.archive import Archive
from daihoi.verify.errors import BadPublicKeyError, MalformedError, PackageNotOpenedError
from daihoi.verify.node import Node, parse_file
from daihoi.verify.terms import MANIFEST, PUBLIC_KEY, SIGNATURE, Finding

FORMAT = "daihoi-package/1"


@dataclass(frozen=True)
class Listed:
    """A file as a list gives it."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Detached:
    """The second zip, as the manifest binds it."""

    file: str
    whole: Listed
    files: Mapping[str, Listed]


@dataclass(frozen=True)
class Manifest:
    """What the manifest says."""

    digest: str
    files: Mapping[str, Listed]
    detached: Detached | None


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises MalformedError."""
    top = parse_file(data, MANIFEST)
    if (form := top["format"]).text() != FORMAT:
        raise form.malformed(FORMAT)
    # The name is joined to the folder of the package: it must not lead out of it.
    detached = None
    if "detached" in top:
        second = top["detached"]
        name = second["file"].text()
        if Path(name).name != name or set(name) & set("/\\:") or not name:
            raise second["file"].malformed("the name of a file beside the package")
        detached = Detached(name, _listed(second), _table(second["files"]))
    return Manifest(top["digest"].sha256(), _table(top["files"]), detached)


def _listed(node: Node) -> Listed:
    return Listed(node["sha256"].sha256(), node["bytes"].whole())


def _table(node: Node) -> dict[str, Listed]:
    return {name: _listed(held) for name, held in node.items()}


def check_files(archive: Archive, files: Mapping[str, Listed], besides: frozenset[str]) -> list[Finding]:
    """Every listed file against the zip, every member of the zip against the list."""
    found = [Finding("verify.unlisted", name) for name in sorted(archive.names - files.keys() - besides)]
    for name, listed in files.items():
        if name not in archive.names:
            found.append(Finding("verify.missing", name, listed.sha256))
            continue
        try:
            digest, length = archive.digest(name)
        except MalformedError as error:
            found.append(malformed(error))
            continue
        if digest != listed.sha256:
            found.append(Finding("verify.changed", name, listed.sha256, digest))
        elif length != listed.bytes:
            found.append(Finding("verify.length", name, str(listed.bytes), str(length)))
    return found


def malformed(error: MalformedError) -> Finding:
    """The finding of a MalformedError."""
    place = error.member if error.path in ("$", "") else f"{error.member} {error.path}"
    return Finding(error.code, place, error.expected, error.found)


def check_signature(archive: Archive, manifest: bytes) -> tuple[list[Finding], str]:
    """Whether the key in the package signed the manifest, and the fingerprint of that key."""
    key = signatures.load_public_key(archive.read(PUBLIC_KEY))
    if key is None:
        return [Finding("verify.package_key", PUBLIC_KEY)], ""
    if not signatures.holds(key, archive.read(SIGNATURE), manifest):
        # Which of the two was changed cannot be told: both are named.
        return [Finding("verify.signature", f"{MANIFEST}, {SIGNATURE}")], signatures.fingerprint(key)
    return [], signatures.fingerprint(key)


def check_signer(archive: Archive, manifest: bytes, public_key: bytes) -> list[Finding]:
    """Whether the key that the verifier holds signed the manifest. Raises BadPublicKeyError."""
    key = signatures.load_public_key(public_key)
    if key is None:
        raise BadPublicKeyError()
    if signatures.holds(key, archive.read(SIGNATURE), manifest):
        return []
    inside = signatures.load_public_key(archive.read(PUBLIC_KEY))
    found = signatures.fingerprint(inside) if inside else ""
    return [Finding("verify.other_signer", PUBLIC_KEY, signatures.fingerprint(key), found)]


def check_detached(package: Path, detached: Detached) -> tuple[list[Finding], bool]:
    """The second zip when it lies beside the package: findings, and whether it was there at all."""
    try:
        with Archive(package.with_name(detached.file), detached.file) as archive:
            found = [*archive.findings, *check_files(archive, detached.files, frozenset())]
            digest, length = archive.digest_of_whole()
    except PackageNotOpenedError:
        return [], False
    except MalformedError as error:
        return [malformed(error)], True
    # When a member was changed the whole was too; the member is what people want to know.
    if not found and (digest, length) != (detached.whole.sha256, detached.whole.bytes):
        found.append(Finding("verify.changed", detached.file, detached.whole.sha256, digest))
    return found, True
