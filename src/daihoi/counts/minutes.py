"""`minutes`: the counting minutes of a finished count, beside it in both formats, with its digest at their foot."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from daihoi.counts.count_folder import CountFolder, open_folder, sha256_of
from daihoi.counts.disk import write_whole
from daihoi.counts.errors import MinutesMissing, MinutesStale
from daihoi.counts.facts import facts_of
from daihoi.interchange.package_file import MINUTES
from daihoi.ledger.canonical import Json
from daihoi.papers.minutes import write
from daihoi.papers.minutes.terms import MissingLine

WRITTEN = "minutes.written"


@dataclass(frozen=True)
class MinutesWritten:
    """Where the minutes lie, and what stands in them as a dotted line."""

    docx: Path
    pdf: Path
    digest: str
    missing: tuple[MissingLine, ...] = ()


def write_minutes(count: Path, *, now: datetime, by: str = "") -> MinutesWritten:
    """Write the minutes of the count; `by` is who asked for them, the account of this computer when empty.

    Raises what `facts.minutes_facts` raises, the errors of papers, WriteFailed and DiskFull.
    """
    with open_folder(count) as folder:
        facts = facts_of(folder)
        written = write(facts)
        docx, pdf = (folder.path / name for name in MINUTES)
        write_whole(docx, written.docx)
        write_whole(pdf, written.pdf)
        said: dict[str, Json] = {
            "docx_sha256": sha256_of(written.docx),
            "pdf_sha256": sha256_of(written.pdf),
            "digest": facts.digest,
        }
        # The same minutes printed again are no new act.
        if last_minutes(folder) != said:
            folder.journal.append(WRITTEN, said, at=now.isoformat(timespec="seconds"), by=by or account())
            folder.journal.sync()
    return MinutesWritten(docx, pdf, facts.digest, written.warnings)


def last_minutes(folder: CountFolder) -> dict[str, Json] | None:
    """The facts of the minutes written last; None when there are none."""
    written = [entry.facts for entry in folder.journal.entries if entry.kind == WRITTEN]
    return dict(written[-1]) if written else None


def require_minutes(folder: CountFolder, digest: str) -> None:
    """Refuse a count whose minutes are missing, of another digest, or changed. Raises MinutesMissing, MinutesStale."""
    said = last_minutes(folder)
    paths = [folder.path / name for name in MINUTES]
    if said is None or not all(path.is_file() for path in paths):
        raise MinutesMissing(path=str(folder.path))
    lying = [sha256_of(path.read_bytes()) for path in paths]
    if said["digest"] != digest or lying != [said["docx_sha256"], said["pdf_sha256"]]:
        raise MinutesStale(path=str(folder.path))


def account() -> str:
    """The name of the account that gave the command; a person's act in the ledger is never without a name."""
    try:
        return getpass.getuser() or "?"
    except (OSError, KeyError, ImportError):
        return "?"
