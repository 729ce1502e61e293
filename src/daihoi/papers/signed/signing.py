"""Sign a PDF by key without changing a byte of it: PAdES (B-B) in incremental updates, so that any number may follow.

No timestamp server and no list of revoked certificates is asked: there is no network in a hall. The moment of signing
is what the signer's computer says, and the certificate is bound into the signature.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.stamp import StaticStampStyle

from daihoi.papers.official.pdf_writer import Gap
from daihoi.papers.official.profiles import Profile
from daihoi.papers.signed.errors import NotOurPdf, PlaceSigned, SignedAlready
from daihoi.papers.signed.keys import SigningKey
from daihoi.papers.signed.mark import HIGH_MM, WIDE_MM, mark
from daihoi.sheet.terms import PAGE_H_MM
from daihoi.sheet.typeset import MM_PER_PT


class Place(StrEnum):
    """Where on minutes somebody signs: the head of the counting board on the right, for the presidium on the left."""

    BOARD = "board"
    PRESIDIUM = "presidium"


FIELDS = {Place.BOARD: "CountingBoard", Place.PRESIDIUM: "Presidium"}
"""Names of the signature fields, which readers of PDF show."""
_COLUMNS = {Place.PRESIDIUM: 0.25, Place.BOARD: 0.75}


@dataclass(frozen=True)
class Signed:
    """A signature that stands: where, whose, the SHA-256 of the certificate in hex, when by the signer's clock."""

    place: str
    name: str
    fingerprint: str
    at: datetime | None


def signatures_in(pdf: bytes) -> tuple[Signed, ...]:
    """The signatures of a file, the oldest first; whether they hold is not asked. Raises NotOurPdf."""
    with _refusing():
        names = {field: place for place, field in FIELDS.items()}
        return tuple(
            Signed(
                str(names.get(one.field_name, one.field_name)),
                str(one.signer_cert.subject.native.get("common_name", one.signer_cert.subject.human_friendly)),
                one.signer_cert.sha256.hex(),
                one.self_reported_timestamp,
            )
            for one in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        )


def sign(pdf: bytes, key: SigningKey, place: Place, *, gap: Gap, profile: Profile, now: datetime) -> bytes:
    """`pdf` and behind it one signature more, seen at `place` in the gap. Raises PlaceSigned, SignedAlready, NotOurPdf.

    What stood before is the beginning of what comes out, byte for byte: a signature that it held goes on to hold.
    """
    for one in signatures_in(pdf):
        if one.place == place:
            raise PlaceSigned(name=one.name)
        if one.fingerprint == key.fingerprint:
            raise SignedAlready(name=one.name)
    seen = mark(key, now)
    with _refusing(), tempfile.TemporaryDirectory(prefix="daihoi-sign-") as folder:
        # The library takes a page of another file by its path alone.
        page = Path(folder) / "mark.pdf"
        page.write_bytes(seen)
        return _signed(pdf, key, place, gap, profile, page, now)


def _boxes(gap: Gap, profile: Profile) -> dict[Place, tuple[int, int, int, int]]:
    """Left, bottom, right, top of each place in points from the bottom left of the page."""
    top = PAGE_H_MM - gap.bottom_mm + (gap.high_mm + HIGH_MM) / 2
    boxes = {}
    for place, at in _COLUMNS.items():
        left = profile.left_mm + profile.width_mm * at - WIDE_MM / 2
        corners = (left, top - HIGH_MM, left + WIDE_MM, top)
        one, two, three, four = (round(each / MM_PER_PT) for each in corners)
        boxes[place] = (one, two, three, four)
    return boxes


class _SignedThen(signers.PdfSigner):
    """A signer at a moment that it is given: whoever signs says the time, and the mark and the signature agree."""

    def at(self, now: datetime) -> _SignedThen:
        """Set the moment."""
        self._now = now
        return self

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._now
        return session


def _signed(pdf: bytes, key: SigningKey, place: Place, gap: Gap, profile: Profile, seen: Path, now: datetime) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    there = {name for name, _value, _ref in fields.enumerate_sig_fields(writer)}
    for one, box in _boxes(gap, profile).items():
        # Both places with the first signature: what a second signer adds, by any program, is the signature alone.
        if FIELDS[one] not in there:
            fields.append_signature_field(writer, fields.SigFieldSpec(FIELDS[one], on_page=gap.page, box=box))
    meta = signers.PdfSignatureMetadata(
        field_name=FIELDS[place], md_algorithm="sha256", name=key.name, subfilter=fields.SigSeedSubFilter.PADES
    )
    style = StaticStampStyle.from_pdf_file(str(seen), border_width=0)
    out = io.BytesIO()
    signing = _SignedThen(meta, key.signer(), stamp_style=style).at(now)
    # The library starts a loop of its own, and whoever calls may have one in this thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(signing.sign_pdf, writer, existing_fields_only=True, output=out).result()
    return out.getvalue()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (PdfError, SigningError) as refused:
        raise NotOurPdf(reason=str(refused)) from None
