"""`minutes --sign`: the minutes of a finished count signed by a person's own key, in a file beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import CountFolder, open_folder, sha256_of
from daihoi.counts.disk import write_whole
from daihoi.counts.facts import facts_of
from daihoi.counts.minutes import SIGNED, account, last_signed, require_minutes, signed_base
from daihoi.interchange.package_file import MINUTES, SIGNED_MINUTES
from daihoi.ledger.canonical import Json
from daihoi.papers.minutes.description import describe
from daihoi.papers.official.pdf_writer import signing_gap
from daihoi.papers.signed.errors import PlaceSigned, SignedAlready
from daihoi.papers.signed.keys import SigningKey
from daihoi.papers.signed.signing import Place, Signed, sign, signatures_in


@dataclass(frozen=True)
class MinutesSigned:
    """Where the signed minutes lie, the signatures on them, the digest of the count."""

    pdf: Path
    signatures: tuple[Signed, ...]
    digest: str


def sign_minutes(count: Path, key: SigningKey, place: Place, *, now: datetime, by: str = "") -> MinutesSigned:
    """Sign the minutes that stand; `by` as in `write_minutes`, `now` aware, by the signer's clock.

    Raises MinutesMissing, MinutesStale, SampleNotTold, SignedStands, what `facts.minutes_facts` raises, the family of
    papers' SigningError, WriteFailed and DiskFull.
    """
    with open_folder(count) as folder:
        facts = facts_of(folder)
        require_minutes(folder, facts.digest)
        description = describe(facts)
        pdf = (folder.path / MINUTES[1]).read_bytes()
        lying = signed_base(folder, pdf)
        try:
            gap = signing_gap(description)
            made = sign(lying or pdf, key, place, gap=gap, profile=description.profile, now=now)
        except (PlaceSigned, SignedAlready):
            # Killed after the file was written and before the ledger said so: the same command says it.
            if lying is None or not _unsaid(folder, lying, key, place):
                raise
            made = lying
        path = folder.path / SIGNED_MINUTES
        write_whole(path, made)
        said: dict[str, Json] = {
            "pdf_sha256": sha256_of(made),
            "certificate_sha256": key.fingerprint,
            "name": key.name,
            "place": str(place),
            "digest": facts.digest,
        }
        folder.journal.append(SIGNED, said, at=now.isoformat(timespec="seconds"), by=by or account())
        folder.journal.sync()
    return MinutesSigned(path, signatures_in(made), facts.digest)


def _unsaid(folder: CountFolder, lying: bytes, key: SigningKey, place: Place) -> bool:
    """Whether this very signature is the last one on the file, and the ledger does not know the file."""
    said, last = last_signed(folder), signatures_in(lying)[-1]
    known = said is not None and said["pdf_sha256"] == sha256_of(lying)
    return not known and (last.place, last.fingerprint) == (place, key.fingerprint)
