"""What the codes of a ballot say, and the check that ties them to what is printed.

    DH1:<congress>:<contest>:<round>:<edition>:<page>/<pages>:<T real | R rehearsal>:<check>

The text keeps to the alphanumeric alphabet of QR (ISO/IEC 18004 table 5), so it fits version 3 at error level M, and
nothing in it differs between two ballots of one contest.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum

from daihoi.sheet.terms import Code, Face, Identity, SheetPlan

_SHAPE = re.compile(
    r"DH1:(?P<congress>[A-Z2-7]{6}):(?P<contest>[A-Z0-9.\-]{1,12}):(?P<round>[1-9][0-9]?)"
    r":(?P<edition>[0-9]{3}):(?P<page>[12])/(?P<pages>[12]):(?P<kind>[TR]):(?P<check>[A-Z2-7]{16})"
)
# 80 bits: a forger who does not know the form secret guesses a check once in 10^24 tries.
_CHECK_BYTES = 10


def congress_tag(title: str, organisation: str, opens: str) -> str:
    """Six letters for one congress, from its title, organisation and opening date (ISO)."""
    facts = [unicodedata.normalize("NFC", text) for text in (title, organisation, opens)]
    return base64.b32encode(hashlib.sha256(_canonical(facts)).digest()).decode("ascii")[:6]


def contest_tag(contest: str) -> str:
    """The contest's id in the alphabet of the codes, at most 12 letters; the check tells apart what this cannot."""
    return re.sub(r"[^A-Z0-9.\-]", "-", contest.upper())[:12]


def check_of(secret: bytes, printed: bytes, page: int) -> str:
    """Keyed check of one page, over all that the sheet prints and the number of the page."""
    return keyed_check(secret, b"daihoi ballot page %d\n" % page + printed)


def keyed_check(key: bytes, said: bytes) -> str:
    """The letters of a code that only who has the key can write: HMAC-SHA-256, cut to 80 bits, base32."""
    digest = hmac.new(key, said, hashlib.sha256).digest()
    return base64.b32encode(digest[:_CHECK_BYTES]).decode("ascii")


def printed_bytes(plan: SheetPlan, face: Face, facts: Mapping[str, str | int | bool]) -> bytes:
    """All that is printed, in one fixed form: the face, every drawn thing but the codes' text, the targets, `facts`."""
    pages = [
        {
            "drawn": [[type(item).__name__, _plain(asdict(item), code=isinstance(item, Code))] for item in page.drawn],
            "targets": [_plain(asdict(target)) for target in page.targets],
        }
        for page in plan.pages
    ]
    return _canonical(
        {"face": _plain(asdict(face)), "facts": dict(facts), "pages": pages, "stamp": _plain(asdict(plan.stamp))}
    )


def encode(identity: Identity) -> str:
    """The text of the codes of one page."""
    kind = "R" if identity.rehearsal else "T"
    return (
        f"DH1:{identity.congress}:{identity.contest}:{identity.round}:{identity.edition}"
        f":{identity.page}/{identity.pages}:{kind}:{identity.check}"
    )


def decode(text: str) -> Identity | None:
    """What a code says; None for any text that `encode` could not have written."""
    found = _SHAPE.fullmatch(text)
    if found is None or found["page"] > found["pages"]:
        return None
    return Identity(
        congress=found["congress"],
        contest=found["contest"],
        round=int(found["round"]),
        edition=found["edition"],
        page=int(found["page"]),
        pages=int(found["pages"]),
        rehearsal=found["kind"] == "R",
        check=found["check"],
    )


def _plain(value: object, *, code: bool = False) -> object:
    """Lengths become whole micrometres, so that the check hangs on no float's last digit; a code's text is left out."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if not (code and key == "payload")}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return round(value * 1000)
    if isinstance(value, Enum):
        return value.value
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
