"""`minutes`: the counting minutes of a finished count, beside it in both formats, with its digest at their foot."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import CountFolder, open_folder, sha256_of
from daihoi.counts.disk import write_whole
from daihoi.counts.errors import MinutesMissing, MinutesStale, SampleNotTold, SignedChanged, SignedStands
from daihoi.counts.facts import facts_of
from daihoi.counts.sample_acts import SAMPLE
from daihoi.interchange.package_file import MINUTES, SIGNED_MINUTES
from daihoi.ledger.canonical import Json
from daihoi.papers.minutes import write
from daihoi.papers.minutes.terms import MissingLine

WRITTEN, SIGNED = "minutes.written", "minutes.signed"


@dataclass(frozen=True)
class MinutesWritten:
    """Where the minutes lie, and what stands in them as a dotted line."""

    docx: Path
    pdf: Path
    digest: str
    missing: tuple[MissingLine, ...] = ()


def write_minutes(count: Path, *, now: datetime, by: str = "") -> MinutesWritten:
    """Write the minutes of the count; `by` is who asked for them, the account of this computer when empty.

    Raises what `facts.minutes_facts` raises, SignedStands, the errors of papers, WriteFailed and DiskFull.
    """
    with open_folder(count) as folder:
        facts = facts_of(folder)
        written = write(facts)
        # What bears a signature is never made anew: its file stays, and nothing else takes its place unseen.
        signed_base(folder, written.pdf)
        docx, pdf = (folder.path / name for name in MINUTES)
        write_whole(docx, written.docx)
        write_whole(pdf, written.pdf)
        said: dict[str, Json] = {
            "docx_sha256": sha256_of(written.docx),
            "pdf_sha256": sha256_of(written.pdf),
            "digest": facts.digest,
        }
        # The same minutes printed again are no new act; a sample noted since must have minutes behind it.
        if last_minutes(folder) != said or _leave_out_a_sample(folder):
            folder.journal.append(WRITTEN, said, at=now.isoformat(timespec="seconds"), by=by or account())
            folder.journal.sync()
    return MinutesWritten(docx, pdf, facts.digest, written.warnings)


def last_minutes(folder: CountFolder) -> dict[str, Json] | None:
    """The facts of the minutes written last; None when there are none."""
    written = [entry.facts for entry in folder.journal.entries if entry.kind == WRITTEN]
    return dict(written[-1]) if written else None


def require_minutes(folder: CountFolder, digest: str) -> None:
    """Refuse a count whose minutes are missing, of another digest, changed, or written before its hand sample.

    Raises MinutesMissing, MinutesStale, SampleNotTold.
    """
    said = last_minutes(folder)
    paths = [folder.path / name for name in MINUTES]
    if said is None or not all(path.is_file() for path in paths):
        raise MinutesMissing(path=str(folder.path))
    lying = [sha256_of(path.read_bytes()) for path in paths]
    if said["digest"] != digest or lying != [said["docx_sha256"], said["pdf_sha256"]]:
        raise MinutesStale(path=str(folder.path))
    if _leave_out_a_sample(folder):
        raise SampleNotTold(path=str(folder.path))


def _leave_out_a_sample(folder: CountFolder) -> bool:
    """Whether a hand sample was noted after the minutes written last."""
    kinds = [entry.kind for entry in folder.journal.entries if entry.kind == WRITTEN or entry.kind in SAMPLE]
    return bool(kinds) and kinds[-1] != WRITTEN


def signed_base(folder: CountFolder, pdf: bytes) -> bytes | None:
    """The signed minutes as they lie there, which begin with the bytes of `pdf`; None without any. SignedStands."""
    path = folder.path / SIGNED_MINUTES
    if not path.is_file():
        return None
    lying = path.read_bytes()
    if not lying.startswith(pdf):
        raise SignedStands(path=str(path))
    return lying


def last_signed(folder: CountFolder) -> dict[str, Json] | None:
    """The facts of the last signature on the minutes written last; None when nobody signed these by key."""
    papers = [entry for entry in folder.journal.entries if entry.kind in (WRITTEN, SIGNED)]
    return dict(papers[-1].facts) if papers and papers[-1].kind == SIGNED else None


def signed_minutes(folder: CountFolder) -> bytes | None:
    """The signed minutes that go into a package; None when nobody signed by key. Raises SignedStands, SignedChanged."""
    lying = signed_base(folder, (folder.path / MINUTES[1]).read_bytes())
    said = last_signed(folder)
    if (sha256_of(lying) if lying is not None else None) != (said and said["pdf_sha256"]):
        raise SignedChanged(path=str(folder.path / SIGNED_MINUTES))
    return lying


def account() -> str:
    """The name of the account that gave the command; a person's act in the ledger is never without a name."""
    try:
        return getpass.getuser() or "?"
    except (OSError, KeyError, ImportError):
        return "?"
