"""The words of verification: what was found wrong, what was shown right, what there is to see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
PUBLIC_KEY = "public-key.pem"
RECORD = "record.json"
LEDGER = "ledger.jsonl"
ELECTION = "election.toml"
SHEET = "sheet.json"
BALLOTS = "ballots.jsonl"
REFUSED = "refused.jsonl"
REVIEW = "review.csv"
RESULT = "result.json"
CVR = "cvr.json"
MINUTES = ("bien-ban-kiem-phieu.docx", "bien-ban-kiem-phieu.pdf")
SIGNED_MINUTES = "bien-ban-kiem-phieu-da-ky.pdf"

COUNTED = (ELECTION, SHEET, BALLOTS, REFUSED, REVIEW, RESULT, CVR)
"""The files, besides images and crops, that record.json must name."""
COUNTED_KEYED = (ELECTION, BALLOTS, RESULT, CVR)
"""The same of a count that people keyed."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a code, the member of the package, what should stand there and what does."""

    code: str
    member: str
    expected: str = ""
    found: str = ""


class Check(StrEnum):
    """What a verification goes through, in its order."""

    ARCHIVE = "archive"
    FILES = "files"
    SIGNATURE = "signature"
    SIGNER = "signer"
    DIGEST = "digest"
    RECORD = "record"
    IMAGES = "images"
    LEDGER = "ledger"
    BALLOTS = "ballots"
    RESULT = "result"
    SAMPLE = "sample"


@dataclass(frozen=True)
class Winner:
    """One of the elected, in the order of votes."""

    candidate: str
    name: str
    votes: int
    born: int | None = None
    """Year of birth, where another on the list bears the same name."""


@dataclass(frozen=True)
class SampleShown:
    """A hand sample that was drawn again by its seed and compared with the recount: each of `size` ballots agrees."""

    seed: str
    size: int
    ballots: int
    shown_wrong: int


@dataclass(frozen=True)
class Shown:
    """What the package says of itself, for display; empty where it could not be read."""

    congress: str = ""
    contest: str = ""
    status: str = ""
    elected: tuple[Winner, ...] = ()
    digest: str = ""
    signer: str = ""
    rehearsal: bool = False
    images: str = ""
    """`inside`, `beside` (a second zip, checked), `absent` (bound by digest, not at hand), `changed`, or `none`: people
    keyed the papers."""
    sample: SampleShown | None = None
    samples_not_checked: int = 0
    """Hand samples before the last event that counts; what minutes may say of them nothing here shows."""


@dataclass(frozen=True)
class Report:
    """The outcome of a verification. `passed` are the checks that were made and held."""

    findings: tuple[Finding, ...]
    passed: tuple[Check, ...]
    shown: Shown

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.findings

    @property
    def integrity_only(self) -> bool:
        """Neither the digest from the paper nor the signer's key was compared: anyone could have made the whole."""
        return Check.DIGEST not in self.passed and Check.SIGNER not in self.passed
