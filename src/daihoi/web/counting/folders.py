"""Where a count lies on disk: DATA/counts/<key>/scans (what the scanner writes) and DATA/counts/<key>/count (COUNT).

`given/` holds the election file that the count is begun with, and the form secret beside it.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from daihoi.interchange.form_secret import secret_path
from daihoi.web.counting.models import Batch, Count
from daihoi.web.elections import files

FOLDER = "counts"


def house() -> Path:
    """All counts."""
    return Path(settings.DATA) / FOLDER


def folder_of(count: Count) -> Path:
    """All of one count."""
    return house() / count.key


def scans_of(count: Count) -> Path:
    """The watched folder."""
    return folder_of(count) / "scans"


def scans_of_batch(batch: Batch) -> Path:
    """The folder of one batch within the watched one."""
    return scans_of(batch.count) / batch.folder


def count_of(count: Count) -> Path:
    """The COUNT folder."""
    return folder_of(count) / "count"


def given_to(count: Count) -> Path:
    """The election file of the count; its folder is made, and the secret of the form lies beside it."""
    given = folder_of(count) / "given" / files.ELECTION
    there = secret_path(given)
    if not there.is_file():
        given.parent.mkdir(parents=True, exist_ok=True)
        secret = secret_path(files.election_file(count.form)).read_bytes()
        # Under its name only when it is whole: half a secret would be a ballot form of its own.
        fresh = there.with_name(f".{there.name}.part")
        fresh.write_bytes(secret)
        fresh.chmod(0o600)
        fresh.replace(there)
    return given


def package_of(count: Count) -> Path:
    """The sealed package."""
    return folder_of(count) / "package.zip"
