"""Uploads between preview and confirmation: kept in the database, bound to one person, gone after a day."""

from __future__ import annotations

import datetime
import hashlib
import json
import zlib
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from daihoi.web.lists.imports.grid import Grid, Mark, Odd
from daihoi.web.lists.imports.mapping import Columns, recognised
from daihoi.web.lists.imports.plan import Importer
from daihoi.web.lists.imports.reading import read
from daihoi.web.lists.models import Upload

KEPT = datetime.timedelta(days=1)


def keep(data: bytes, file_name: str, importer: Importer, sheet: str = "") -> Upload:
    """Read a file and keep it for its person; former uploads of theirs to this list go. Raises ValidationError."""
    grid = read(data, sheet)
    columns = recognised(grid, importer.fields)
    # One file on its way at a time: who sends it again has mended the first.
    of_owner(importer).delete()
    sweep()
    return Upload.objects.create(
        owner=importer.owner,
        list=importer.name,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        grid=packed(_of_grid(grid)),
        header=columns.header,
        places=dict(columns.places),
    )


def sweep() -> None:
    """Let go of files that nobody confirmed within a day, whoever sent them."""
    Upload.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()


def of_owner(importer: Importer) -> QuerySet[Upload]:
    """What this person sent to this list within a day and has not confirmed."""
    since = timezone.now() - KEPT
    return Upload.objects.filter(owner=importer.owner, list=importer.name, sent_at__gte=since)


def grid_of(upload: Upload) -> Grid:
    """The grid of an upload as it was read."""
    held = unpacked(upload.grid)
    # A date stands as a list of one, which no other cell does.
    of_date = datetime.date.fromisoformat
    rows = [
        (number, [of_date(cell[0]) if cell.__class__ is list else cell for cell in cells])
        for number, cells in held["rows"]
    ]
    odd = {(row, at): Odd(Mark(mark), detail) for row, at, mark, detail in held["odd"]}
    return Grid(rows, odd, held["sheet"], held["sheets"])


def columns_of(upload: Upload) -> Columns:
    """Which column is which field, as recognised or chosen."""
    return Columns(upload.header, upload.places)


def packed(value: object) -> bytes:
    """Plain data in few bytes; a date as a list of its text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=lambda day: [day.isoformat()])
    # The lightest: 50,000 rows are packed while somebody waits.
    return zlib.compress(text.encode(), 1)


def unpacked(data: bytes | memoryview) -> Any:
    """What was packed."""
    return json.loads(zlib.decompress(bytes(data)))


def _of_grid(grid: Grid) -> dict[str, object]:
    return {
        "sheet": grid.sheet,
        "sheets": grid.sheets,
        "rows": grid.rows,
        "odd": [(row, at, odd.mark, odd.detail) for (row, at), odd in grid.odd.items()],
    }
