"""Which readers read a page: their names, a digest of what they are made of, and what took the pictures.

A version alone tells little of a program that anybody may alter; the digest is of the reader's own source, so that the
record of a count shows whether two counts were read by the same readers.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import daihoi
from daihoi import __version__
from daihoi.counts.pool import MakeReader

NAMED = "readers.named"
SOURCES = {
    "first": ("reading", ("reading/second/", "reading/scanner/")),
    "second": ("reading/second", ()),
    "learned": ("learning", ()),
}
"""Where the source of each reader lies below the package, and what of it is another's."""


def named(make: MakeReader) -> dict[str, object] | None:
    """The facts of `readers.named`; None for what stands in for readers where no scans are at hand."""
    readers: tuple[str, ...] | None = getattr(make, "readers", None)
    if readers is None:
        return None
    return {
        "software": f"daihoi {__version__}",
        "source": str(getattr(make, "source", "scanner")),
        "readers": [{"reader": reader, "sha256": digest_of_reader(reader)} for reader in readers],
    }


@cache
def digest_of_reader(reader: str) -> str:
    """SHA-256 over the names and bytes of its source files in the order of their names, lines ending in a line feed."""
    root = Path(daihoi.__file__).parent
    folder, others = SOURCES[reader]
    files = {path.relative_to(root).as_posix(): path for path in (root / folder).rglob("*.py")}
    digest = hashlib.sha256()
    for name in sorted(name for name in files if not name.startswith(others)):
        digest.update(name.encode() + b"\0" + files[name].read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
